"""What was run in quarantine: an SQLite file of acts, each with how it is undone and ended.

What is kept here is SQL that the guard will run. So evidence has its hash, and what does not agree
with it is not run.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SENT, KEPT, UNDONE, ENDED, NOTHING = "sent", "kept", "undone", "ended", "nothing"
"""States: sent and not known to hold yet; held; brought back; dropped for good; rolled back."""

_TABLE = """
create table if not exists acts (
  id text primary key, at text not null, due text not null, state text not null,
  database text not null, role text not null, schema text not null, kept_database text not null,
  says text not null, text_hash text not null, objects text not null, undo text not null,
  close text not null, results text not null default '[]'
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A text that was run in quarantine."""

    id: str
    at: str
    """When, RFC 3339."""
    due: str
    """When it ends for good."""
    state: str = SENT
    database: str
    role: str
    schema: str
    """That keeps what it took."""
    kept_database: str = ""
    """Name of a database that was renamed instead of dropped."""
    says: str
    """The text, without its values."""
    text_hash: str
    objects: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    """What the server answered."""

    @property
    def plan_hash(self) -> str:
        """Hash of all that the guard would run for it, and where."""
        whole = [self.id, self.database, self.role, self.schema, self.kept_database, self.due,
                 list(self.undo), list(self.close)]  # fmt: skip
        return hashlib.sha256(orjson.dumps(whole)).hexdigest()

    def told(self) -> dict[str, Any]:
        """Return it as the interface gives it."""
        return {
            "id": self.id, "at": self.at, "due": self.due, "state": self.state,
            "database": self.database, "role": self.role, "says": self.says,
            "objects": list(self.objects), "results": list(self.results),
        }  # fmt: skip


_WORDS = ("id", "at", "due", "state", "database", "role", "schema", "kept_database", "says",
          "text_hash")  # fmt: skip
_LISTS = ("objects", "undo", "close", "results")


class ActStore:
    """Keeps acts.

    Args:
        path: the file; made when it is not there.

    Raises:
        HongxianError: it cannot be opened, or is something else.
    """

    def __init__(self, path: Path) -> None:
        """Open it."""
        self._lock = threading.Lock()
        try:
            self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._base.execute("pragma journal_mode = wal")
            self._base.execute("pragma synchronous = full")
            self._base.execute(_TABLE)
        except sqlite3.Error as error:
            raise WordedError("keep_store", path, reason=error) from None

    def add(self, act: Act) -> None:
        """Keep a new act; the disk has it when this returns."""
        row = [getattr(act, name) for name in _WORDS]
        row += [orjson.dumps(list(getattr(act, name))).decode() for name in _LISTS]
        marks = ", ".join("?" * len(row))
        self._do(f"insert into acts ({', '.join((*_WORDS, *_LISTS))}) values ({marks})", row)

    def get(self, number: str) -> Act | None:
        """Return an act."""
        return next(iter(self._read("where id = ?", (number,))), None)

    def of(self, *states: str) -> list[Act]:
        """Return the acts of some states, the oldest first."""
        return self._read(f"where state in ({', '.join('?' * len(states))})", states)

    def newest(self, most: int = 200) -> list[Act]:
        """Return acts that came to something, the newest first."""
        where = "where state <> ? order by at desc, rowid desc limit ?"
        return self._read(where, (NOTHING, most))

    def move(self, number: str, before: str, after: str, results: Sequence[str] = ()) -> bool:
        """Change an act's state, if it still is what it was."""
        said = [orjson.dumps(list(results)).decode()] if results else []
        with self._lock:
            done = self._base.execute(
                f"update acts set state = ?{', results = ?' * len(said)}"
                " where id = ? and state = ?", (after, *said, number, before),
            )  # fmt: skip
            return done.rowcount == 1

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _read(self, where: str, values: Sequence[Any]) -> list[Act]:
        names = (*_WORDS, *_LISTS)
        rows = self._do(f"select {', '.join(names)} from acts {where}", values)
        return [self._act(dict(zip(names, row, strict=True))) for row in rows]

    @staticmethod
    def _act(row: dict[str, Any]) -> Act:
        lists = {name: tuple(orjson.loads(row[name])) for name in _LISTS}
        return Act(**{**row, **lists})

    def _do(self, text: str, values: Sequence[Any]) -> list[Any]:
        with self._lock:
            return self._base.execute(text, tuple(values)).fetchall()
