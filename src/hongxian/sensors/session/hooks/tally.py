"""What of a log could not be read, counted while it is read and told at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.facts import Reason

if TYPE_CHECKING:
    from hongxian.sensors.session.model import Call


@dataclass(slots=True)
class Tally:
    """Counts of one log; the first place of each kind is kept."""

    name: str
    calls: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    said: list[Reason] = field(default_factory=list)
    """What needs more than a count."""

    def miss(self, word: str, place: str, count: int = 1) -> None:
        """Note something that could not be read, or not wholly."""
        self.counts[word] = self.counts.get(word, 0) + count
        self.places.setdefault(word, place)

    def take(self, call: Call) -> Call:
        """Count a call, and note what it lacks."""
        self.calls += 1
        if call.at is None:
            self.miss("untimed", call.locator)
        if not call.stack:
            self.miss("stackless", call.locator)
        return call

    def reasons(self) -> list[Reason]:
        """Return what was noted, as reasons with the place of the first."""
        counted = [
            Reason(f"session_hooks.{word}", {"count": count, "of": self.calls}, self.places[word])
            for word, count in self.counts.items()
        ]
        return [*self.said, *counted]
