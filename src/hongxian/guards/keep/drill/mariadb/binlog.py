"""Binary logs as far as a drill must know them: where transactions end, and when they were made.

As MariaDB's "Replication Protocol" pages have it: a file begins with 4 bytes; each event has a
head of 19 bytes (seconds since 1970, type, server, size, end, flags; little-endian). A
transaction begins with a GTID event (MariaDB's, 162) and ends with an XID, a COMMIT or the one
statement behind.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = b"\xfebin"
QUERY, XID, XA_PREPARE, GTID = 2, 16, 38, 162
ALONE = 1
"""Flag of a GTID: one statement without COMMIT behind, such as CREATE TABLE."""
ENDS = (b"COMMIT", b"ROLLBACK")

_HEAD = struct.Struct("<IBIIIH")
_GTID = struct.Struct("<QIB")
_QUERY = struct.Struct("<IIBHH")


@dataclass(frozen=True, slots=True)
class Transaction:
    """A whole transaction of a log: the position behind it, and its second since 1970."""

    end: int
    at: int


def transactions(path: Path) -> Iterator[Transaction]:
    """Yield the transactions of a log that are whole; what is cut off at its end is none.

    Raises:
        HongxianError: it is no binary log.
    """
    size = path.stat().st_size
    with path.open("rb") as source:
        if source.read(len(MAGIC)) != MAGIC:
            raise WordedError("keep_no_binlog", path.name)
        begun, alone = None, False
        position = len(MAGIC)
        while position + _HEAD.size <= size:
            source.seek(position)
            at, kind, _, length, _, _ = _HEAD.unpack(source.read(_HEAD.size))
            if length < _HEAD.size or position + length > size:
                return
            body = length - _HEAD.size
            position += length
            if kind == GTID:
                begun, alone = at, bool(_GTID.unpack(source.read(_GTID.size))[2] & ALONE)
            elif begun is not None and _ends(kind, source, body, alone=alone):
                yield Transaction(position, begun)
                begun = None


def whole(path: Path, until: float | None) -> tuple[int, float, bool]:
    """Return how far a log may be replayed, its newest second, and whether a moment ended it.

    Logs know whole seconds: what was made in the second of the moment stays out.

    Args:
        path: the log.
        until: seconds since 1970; ``None``: to its last whole transaction.

    Raises:
        HongxianError: it is no binary log.
    """
    end, latest = len(MAGIC), 0.0
    for one in transactions(path):
        if until is not None and one.at + 1 > until:
            return end, latest, True
        end, latest = one.end, float(one.at)
    return end, latest, False


def _ends(kind: int, source: IO[bytes], body: int, *, alone: bool) -> bool:
    """Return whether an event ends its transaction; the source stands at its body."""
    if kind in (XID, XA_PREPARE):
        return True
    if kind != QUERY:
        return False
    if alone:
        return True
    _, _, name, _, status = _QUERY.unpack(source.read(_QUERY.size))
    text = source.read(body - _QUERY.size)[status + name + 1 :]
    return text.startswith(ENDS) and len(text) <= len(ENDS[1]) + 4  # and a checksum
