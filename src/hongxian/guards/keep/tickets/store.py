"""Where tickets are kept: an SQLite file, in which a ticket can be used once and no more."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.tickets.errors import TicketError
from hongxian.guards.keep.tickets.ticket import Approval, Kept, read_ticket
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hongxian.guards.keep.tickets.ticket import Ticket

_TABLES = """
create table if not exists tickets (
  id text primary key, body text not null, text text not null, state text not null,
  text_hash text not null, database text not null, role text not null, at text not null
);
create index if not exists of_text on tickets (text_hash, database, role);
create table if not exists approvals (
  ticket text not null, person text not null, signature text not null, device text not null,
  session text not null, at text not null, primary key (ticket, person)
);
create table if not exists nonces (nonce text primary key, at real not null);
"""


class TicketStore:
    """Keeps tickets.

    Args:
        path: the file; made when it is not there.

    Raises:
        HongxianError: it cannot be opened, or is something else.
    """

    def __init__(self, path: Path) -> None:
        """Open it."""
        self.path, self._lock = path, threading.Lock()
        try:
            self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._base.execute("pragma journal_mode = wal")
            self._base.execute("pragma synchronous = full")
            self._base.executescript(_TABLES)
        except sqlite3.Error as error:
            raise WordedError("keep_store", path, reason=error) from None

    def add(self, ticket: Ticket, text: str) -> None:
        """Keep a new ticket."""
        body = ticket.canonical().decode()
        self._do(
            "insert into tickets values (?, ?, ?, 'proposed', ?, ?, ?, ?)",
            (ticket.id, body, text, ticket.text_hash, ticket.database, ticket.role,
             ticket.proposed_at),
        )  # fmt: skip

    def get(self, number: str) -> Kept:
        """Return a ticket.

        Raises:
            TicketError: there is none, or what is kept is no ticket.
        """
        found = self._do("select id, body, text, state from tickets where id = ?", (number,))
        if not found:
            raise TicketError("none", id=number)
        return self._kept(found[0])

    def of(self, text_hash: str, database: str, role: str) -> list[str]:
        """Return the numbers of the tickets for a text, the newest first."""
        rows = self._do(
            "select id from tickets where text_hash = ? and database = ? and role = ?"
            " order by at desc, rowid desc", (text_hash, database, role),
        )  # fmt: skip
        return [one for (one,) in rows]

    def all(self, most: int = 200) -> Iterator[Kept]:
        """Yield tickets, the newest first."""
        for row in self._do(
            "select id, body, text, state from tickets order by at desc, rowid desc limit ?",
            (most,),
        ):
            yield self._kept(row)

    def approve(self, number: str, approval: Approval) -> None:
        """Add a signature.

        Raises:
            TicketError: this person has signed already.
        """
        row = (number, *astuple(approval))
        try:
            self._do("insert into approvals values (?, ?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError:
            raise TicketError("twice") from None

    def move(self, number: str, before: tuple[str, ...], after: str) -> bool:
        """Change a ticket's state, if it still is what it was; one alone of many that try can."""
        marks = ", ".join("?" * len(before))
        with self._lock:
            done = self._base.execute(
                f"update tickets set state = ? where id = ? and state in ({marks})",
                (after, number, *before),
            )
            return done.rowcount == 1

    def fresh(self, nonce: str, at: float, oldest: float) -> bool:
        """Return whether a number that is used once was not used before; older ones go."""
        self._do("delete from nonces where at < ?", (oldest,))
        try:
            self._do("insert into nonces values (?, ?)", (nonce, at))
        except sqlite3.IntegrityError:
            return False
        return True

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _kept(self, row: tuple[str, str, str, str]) -> Kept:
        number, body, text, state = row
        ticket = read_ticket(body)
        if ticket.id != number:
            raise TicketError("altered")
        rows = self._do(
            "select person, signature, device, session, at from approvals where ticket = ?"
            " order by at", (number,),
        )  # fmt: skip
        approvals = tuple(
            Approval(person=one[0], signature=one[1], device=one[2], session=one[3], at=one[4])
            for one in rows
        )
        return Kept(ticket=ticket, text=text, state=state, approvals=approvals)

    def _do(self, text: str, values: tuple[Any, ...]) -> list[Any]:
        with self._lock:
            return self._base.execute(text, values).fetchall()
