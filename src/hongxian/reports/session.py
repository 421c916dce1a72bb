"""What the timeline of a session is made of: part of the report's model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hongxian.reports.model import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A fact in its place in a session."""

    fact: Evidence
    since_start: float
    """Seconds from the first moment of the session."""
    verdict: str | None
    """The worst of the findings that cite the fact."""
    rules: tuple[str, ...]
    """Numbers of the rules whose findings give it that verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a session in one phase; ends are seconds from its first moment."""

    phase: str
    start: float
    end: float
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Events of one look by one actor within one moment or second."""

    since_start: float
    lane: str
    """Key of the actor, or ``person``."""
    shape: str
    """What happened: :data:`hongxian.reports.sessions.SHAPES`."""
    info: str | None
    verdict: str | None
    events: int
    times: int
    """A read that a fact counts several times counts so often."""
    fact: str
    """Id of the first."""
    choice: bool
    """The policy was put before the person, or answered."""
    unsure: bool
    """Too close to a choice of the person for the clocks to tell which was first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Which bundle a session is from, as coverage tells."""

    bundle: str | None
    device: str | None
    uncertainty: float | None
    """Seconds by which the clocks of device and host can disagree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What one artefact recorded, moment by moment."""

    artefact: str | None
    record: Record
    start: datetime
    """Its first moment."""
    length: float
    events: int
    consent: float | None
    """When the person agreed to the policy, in seconds from the start."""
    choices: tuple[Moment, ...]
    """The policy is put before the person, and what the person answers."""
    spans: tuple[Span, ...]
    tallies: tuple[Tally, ...]
    """Of all events."""
    moments: tuple[Moment, ...]
    """In order; of a long session the choices, what findings cite and the earliest."""
