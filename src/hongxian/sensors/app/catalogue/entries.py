"""Which methods the system calls by itself, and the broadcasts that come without an act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hongxian.sensors.app.catalogue.source import rows
from hongxian.sensors.app.graph.entries import Lifecycle

MANIFEST_RECEIVERS_LIMITED = 26
"""From this targetSdk on, most broadcasts reach no receiver of the manifest any more."""


@dataclass(frozen=True, slots=True)
class FixedEntry:
    """A method that a framework calls by name, whatever the manifest says."""

    key: str
    owner: str
    methods: tuple[str, ...]
    needs: str
    """It is called only when the program has this class."""
    phase: str
    """``early`` or ``later``."""
    reason: str


def load_lifecycle(target_sdk: int) -> Lifecycle:
    """Return the system's calls for an app with this targetSdk."""
    data = rows("entries")
    broadcasts = set(data["broadcasts"]["always"])
    if target_sdk < MANIFEST_RECEIVERS_LIMITED:
        broadcasts |= set(data["broadcasts"]["old"])
    methods = {row["key"]: tuple(row["methods"]) for row in data["kind"]}
    fixed = tuple((one.owner, one.methods) for one in fixed_entries() if one.phase == "early")
    later = {row["key"]: tuple(row["later"]) for row in data["kind"] if "later" in row}
    return Lifecycle(methods=methods, later=later, broadcasts=frozenset(broadcasts), fixed=fixed)


@cache
def early_kinds() -> frozenset[str]:
    """Return the kinds of components whose calls come before any act of the person."""
    return frozenset(row["key"] for row in rows("entries")["kind"] if row["phase"] == "early")


@cache
def fixed_entries() -> tuple[FixedEntry, ...]:
    """Return what frameworks call by name."""
    return tuple(
        FixedEntry(
            row["key"],
            row["class"],
            tuple(row["methods"]),
            row["needs"],
            row["phase"],
            row["reason"],
        )
        for row in rows("entries")["fixed"]
    )
