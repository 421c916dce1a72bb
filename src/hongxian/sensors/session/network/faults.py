"""What is wrong with a capture, and how much of one is read at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError

if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most, so that memory and time stay bounded; more is said."""

    window: int = 4 << 20
    """Characters of JSON looked at in one go."""
    entry: int = 48 << 20
    """Characters (JSON) or bytes (mitmproxy) of one exchange."""
    nesting: int = 200
    """Values inside one another."""
    body: int = 32 << 20
    """Bytes of a body, once unpacked."""
    frames: int = 100_000
    """WebSocket messages of one exchange."""
    parts: int = 20_000
    """Named values of one exchange."""
    reasons: int = 50
    """Reasons of one kind that are told one by one."""
    patience: float = 1800.0
    """Seconds that another program may take over a capture."""


LIMITS = Limits()


class NetworkError(SessionError):
    """A capture that cannot be read at all.

    Args:
        where: the file.
        word: name of the text in ``words/session_network.toml``.
        values: what fills its places.
    """

    def __init__(self, where: str, word: str, **values: object) -> None:
        """Keep the reason, so that the line can be said in either language."""
        super().__init__(where, f"session_network.{word}", **values)


class Unread:
    """Collects what could not be read; many of one kind become a count.

    Args:
        reasons: where the reasons go.
        name: the capture, as a user knows it.
        limits: how many of one kind are told one by one.
    """

    def __init__(self, reasons: list[Reason], name: str, limits: Limits = LIMITS) -> None:
        """Begin with nothing told."""
        self.reasons = reasons
        self.name = name
        self._limit = limits.reasons
        self._told: dict[str, int] = {}

    def tell(self, word: str, place: str = "", **values: Any) -> None:
        """Add a reason, at a place inside the capture (``entry 12``)."""
        told = self._told[word] = self._told.get(word, 0) + 1
        if told <= self._limit:
            self.reasons.append(problem(word, f"{self.name} {place}".rstrip(), **values))

    def close(self) -> None:
        """Say how many reasons of a kind were not told one by one."""
        for word, told in self._told.items():
            if told > self._limit:
                same = problem(word, None)
                self.reasons.append(
                    problem("more", self.name, count=told - self._limit, what=same.word)
                )
        self._told.clear()


def problem(word: str, where: str | None, **values: Any) -> Reason:
    """Return why a part was not read, or not as it stands, by its text's name."""
    return Reason(f"session_network.{word}", values, where)
