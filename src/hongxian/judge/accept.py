"""The accept file: findings that a person takes responsibility for, until a day.

TOML, one table per finding::

    [[accept]]
    fingerprint = "5f1a..."
    reason = "why this is all right"
    who = "name of the person"
    until = 2027-06-30
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from hongxian.words import say
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from hongxian.judge.run import Ruling

KEYS = {"fingerprint": str, "reason": str, "who": str, "until": date}


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One finding that a person accepts."""

    fingerprint: str
    reason: str
    who: str
    until: date
    """The last day on which it counts."""


def load_accepted(path: Path) -> list[Accepted]:
    """Read an accept file.

    Raises:
        HongxianError: it is not there, is no TOML, or an entry lacks a key.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None
    for key in content:
        if key != "accept":
            raise WordedError("accept_key", path, key=key)
    rows = content.get("accept", [])
    if not isinstance(rows, list):
        raise WordedError("accept_no_list", path)
    return [_entry(path, number, row) for number, row in enumerate(rows, 1)]


def apply_accepted(
    rulings: Iterable[Ruling], accepted: Sequence[Accepted], on: date, lang: str
) -> tuple[list[Ruling], list[str]]:
    """Mark the findings that are accepted on a day.

    Returns:
        The rulings, and a line for each entry that has run out or fits no finding.
    """
    valid = {entry.fingerprint for entry in accepted if entry.until >= on}
    marked = []
    found: set[str] = set()
    for ruling in rulings:
        fingerprints = {finding.fingerprint for finding in ruling.findings}
        found |= fingerprints
        marked.append(replace(ruling, accepted=tuple(sorted(fingerprints & valid))))
    notes = [
        say(
            "judge.accept_expired",
            lang,
            number=number,
            fingerprint=entry.fingerprint,
            until=entry.until,
        )
        for number, entry in enumerate(accepted, 1)
        if entry.until < on and entry.fingerprint in found
    ]
    notes += [
        say("judge.accept_unknown", lang, number=number, fingerprint=entry.fingerprint)
        for number, entry in enumerate(accepted, 1)
        if entry.fingerprint not in found
    ]
    return marked, notes


def _entry(path: Path, number: int, row: Any) -> Accepted:
    where = f"{path}: [[accept]] {number}"
    if not isinstance(row, dict):
        raise WordedError("not_table", where)
    for key, kind in KEYS.items():
        if type(row.get(key)) is not kind or not row[key]:  # a datetime is no day
            raise WordedError("accept_missing", where, key=key)
    unknown = set(row) - set(KEYS)
    if unknown:
        raise WordedError("accept_unknown", where, key=min(unknown))
    return Accepted(**row)
