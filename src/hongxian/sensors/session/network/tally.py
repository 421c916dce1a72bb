"""What of a capture could not be read, counted while it is read and told at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError

if TYPE_CHECKING:
    from hongxian.sensors.session.model import Flow


@dataclass(slots=True)
class Tally:
    """Counts of one capture; the first place of each kind is kept."""

    name: str
    flows: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def miss(self, word: str, place: str) -> None:
        """Note something that could not be read, or not wholly."""
        self.counts[word] = self.counts.get(word, 0) + 1
        self.places.setdefault(word, place)

    def take(self, flow: Flow) -> Flow:
        """Count a flow, and note what it lacks."""
        self.flows += 1
        if flow.at is None:
            self.miss("untimed", flow.locator)
        if flow.opaque:
            self.miss("opaque", flow.locator)
        for message in (flow.request, flow.response):
            if message is not None and message.cut:
                self.miss("bodies", flow.locator)
        return flow

    def ended(self) -> None:
        """Look at what came out, once all was read.

        Raises:
            SessionError: something was there, and nothing of it could be read.
        """
        if self.counts and not self.flows:
            word = next(iter(self.counts))
            values = self._values(word)
            del self.counts[word]
            raise SessionError(self.places[word], f"session_network.{word}", **values)

    def reasons(self) -> list[Reason]:
        """Return what was noted, as reasons with the place of the first."""
        return [
            Reason(f"session_network.{word}", self._values(word), self.places[word])
            for word in self.counts
        ]

    def _values(self, word: str) -> dict[str, int]:
        return {"count": self.counts.get(word, 0), "of": self.flows}
