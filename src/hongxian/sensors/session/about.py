"""What every fact of a session says, and what the sensor knows while it makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.facts import Fact

if TYPE_CHECKING:
    from hongxian.sensors.session.clock import Instant
    from hongxian.sensors.session.phases import Phases
    from hongxian.sensors.session.recording import Recording


@dataclass(frozen=True, slots=True)
class About:
    """The subject, the bundle, and the phases of the session."""

    subject: str
    artefact: str
    recording: Recording
    phases: Phases

    def fact(self, kind: str, instant: Instant | None, **columns: Any) -> Fact:
        """Make a fact of sensor ``session`` at a moment.

        Its phase is that of the moment, unless the columns name one. When the moment is too close
        to a choice of the person for the clocks to tell which came first, ``detail.near`` names
        the choice, ``detail.around`` the moment as far as it is known; time and phase
        stay empty, so that no rule takes one order for the other.
        """
        detail: dict[str, Any] = dict(columns.pop("detail", {}))
        seen_at = self.recording.clocks.utc(instant) if instant else None
        if instant is not None and "phase" not in columns:
            columns["phase"], near = self.phases.of(instant)
            if near:
                detail |= {"near": near, "around": str(seen_at)}
                seen_at = None
        return Fact(
            subject=self.subject, sensor="session", kind=kind, artefact=self.artefact,
            seen_at=seen_at, detail=detail, **columns,
        )  # fmt: skip
