"""What keys of Redis hold, as records that can be masked, and how it is written again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PIECE = 10_000
"""Members of a list, a set, a hash, ... that are read at once."""
SIZES: dict[str, Callable[[Any, bytes], Any]] = {
    "string": lambda pipe, key: pipe.strlen(key), "hash": lambda pipe, key: pipe.hlen(key),
    "list": lambda pipe, key: pipe.llen(key), "set": lambda pipe, key: pipe.scard(key),
    "zset": lambda pipe, key: pipe.zcard(key), "stream": lambda pipe, key: pipe.xlen(key),
}  # fmt: skip
"""Asks how many members there are (of a text: bytes), by the kind of a key."""
WHOLE: dict[str, Callable[[Any, bytes], Any]] = {
    "string": lambda pipe, key: pipe.get(key), "hash": lambda pipe, key: pipe.hgetall(key),
    "list": lambda pipe, key: pipe.lrange(key, 0, -1),
    "set": lambda pipe, key: pipe.smembers(key),
    "zset": lambda pipe, key: pipe.zrange(key, 0, -1, withscores=True),
    "stream": lambda pipe, key: pipe.xrange(key),
}  # fmt: skip
"""Asks for all that a key holds."""


@dataclass(slots=True, kw_only=True)
class Entry:
    """A key, or a piece of what it holds.

    Args:
        key: its name, in the source.
        kind: ``string``, ``hash``, ``list``, ``set``, ``zset`` or ``stream``.
        size: how many members the whole has.
        expires: when it ends, in milliseconds since 1970; ``None`` for never.
        record: what it holds, as texts.
        beside: scores of members, or ids of what a stream holds.
        lost: members that were suppressed, which a set does not hold any more.
    """

    key: str
    kind: str
    size: int
    expires: int | None = None
    record: Any = None
    beside: list[Any] = field(default_factory=list)
    lost: int = 0

    def take(self, held: Any) -> None:
        """Take what the server gave.

        Raises:
            UnicodeDecodeError: something in it is no text.
        """
        if self.kind == "string":
            self.record = held.decode()
        elif self.kind == "hash":
            self.record = {name.decode(): value.decode() for name, value in held.items()}
        elif self.kind == "stream":
            self.beside = [number for number, _ in held]
            self.record = [
                {name.decode(): value.decode() for name, value in (one or {}).items()}
                for _, one in held
            ]
        elif self.kind == "zset":
            self.record = [member.decode() for member, _ in held]
            self.beside = [score for _, score in held]
        else:
            self.record = [member.decode() for member in held]

    def write(self, pipe: Any, key: str) -> None:
        """Tell a pipe to write what the key holds, behind what it holds already.

        What was suppressed is empty; of a set it is gone.
        """
        record = self.record
        if self.kind == "string":
            pipe.set(key, record or "")
        elif self.kind == "hash":
            if record:
                pipe.hset(key, mapping=_filled(record))
        elif self.kind == "list":
            if record:
                pipe.rpush(key, *[one or "" for one in record])
        elif self.kind == "stream":
            for number, one in zip(self.beside, record, strict=True):
                pipe.xadd(key, _filled(one), id=number)
        else:
            self._write_set(pipe, key)

    def _write_set(self, pipe: Any, key: str) -> None:
        there = [place for place, one in enumerate(self.record) if one is not None]
        self.lost += len(self.record) - len(there)
        if not there:
            return
        if self.kind == "set":
            pipe.sadd(key, *[self.record[place] for place in there])
        else:
            pipe.zadd(key, {self.record[place]: self.beside[place] for place in there}, nx=True)


def _filled(record: dict[str, Any]) -> dict[str, str]:
    return {name: value or "" for name, value in record.items()}


def pieces(database: Any, key: bytes, kind: str) -> Iterator[Any]:
    """Yield what a large key holds, piece by piece, each as the whole would come."""
    if kind == "list":
        start = 0
        while part := database.lrange(key, start, start + PIECE - 1):
            yield part
            start += len(part)
    elif kind == "stream":
        first = "-"
        while part := database.xrange(key, min=first, count=PIECE):
            yield part
            first = b"(" + part[-1][0]
    elif kind == "string":
        yield database.get(key)
    else:
        scan = {"hash": database.hscan, "set": database.sscan, "zset": database.zscan}[kind]
        cursor = 0
        while True:
            cursor, part = scan(key, cursor, count=PIECE)
            if part:
                yield part
            if cursor == 0:
                return


@dataclass(slots=True)
class Unpacked:
    """A text that is JSON, opened where it stands."""

    holder: Any
    place: Any
    text: str
    before: str

    def pack(self) -> None:
        """Put the text back; the very same, if nothing in it was changed."""
        value = self.holder[self.place]
        if value is None:
            return
        after = json.dumps(value, ensure_ascii=False)
        self.holder[self.place] = self.text if after == self.before else after


def unpack(row: list[Any]) -> list[Unpacked]:
    """Open all texts in a row that are JSON with parts; the innermost come last."""
    found: list[Unpacked] = []
    todo: list[tuple[Any, Any]] = [(row, 0)]
    while todo:
        holder, place = todo.pop()
        value = holder[place]
        if isinstance(value, str) and value[:1] in ("{", "["):
            try:
                inner = json.loads(value)
                text = json.dumps(inner, ensure_ascii=False, allow_nan=False)
            except (ValueError, RecursionError):
                continue
            found.append(Unpacked(holder, place, value, text))
            holder[place] = value = inner
        if isinstance(value, dict):
            todo += [(value, key) for key in value]
        elif isinstance(value, list):
            todo += [(value, key) for key in range(len(value))]
    return found
