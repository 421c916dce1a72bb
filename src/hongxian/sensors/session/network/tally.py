"""What a capture lacks, counted while it is read.

What could not be decrypted, or is not whole, is no fault of the reader: the flows say it, and who
takes them apart tells it host by host.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.session import tally
from hongxian.sensors.session.bundle.faults import SessionError

if TYPE_CHECKING:
    from hongxian.sensors.session.model import Flow


@dataclass(slots=True)
class Tally(tally.Tally):
    """Counts of one capture."""

    area: str = "session_network"

    def take(self, flow: Flow) -> Flow:
        """Count a flow, and note what it lacks."""
        self.taken += 1
        if flow.at is None:
            self.miss("untimed", flow.locator)
        return flow

    def ended(self) -> None:
        """Look at what came out, once all was read.

        Raises:
            SessionError: something was there, and nothing of it could be read.
        """
        if self.counts and not self.taken:
            word = next(iter(self.counts))
            values = self.values(word)
            del self.counts[word]
            raise SessionError(self.places[word], f"{self.area}.{word}", **values)
