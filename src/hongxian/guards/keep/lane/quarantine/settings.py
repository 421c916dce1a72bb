"""The part ``[quarantine]`` of a lane's settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.catalog import TRASH
from hongxian.guards.tables import Key, at_most, one_of
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MODES = ("quarantine", "refuse")
KEEP_DAYS, MOST_DAYS = 7, 3_650
_PREFIX = re.compile(rf"{TRASH}(?:[a-z0-9_]{{1,16}}_)?")


def _prefix(key: str, value: str) -> WordedError | None:
    fits = _PREFIX.fullmatch(value)
    return None if fits else WordedError("keep_trash", key=key, prefix=TRASH)


KEYS = {
    "mode": Key(str, one_of(*MODES)), "keep_days": Key(int, at_most(MOST_DAYS)),
    "schema": Key(str, _prefix), "file": Key(str),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuarantineSettings:
    """What the part says."""

    file: Path
    """Where acts are kept."""
    mode: str = "quarantine"
    """``refuse``: what loses data needs a ticket, always."""
    keep_days: int = KEEP_DAYS
    """Days until what is kept is dropped."""
    schema: str = TRASH
    """What the names of schemas begin with that keep things."""


def quarantine_of(row: Mapping[str, Any], here: Path) -> QuarantineSettings:
    """Return the settings of a table without faults; paths are beside ``here``."""
    told = {name: row[name] for name in ("mode", "keep_days", "schema") if name in row}
    return QuarantineSettings(here / row.get("file", "quarantine.db"), **told)
