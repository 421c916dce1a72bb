"""The second-by-second table of a session: its moments by phase, so many as a page can hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.reports.sessions import keep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.reports.session import Moment, Session, Span

MOST_ROWS = 240
"""Rows of a session on the page."""
OPEN_ROWS = 40
"""A part of more rows is folded at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The rows of one phase."""

    span: Span
    moments: tuple[Moment, ...]
    more: int
    """Moments of the phase that are not among them."""
    unfolded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """How often PI was read, asked for and sent on one side of consent."""

    side: str
    """``before``, ``after``, or ``all`` of a session without consent."""
    read: int
    asked: int
    sent: int
    actors: int
    """Whose code did that."""


def parts(session: Session) -> list[Part]:
    """Return the moments that a page shows, by phase."""
    kept = keep(session.moments, MOST_ROWS)
    starts = [span.start for span in session.spans]
    found: list[list[Moment]] = [[] for _ in starts]
    for moment in kept:
        place = max(n for n, start in enumerate(starts) if start <= moment.since_start)
        found[place].append(moment)
    return [
        Part(
            span=span,
            moments=tuple(moments),
            more=span.events - len(moments),
            unfolded=len(moments) <= OPEN_ROWS,
        )
        for span, moments in zip(session.spans, found, strict=True)
    ]


def shown(made: Sequence[Part]) -> set[str]:
    """Return the ids of the facts that have a row."""
    return {moment.fact.id for part in made for moment in part.moments}


def sums(session: Session) -> list[Sums]:
    """Return what was read, asked for and sent before consent and after it."""
    sides: dict[str, dict[str, int]] = {}
    actors: dict[str, set[str]] = {}
    for tally in session.tallies:
        if tally.shape not in ("read", "asked", "sent"):
            continue
        early = session.consent is not None and tally.since_start < session.consent
        side = "all" if session.consent is None else "before" if early else "after"
        counts = sides.setdefault(side, {"read": 0, "asked": 0, "sent": 0})
        counts[tally.shape] += tally.times
        if tally.shape != "asked":
            actors.setdefault(side, set()).add(tally.lane)
    return [
        Sums(side=side, actors=len(actors.get(side, ())), **sides[side])
        for side in ("before", "after", "all")
        if side in sides
    ]
