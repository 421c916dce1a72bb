"""What a person decided about columns: a TOML file that outweighs the scanner's own verdict."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from hongxian.info import load_types
from hongxian.info.recognise import load_kinds
from hongxian.sensors.store.columns import CLEARED, CONFIRMED, Verdict
from hongxian.words.worded import WordedError, nearest, unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hongxian.sensors.store.counts import TableCounts

_KEYS = {"column", "info", "verdict", "by", "on", "why"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision."""

    column: str
    """``table.column`` as the inventory prints it; ``*`` and ``?`` stand for anything."""
    info: str
    """PI type; empty with ``cleared`` means every type."""
    verdict: str
    by: str
    on: str
    why: str


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """Read a file of decisions: ``[[decision]]`` with column, info, verdict, by, on, why.

    Raises:
        HongxianError: it cannot be read, or an entry is wrong.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    entries = data.get("decision", [])
    return tuple(_decision(entry, f"{path}: decision {n}") for n, entry in enumerate(entries, 1))


def _decision(entry: object, where: str) -> Decision:
    if not isinstance(entry, dict) or set(entry) - _KEYS or not entry.get("column"):
        raise WordedError("decision_keys", where, keys=", ".join(sorted(_KEYS)))
    told = {key: str(entry.get(key, "")) for key in _KEYS}
    if told["verdict"] not in (CONFIRMED, CLEARED) or not told["by"]:
        raise WordedError("decision_verdict", where)
    known = (*load_types(), *load_kinds())
    if told["info"] not in known and (told["info"] or told["verdict"] == CONFIRMED):
        raise WordedError(
            "unknown_info", where, word=told["info"], hint=nearest(told["info"], known)
        )
    return Decision(**told)


def apply(
    verdicts: Sequence[Verdict], tables: Sequence[TableCounts], decisions: Sequence[Decision]
) -> list[Verdict]:
    """Return the verdicts with what was decided: the last decision that fits counts."""
    decided = [_decided(one, decisions) for one in verdicts]
    known = {(one.place, one.info) for one in verdicts}
    for decision in decisions:
        for table in tables if decision.verdict == CONFIRMED else ():
            for column in table.columns:
                place = f"{table.place}.{column.name}"
                if _fits(place, decision) and (place, decision.info) not in known:
                    decided.append(
                        Verdict(
                            table=table, column=column, info=decision.info, status=CONFIRMED,
                            why=("decided",), rows=column.filled, decided=decision.by,
                        )
                    )  # fmt: skip
    return decided


def _decided(verdict: Verdict, decisions: Sequence[Decision]) -> Verdict:
    for decision in reversed(decisions):
        if _fits(verdict.place, decision) and decision.info in ("", verdict.info):
            return replace(verdict, status=decision.verdict, why=("decided",), decided=decision.by)
    return verdict


def _fits(place: str, decision: Decision) -> bool:
    return place == decision.column or fnmatchcase(place, decision.column)
