"""Requests that were let pass, until their answers are told; bounded in number, size and time."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.gate.agents.verdict import Question

MOST = 20_000
"""Requests that are kept; of more, the oldest go."""
MOST_HITS = 1_000_000
"""Values of PI in them, together."""
LONGEST = 600.0
"""Seconds for which an answer is waited for."""
CLOSED, OPEN = "c", "o"
"""First letter of a name: what is done with an answer whose request is not known any more."""


class Held:
    """Requests by names of their own.

    Args:
        gone: told each request whose answer never came.
    """

    def __init__(self, gone: Callable[[Question], None]) -> None:
        """Hold nothing."""
        self._gone = gone
        self._rows: OrderedDict[str, Question] = OrderedDict()
        self._hits = 0

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    def add(self, question: Question) -> str:
        """Keep a request; return its name."""
        ruling = question.ruling
        closed = ruling is not None and ruling.cover.closed
        name = f"{CLOSED if closed else OPEN}{secrets.token_hex(8)}"
        self._rows[name] = question
        self._hits += _hits(question)
        while len(self._rows) > MOST or (self._hits > MOST_HITS and len(self._rows) > 1):
            self._drop(next(iter(self._rows)))
        return name

    def take(self, name: str) -> Question | None:
        """Return a request, once; ``None`` when it is not known any more."""
        question = self._rows.pop(name, None)
        if question is not None:
            self._hits -= _hits(question)
        return question

    def sweep(self, now: float) -> None:
        """Let those go that have waited too long."""
        while self._rows:
            name = next(iter(self._rows))
            if now - self._rows[name].since <= LONGEST:
                break
            self._drop(name)

    def clear(self) -> None:
        """Let all go."""
        while self._rows:
            self._drop(next(iter(self._rows)))

    def _drop(self, name: str) -> None:
        question = self.take(name)
        if question is not None:
            self._gone(question)


def _hits(question: Question) -> int:
    return len(question.ruling.hits) if question.ruling is not None else 0
