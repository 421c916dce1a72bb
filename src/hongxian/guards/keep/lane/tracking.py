"""Follows a session's answers: how many are due, and in which state its transaction is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

PARSE, BIND, EXECUTE, DESCRIBE, CLOSE, SYNC, FLUSH = b"PBEDCSH"
QUERY, CALL, END, DATA, DONE, FAIL = b"QFXdcf"
STATEMENT, PORTAL = b"SP"
IDLE = ord("I")


@dataclass(slots=True)
class Tracking:
    """What is due and where a session stands."""

    due: deque[int] = field(default_factory=deque)
    """Kinds of messages to which a ReadyForQuery has yet to come."""
    state: int = 0
    """``I`` idle, ``T`` in a transaction, ``E`` in one that failed; 0 before the start."""
    batch: bool = False
    """Whether messages of the extended protocol were sent since the last Sync."""
    failed: bool = False
    """Whether an error came since all was answered."""
    copying: bool = False

    def sent(self, kind: int) -> None:
        """Note a message that was sent on."""
        if kind in (QUERY, CALL):
            self.due.append(kind)
        elif kind == SYNC:
            self.batch = False
            if not self.copying:
                self.due.append(kind)
        elif kind in (DONE, FAIL):
            self.copying = False
        elif kind not in (DATA, FLUSH, END):
            self.batch = True

    def ready(self, state: int) -> None:
        """Note that a ReadyForQuery came."""
        self.state = state
        self.copying = False
        if self.due:
            self.due.popleft()

    def copy_in(self) -> None:
        """Note that the server waits for data: a Sync that came before its end is passed over."""
        self.copying = True
        first = self.due[0] if self.due else 0
        self.due.clear()
        if first == QUERY:
            self.due.append(first)

    @property
    def quiet(self) -> bool:
        """Whether everything is answered."""
        return not self.due and not self.batch and self.state != 0

    @property
    def idle(self) -> bool:
        """Whether everything is answered, outside of a transaction."""
        return self.state == IDLE and self.quiet
