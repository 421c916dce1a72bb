"""What the vault holds and has held: an append-only list, chained, beside the objects.

Each entry is bound to the one before it by SHA-256, so that an edited or removed entry is found.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SCHEMA = """
create table if not exists entries (
  seq integer primary key, act text not null, area text not null, name text not null,
  sha256 text not null, size integer not null, client text not null, at real not null,
  until real not null, chain text not null);
create table if not exists live (
  area text not null, name text not null, seq integer not null, primary key (area, name)
) without rowid;
create table if not exists pending (
  area text not null, name text not null, sha256 text not null, size integer not null,
  client text not null, at real not null, until real not null, primary key (area, name));
create table if not exists copies (
  seq integer not null, place text not null, at real not null, primary key (seq, place));
create index if not exists entries_client on entries (client, at);
"""
_COLUMNS = "e.seq, e.act, e.area, e.name, e.sha256, e.size, e.client, e.at, e.until"
_START = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One object that arrived, or went.

    Args:
        area: to whom it belongs, such as ``restic/shop``.
        name: its path within the area.
        sha256: of its content, in hexadecimal digits.
        size: bytes.
        client: who brought it.
        at: when, by the vault's clock; seconds since 1970.
        until: until when it is held, by the same clock.
        act: ``put`` or ``expire``.
        seq: its place in the list, from 1.
    """

    area: str
    name: str
    sha256: str
    size: int
    client: str
    at: float
    until: float
    act: str = "put"
    seq: int = 0


class Ledger:
    """The list, in SQLite; several processes may write, readers need no right to write.

    Args:
        path: the file.
        readonly: whether to look only.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """Open it, and make it when it is not there."""
        mode = "ro" if readonly else "rwc"
        self._base = sqlite3.connect(
            f"file:{path}?mode={mode}", uri=True, timeout=30, isolation_level=None,
            check_same_thread=False,
        )  # fmt: skip
        self._lock = threading.RLock()
        if not readonly:
            path.chmod(0o640)
            self._base.execute("pragma journal_mode=truncate")
            self._base.execute("pragma synchronous=full")
            self._base.executescript(_SCHEMA)

    def close(self) -> None:
        """Let the file go."""
        self._base.close()

    def intend(self, entries: Iterable[Entry]) -> None:
        """Keep that objects are about to get their names."""
        with self._writing():
            self._base.executemany(
                "insert or replace into pending values (?, ?, ?, ?, ?, ?, ?)",
                [(one.area, one.name, one.sha256, one.size, one.client, one.at, one.until)
                 for one in entries],
            )  # fmt: skip

    def intended(self) -> list[Entry]:
        """Return objects that were about to get their names when the vault ended."""
        names = "area, name, sha256, size, client, at, until"
        with self._lock:
            rows = self._base.execute(f"select {names} from pending").fetchall()
        keys = names.split(", ")
        return [Entry(**dict(zip(keys, row, strict=True))) for row in rows]

    def forgo(self, entry: Entry) -> None:
        """Forget an intention."""
        with self._writing():
            self._forgo(entry)

    def append(self, entries: Iterable[Entry]) -> None:
        """Add what arrived or went, all or nothing."""
        with self._writing():
            chain = self._head()[1]
            for entry in entries:
                chain = _link(chain, entry)
                done = self._base.execute(
                    "insert into entries (act, area, name, sha256, size, client, at, until, chain)"
                    " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*_content(entry), chain),
                )
                key = (entry.area, entry.name)
                if entry.act == "put":
                    self._base.execute("insert into live values (?, ?, ?)", (*key, done.lastrowid))
                else:
                    self._base.execute("delete from live where area = ? and name = ?", key)
                self._forgo(entry)

    def find(self, area: str, name: str) -> Entry | None:
        """Return what stands under a name."""
        return next(self._live("l.area = ? and l.name = ?", area, name), None)

    def live(self, area: str, prefix: str = "") -> Iterator[Entry]:
        """Yield what an area holds, by name; only names that begin so."""
        return self._live(
            "l.area = ? and l.name >= ? and l.name < ? order by l.name",
            area, prefix, prefix + "\U0010ffff",
        )  # fmt: skip

    def everything(self) -> Iterator[Entry]:
        """Yield all that is held, in the order of arrival."""
        return self._live("1 = 1 order by l.seq")

    def expired(self) -> list[Entry]:
        """Return what went last, at one moment, and did not come again."""
        with self._lock:
            rows = self._base.execute(
                f"select {_COLUMNS} from entries e where act = 'expire' and at = "
                "(select max(at) from entries where act = 'expire') and not exists "
                "(select 1 from live l where l.area = e.area and l.name = e.name)"
            ).fetchall()
        return [_entry(row) for row in rows]

    def areas(self) -> list[str]:
        """Return the areas that hold something."""
        with self._lock:
            return [row[0] for row in self._base.execute("select distinct area from live")]

    def received(self, client: str, since: float) -> tuple[int, int]:
        """Return bytes and number of the objects that a client brought after a moment."""
        with self._lock:
            size, count = self._base.execute(
                "select coalesce(sum(size), 0), count(*) from entries"
                " where client = ? and at > ? and act = 'put'",
                (client, since),
            ).fetchone()
        return int(size), int(count)

    def latest(self, client: str | None = None) -> float | None:
        """Return when a client, or anybody, last brought something."""
        where, values = ("", ()) if client is None else (" and client = ?", (client,))
        with self._lock:
            found = self._base.execute(
                f"select max(at) from entries where act = 'put'{where}", values
            ).fetchone()
        return found[0]  # type: ignore[no-any-return]

    def head(self) -> tuple[int, str]:
        """Return how many entries there are, and the chain's last link."""
        with self._lock:
            return self._head()

    def first_altered(self) -> int | None:
        """Return the place of the first entry that is not as it was written; ``None``: all are."""
        chain, expected = _START, 1
        with self._lock:
            rows = self._base.execute(f"select {_COLUMNS}, e.chain from entries e order by seq")
            for *row, told in rows:
                entry = _entry(row)
                chain = _link(chain, entry)
                if entry.seq != expected or told != chain:
                    return expected
                expected += 1
        return None

    def uncopied(self, place: str) -> Iterator[Entry]:
        """Yield what is held and was not yet copied to a place."""
        return self._live(
            "not exists (select 1 from copies c where c.seq = l.seq and c.place = ?)"
            " order by l.seq", place,
        )  # fmt: skip

    def copied(self, entry: Entry, place: str, at: float) -> None:
        """Keep that an object was copied to a place."""
        with self._writing():
            self._base.execute("insert or ignore into copies values (?, ?, ?)",
                               (entry.seq, place, at))  # fmt: skip

    def _head(self) -> tuple[int, str]:
        found = self._base.execute("select seq, chain from entries order by seq desc limit 1")
        return found.fetchone() or (0, _START)

    def _live(self, where: str, *values: object) -> Iterator[Entry]:
        with self._lock:
            rows = self._base.execute(
                f"select {_COLUMNS} from live l join entries e on e.seq = l.seq where {where}",
                values,
            ).fetchall()
        return map(_entry, rows)

    def _forgo(self, entry: Entry) -> None:
        self._base.execute(
            "delete from pending where area = ? and name = ?", (entry.area, entry.name)
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            self._base.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._base.execute("rollback")
                raise
            self._base.execute("commit")


def _content(entry: Entry) -> tuple[str | int | float, ...]:
    return (entry.act, entry.area, entry.name, entry.sha256, entry.size, entry.client, entry.at,
            entry.until)  # fmt: skip


def _link(chain: str, entry: Entry) -> str:
    text = json.dumps([chain, *_content(entry)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _entry(row: Iterable[object]) -> Entry:
    names = ("seq", "act", "area", "name", "sha256", "size", "client", "at", "until")
    return Entry(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]
