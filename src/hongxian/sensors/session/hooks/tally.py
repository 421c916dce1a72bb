"""What a log of calls lacks, counted while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.session import tally

if TYPE_CHECKING:
    from hongxian.facts import Reason
    from hongxian.sensors.session.model import Call


@dataclass(slots=True)
class Tally(tally.Tally):
    """Counts of one log."""

    area: str = "session_hooks"
    said: list[Reason] = field(default_factory=list)
    """What needs more than a count."""

    def take(self, call: Call) -> Call:
        """Count a call, and note what it lacks."""
        self.taken += 1
        if call.at is None:
            self.miss("untimed", call.locator)
        if not call.stack:
            self.miss("stackless", call.locator)
        return call

    def reasons(self) -> list[Reason]:
        """Return what was noted, that which needs more than a count first."""
        return [*self.said, *tally.Tally.reasons(self)]
