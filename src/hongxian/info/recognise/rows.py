"""Reads the rows of the recognisers: ``data/*.toml``, one row for each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FAMILIES = ("people", "devices", "property", "places", "accounts", "secrets", "abroad", "apart")
"""The files of rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recogniser:
    """What one kind of value looks like, and who says so."""

    name: str
    info: str
    """PI type of ``info/data/types.toml``, or a key of ``data/kinds.toml`` for what is no PI."""
    priority: int
    """Of two readings of one text the lower number wins."""
    source: str
    """Where form, ranges and check stand."""
    conf: str
    """A the text itself was read, B two sources, C one, M memory."""
    alone: str = ""
    """Pattern of a value that is known without a label."""
    named: str = ""
    """Pattern of a value next to a label; like ``alone`` when empty."""
    wrong: str = ""
    """Pattern of a value next to a label that has the wrong form: grade labelled."""
    check: str = ""
    """Check of a value without a label, and with one if ``check_named`` is empty."""
    check_named: str = ""
    keep: bool = True
    """Next to a label, a failed check is a hit of the grade labelled, not none."""
    silent: bool = False
    """A number that is no PI: taken out of the way, never told."""
    trigger: str = "word"
    """What ``alone`` begins with: a ``word``, a Chinese character (``cjk``) or ``@`` (``mail``)."""
    labels: tuple[str, ...] = ()
    """Names that stand before the value or name its field, without 号, 号码, no, number."""
    note: str = ""


@cache
def load_recognisers() -> tuple[Recogniser, ...]:
    """Return all recognisers by priority."""
    rows = [
        Recogniser(**{**row, "labels": tuple(row.get("labels", ()))})
        for family in FAMILIES
        for row in read(family)["recogniser"]
    ]
    return tuple(sorted(rows, key=lambda row: row.priority))


@cache
def load_kinds() -> dict[str, str]:
    """Return the keys for values that are no PI, with what they mean."""
    return dict(read("kinds")["kind"])


def read(name: str) -> dict[str, Any]:
    """Return a file of rows or numbers."""
    source = files("hongxian.info.recognise") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
