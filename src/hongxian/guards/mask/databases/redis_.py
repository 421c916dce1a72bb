"""Redis to Redis: each key with what it holds is copied to an empty database.

Until the copy is whole, the database holds a key that says so.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.guards.mask.copies.tree import mask_rows
from hongxian.guards.mask.databases.key_names import KeyNames
from hongxian.guards.mask.databases.redis_values import (
    PIECE,
    SIZES,
    WHOLE,
    Entry,
    Unpacked,
    pieces,
    unpack,
)  # fmt: skip
from hongxian.guards.mask.run import Masked, Outcome
from hongxian.guards.mask.targets.target import TargetError
from hongxian.sensors.store.sources.redis_ import KEYS, connected, pattern
from hongxian.sensors.store.sources.sources import plain_name
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.mask.plan import Plan
    from hongxian.guards.mask.run import Wanted

UNFINISHED = "hongxian:unfinished"
"""The key of a database that is not whole yet."""
_TABLE = "keys"
"""What the scan calls all keys together."""


def mask_redis(spec: str, target: str | None, plan: Plan, wanted: Wanted) -> Masked:
    """Mask the keys of a database, and what they hold, to another one.

    Args:
        spec: address of the database.
        target: address of an empty one.
        plan: what happens to each part of what the keys of a pattern hold.
        wanted: nothing of it can be wanted here.

    Raises:
        HongxianError: a database cannot be read or written, or the target is not empty.
    """
    source, place = plain_name(spec), plain_name(target or "")
    if target is None:
        raise WordedError("mask_redis_in_place", source)
    if wanted.asked.quasi or wanted.asked.sensitive:
        raise WordedError("mask_risk_none", source)
    for name in wanted.tables:
        if name != _TABLE:
            raise WordedError("mask_no_table", word=name, nearest=nearest(name, [_TABLE]))
    one = connected(spec, source, texts=False)
    try:
        other = connected(target, place, texts=False)
        try:
            return _Copy(one, other, source, place, replace(plan, columns={})).made()
        finally:
            other.close()
    finally:
        one.close()


@contextmanager
def _away(shown: str, word: str, kind: type[WordedError] = WordedError) -> Iterator[None]:
    """Make one line of what the client raises; its own words may hold a value."""
    import redis  # noqa: PLC0415 - an extra

    try:
        yield
    except redis.RedisError as error:
        raise kind(word, shown, Exit.SENSOR, kind=type(error).__name__) from None


@dataclass(slots=True)
class _Copy:
    """One copy being made."""

    source: Any
    target: Any
    shown: str
    place: str
    plan: Plan
    problems: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How often what was wrong with keys of which pattern and kind."""
    renamed: set[int] = field(default_factory=set)
    """Keys that were copied under another name, and these names: a scan may give a key twice."""
    rows: int = 0
    names: Any = None

    def made(self) -> Masked:
        """Copy everything."""
        self._check()
        self.names = KeyNames(self.plan)
        for keys in self._scanned():
            for key in keys:
                self.names.know(key.decode("utf-8", "replace"))
        with self._writing():
            self.target.set(UNFINISHED, "1")
        for keys in self._scanned():
            self._batch(keys)
        self.plan.check_named()
        with self._writing():
            self.target.delete(UNFINISHED)
        columns = tuple(self.plan.columns.values())
        outcome = Outcome(place=f"{self.shown}: {_TABLE}", rows=self.rows, columns=columns)
        problems = tuple(
            WordedError(word, f"{self.shown}: {name}", Exit.SENSOR, kind=kind, count=count)
            for (word, name, kind), count in sorted(self.problems.items())
        )
        return Masked(outcomes=(outcome,), problems=problems)

    def _reading(self) -> Any:
        return _away(self.shown, "mask_away")

    def _writing(self) -> Any:
        return _away(self.place, "mask_not_written", TargetError)

    def _check(self) -> None:
        """See that nothing is lost.

        Raises:
            HongxianError: both databases are one, or there are keys in the target.
        """
        with self._reading():
            one = self.source.info("server").get("run_id")
        with self._writing():
            same = one == self.target.info("server").get("run_id")
            there, left = self.target.dbsize(), self.target.exists(UNFINISHED)
        numbers = [side.connection_pool.connection_kwargs.get("db") or 0
                   for side in (self.source, self.target)]  # fmt: skip
        if same and numbers[0] == numbers[1]:
            raise WordedError("mask_same_file", self.place)
        if there:
            raise WordedError("mask_keys_unfinished" if left else "mask_keys_there", self.place)

    def _scanned(self) -> Iterator[list[bytes]]:
        cursor = 0
        while True:
            with self._reading():
                cursor, keys = self.source.scan(cursor, count=KEYS)
            if keys:
                yield list(dict.fromkeys(keys))
            if cursor == 0:
                return

    def _told(self, word: str, key: str, kind: str, count: int = 1) -> None:
        self.problems[word, pattern(key), kind] += count

    def _batch(self, keys: list[bytes]) -> None:
        """Copy some keys: the small ones together, each large one piece by piece."""
        small: list[tuple[bytes, Entry]] = []
        large: list[tuple[bytes, Entry]] = []
        for key, entry in self._entries(keys):
            (large if entry.size > PIECE and entry.kind != "string" else small).append((key, entry))
        with self._reading():
            pipe = self.source.pipeline(transaction=False)
            for key, entry in small:
                WHOLE[entry.kind](pipe, key)
            held = pipe.execute(raise_on_error=False)
        taken = [entry for (_, entry), one in zip(small, held, strict=True)
                 if self._taken(entry, one)]  # fmt: skip
        self._written(taken)
        for key, entry in large:
            self._large(key, entry)

    def _entries(self, keys: list[bytes]) -> list[tuple[bytes, Entry]]:
        """Return what there is to know of keys; those of which no copy can be made are told."""
        found: list[tuple[bytes, Entry]] = []
        with self._reading():
            pipe = self.source.pipeline(transaction=False)
            for key in keys:
                pipe.type(key)
                pipe.pttl(key)
            told = pipe.execute()
            now = int(time.time() * 1_000)
            sizes = self.source.pipeline(transaction=False)
            for key, kind, left in zip(keys, told[::2], told[1::2], strict=True):
                name, own = key.decode("utf-8", "replace"), kind.decode()
                if own not in SIZES or name.encode() != key:
                    if own != "none":  # else it went away meanwhile
                        self._told("mask_keys_left", name, own)
                    continue
                expires = now + left if left >= 0 else None
                found.append((key, Entry(key=name, kind=own, size=0, expires=expires)))
                SIZES[own](sizes, key)
            for (_, entry), size in zip(found, sizes.execute(raise_on_error=False), strict=True):
                entry.size = size if isinstance(size, int) else 0
        return found

    def _taken(self, entry: Entry, held: Any) -> bool:
        """Let an entry take what the server gave; what went away or changed meanwhile is none."""
        if held is None or isinstance(held, Exception):
            return False
        try:
            entry.take(held)
        except UnicodeDecodeError:
            self._told("mask_keys_left", entry.key, entry.kind)
            return False
        return True

    def _large(self, key: bytes, entry: Entry) -> None:
        """Copy a large key piece by piece; a piece that is no text leaves the whole out."""
        [name] = self._free([entry])
        if name is None:
            return
        parts = pieces(self.source, key, entry.kind)
        lost = 0
        while True:
            with self._reading():
                held = next(parts, None)
            if held is None:
                break
            piece = replace(entry, record=None, beside=[])
            if not self._taken(piece, dict(held) if entry.kind == "hash" else held):
                with self._writing():
                    self.target.delete(name)
                return
            self._mask([piece])
            self._write([(piece, name)])
            lost += piece.lost
        entry.lost = lost
        self._counted([(entry, name)])

    def _written(self, entries: list[Entry]) -> None:
        """Mask and write whole keys."""
        free = [(entry, name) for entry, name in zip(entries, self._free(entries), strict=True)
                if name is not None]  # fmt: skip
        self._mask([entry for entry, _ in free])
        self._write(free)
        self._counted(free)

    def _free(self, entries: list[Entry]) -> list[str | None]:
        """Return the new names of keys; ``None`` for those whose name another has already."""
        names = self.names.masked([one.key for one in entries])
        with self._writing():
            pipe = self.target.pipeline(transaction=False)
            for name in names:
                pipe.exists(name)
            there = pipe.execute()
        taken: set[str] = set()
        free: list[str | None] = []
        for entry, name, exists in zip(entries, names, there, strict=True):
            again = (hash(entry.key) in self.renamed) == (name != entry.key)
            if exists or name in taken:
                if not again:
                    self._told("mask_keys_alike", entry.key, entry.kind)
                free.append(None)
                continue
            if name != entry.key:
                self.renamed |= {hash(entry.key), hash(name)}
            taken.add(name)
            free.append(name)
        return free

    def _mask(self, entries: list[Entry]) -> None:
        """Mask what keys hold, where it is; keys in it are masked as the keys themselves."""
        rows = [[one.record] for one in entries]
        opened: list[Unpacked] = [one for row in rows for one in unpack(row)]
        keys = [place for row in rows for place in self._keys(row)]
        olds = [holder[at] for holder, at in keys]
        for holder, at in keys:
            holder[at] = None
        mask_rows(rows, self.plan, names=[pattern(one.key) for one in entries])
        for (holder, at), new in zip(keys, self.names.masked(olds), strict=True):
            holder[at] = new
        for one in reversed(opened):
            one.pack()
        for entry, row in zip(entries, rows, strict=True):
            entry.record = row[0]

    def _keys(self, row: list[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield the places of keys that stand in what another holds."""
        todo: list[tuple[Any, Any]] = [(row, 0)]
        while todo:
            holder, at = todo.pop()
            value = holder[at]
            if isinstance(value, dict):
                todo += [(value, key) for key in value]
            elif isinstance(value, list):
                todo += [(value, key) for key in range(len(value))]
            elif isinstance(value, str) and self.names.is_key(value):
                yield holder, at

    def _write(self, entries: list[tuple[Entry, str]]) -> None:
        with self._writing():
            pipe = self.target.pipeline(transaction=False)
            for entry, name in entries:
                entry.write(pipe, name)
            pipe.execute()

    def _counted(self, entries: list[tuple[Entry, str]]) -> None:
        """Count what became alike, and let the copies end when the keys do."""
        with self._writing():
            pipe = self.target.pipeline(transaction=False)
            for entry, name in entries:
                SIZES[entry.kind](pipe, name.encode())
            sizes = pipe.execute()
            for (entry, _), size in zip(entries, sizes, strict=True):
                alike = entry.size - entry.lost - size
                if entry.kind in ("set", "zset") and alike > 0:
                    self._told("mask_members_alike", entry.key, entry.kind, alike)
            for entry, name in entries:
                if entry.expires is not None:
                    pipe.pexpireat(name, entry.expires)
            pipe.execute()
        self.rows += len(entries)
