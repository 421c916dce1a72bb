"""One line of the log: canonical JSON with its number, time, kind, body and the hash before it.

Canonical is the form of RFC 8785 for what may stand here: no white space, keys in ASCII and sorted,
UTF-8, and of numbers whole ones alone. So one record has one spelling, and a line that is spelt
differently was altered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.guards.keep.evidence.merkle import leaf_hash
from hongxian.words.mask import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 1 << 20
"""Bytes of a line, its end included."""
FIRST = "0" * 64
"""What stands for the hash before the first line."""
OPAQUE = frozenset((
    "text_hash", "fingerprint", "key", "root", "signature", "signatures", "ticket", "origin",
    "device", "session", "token", "cut_hash",
))  # fmt: skip
"""Keys of a body whose values are digests, names of keys or numbers drawn at random: no PI."""

_NAMES = ("at", "body", "kind", "prev", "seq")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_KIND = re.compile(r"[a-z][a-z_.]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")


class EntryError(ValueError):
    """A line that is no entry; its text says in a word what is wrong: ``form`` or ``long``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record of the log."""

    seq: int
    """Number, from 0."""
    at: str
    """Time in UTC, to the microsecond: ``2026-01-31T08:00:00.000000Z``."""
    kind: str
    body: Mapping[str, Any]
    prev: str
    """Hash of the line before, in hex."""

    def line(self) -> bytes:
        """Return the line, without its end.

        Raises:
            EntryError: it would be too long.
            TypeError: the body holds what JSON cannot, or a number with a fraction.
        """
        _whole(self.body)
        told = {name: getattr(self, name) for name in _NAMES}
        line = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
        if len(line) >= LONGEST:
            raise EntryError("long")
        return line


def read_entry(line: bytes) -> Entry:
    """Return the record that a line is, without its end.

    Raises:
        EntryError: it is none, or is not spelt as it must be.
    """
    if len(line) >= LONGEST:
        raise EntryError("long")
    try:
        told = orjson.loads(line)
        entry = Entry(**told)
        proper = entry.line() == line
    except (ValueError, TypeError):
        raise EntryError("form") from None
    if not proper or not _typed(entry):
        raise EntryError("form")
    return entry


def _typed(entry: Entry) -> bool:
    return (
        type(entry.seq) is int
        and isinstance(entry.body, dict)
        and all(
            isinstance(value, str) and pattern.fullmatch(value) is not None
            for value, pattern in ((entry.at, _AT), (entry.kind, _KIND), (entry.prev, _HASH))
        )
    )


def line_hash(line: bytes) -> str:
    """Return the hash of a line without its end, in hex: its leaf of the tree, and its link."""
    return leaf_hash(line).hex()


def stamp(seconds: float) -> str:
    """Return a time of an entry from seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seconds_of(at: str) -> float:
    """Return the seconds since 1970 of an entry's time.

    Raises:
        ValueError: it is no time.
    """
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC).timestamp()


def covered(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body with everything covered that looks like PI; what is opaque stays."""
    return {
        name: value if name in OPAQUE
        else covered(value) if isinstance(value, dict)
        else [covered(one) if isinstance(one, dict) else mask_all(one) for one in value]
        if isinstance(value, list | tuple)
        else mask_all(value)
        for name, value in body.items()
    }  # fmt: skip


def _whole(value: Any) -> None:
    """Refuse what has more than one spelling.

    Raises:
        TypeError: a number with a fraction, or a key that is not ASCII.
    """
    if isinstance(value, float):
        raise TypeError("a fraction")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise TypeError("a key")
            _whole(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _whole(inner)
