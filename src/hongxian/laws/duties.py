"""5G: who answers for what, stage by stage, and the scenarios in which it matters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hongxian.info.source import read

RACI = {"A": "answers", "R": "does", "S": "supports", "I": "is informed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage in the life of data."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A party of the matrix, and what it is under PIPL."""

    key: str
    zh: str
    en: str
    role_zh: str
    role_en: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One of the 15 fields of the Sail plan."""

    key: str
    zh: str
    en: str
    service: str
    """5G service class, such as ``eMBB``."""
    info: tuple[str, ...]
    """Keys of the PI types that are typical."""
    parties: tuple[str, ...]
    confidence: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What one party has to do at one stage."""

    stage: str
    party: str
    raci: str
    zh: str
    en: str
    basis: str
    check: str
    confidence: str


@cache
def load_stages() -> dict[str, Stage]:
    """Return the stages by key, in the order of the life of data."""
    return {row["key"]: Stage(**row) for row in read("hongxian.laws", "duties")["stage"]}


@cache
def load_roles() -> dict[str, Role]:
    """Return the parties by key."""
    data = read("hongxian.laws", "duties")
    return {row["key"]: Role(confidence=data["party_conf"], **row) for row in data["party"]}


@cache
def load_scenarios() -> dict[str, Scenario]:
    """Return the scenarios by key."""
    return {
        row["key"]: Scenario(
            info=tuple(row.pop("info")),
            parties=tuple(row.pop("parties")),
            note=row.pop("note", ""),
            confidence=row.pop("conf"),
            **row,
        )
        for row in read("hongxian.laws", "duties")["scenario"]
    }


@cache
def load_duties() -> tuple[Duty, ...]:
    """Return the rows of the matrix, stage by stage."""
    return tuple(
        Duty(check=row.pop("check", ""), confidence=row.pop("conf"), **row)
        for row in read("hongxian.laws", "duties")["duty"]
    )
