"""The picture of a session: a lane for each actor, phases as bands, choices as lines, one SVG."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.reports.axis import Axis, make_axis
from hongxian.reports.marks import Ground, Mark, make_marks
from hongxian.reports.names import lane_name, word
from hongxian.reports.picture import cut
from hongxian.reports.sessions import OTHER, OTHERS, PERSON
from hongxian.reports.wording import clock
from hongxian.rules.load import VERDICTS
from hongxian.words import say
from hongxian.words.table import cells

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from hongxian.reports.session import Moment, Session, Tally

WIDTH, LEFT, RIGHT = 1000, 176, 988
HEAD, LABEL, ROW, PAD = 26, 19, 20, 7
MOST_LANES = 12
"""Actors with a lane of their own; the rest share one."""
_CHARACTER = 6.7
_FIRST = (PERSON, "first_party")
_LAST = ("library", "system", "unknown", OTHERS)
_ORDER = ("shown", "chosen", "asked", "read", "sent", OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Where the marks of one actor stand."""

    name: str
    label: str
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A phase."""

    phase: str
    name: str
    label: str
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A choice, or the question for it."""

    kind: str
    x: float
    blur: float
    """Half of the width within which the clocks cannot tell what was first."""
    label: str
    label_x: float
    label_y: float
    anchor: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A round figure on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A stretch in which nothing happened."""

    x: float
    width: float
    label: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """All parts of the picture, with the height that they take."""

    height: float
    top: float
    bottom: float
    lanes: tuple[Lane, ...]
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    consent_ticks: tuple[Tick, ...]
    """Seconds from consent; empty without one."""
    quiet: tuple[Quiet, ...]
    shapes: tuple[str, ...]
    """Which occur, in the order of the legend."""
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    head: int = HEAD


def draw_session(session: Session, rows: Container[str], lang: str) -> Strip:
    """Return the picture of a session.

    Args:
        session: what is drawn.
        rows: ids of the facts that have a row on the page: marks lead to these.
        lang: ``zh`` or ``en``.
    """
    axis = _axis(session)
    lines, deep = _lines(session, axis, lang)
    top = HEAD + deep * LABEL + 4
    together = _together(session.tallies)
    lanes, places, bottom = _lanes(together, top, lang)
    return Strip(
        height=bottom + (44 if session.consent is not None else 26),
        top=top,
        bottom=bottom,
        lanes=lanes,
        bands=tuple(_bands(session, axis, lang)),
        marks=make_marks(together, places, Ground(session, axis, rows, lang)),
        lines=lines,
        ticks=_axis_ticks(axis, 0.0, lang),
        consent_ticks=() if session.consent is None else _axis_ticks(axis, session.consent, lang),
        quiet=tuple(_quiet(axis, lang)),
        shapes=tuple(s for s in _ORDER if any(key[1] == s for key in together)),
    )


def _axis(session: Session) -> Axis:
    times = {tally.since_start for tally in session.tallies} | {0.0, session.length}
    borders = [span.start for span in session.spans]
    borders += [one.since_start for one in session.choices]
    return make_axis([*times, *borders], borders, LEFT + 10, RIGHT - 10)


def _axis_ticks(axis: Axis, origin: float, lang: str) -> tuple[Tick, ...]:
    signed = origin > 0
    return tuple(
        Tick(x=round(x, 1), label=clock(value, lang, signed=signed))
        for value, x in axis.ticks(origin, 54)
    )


def _bands(session: Session, axis: Axis, lang: str) -> Iterable[Band]:
    for span in session.spans:
        x, end = axis.x(span.start), axis.x(span.end)
        x = LEFT if span is session.spans[0] else x
        end = RIGHT if span is session.spans[-1] else end
        name = word("phase", span.phase, lang)
        short = say(f"report.s_phase_{span.phase}", lang)
        yield Band(
            phase=span.phase,
            name=f"{name} · {clock(span.start, lang)} – {clock(span.end, lang)}",
            label=cut(short, int((end - x - 10) / _CHARACTER)) if end - x > 26 else "",
            x=round(x, 1),
            width=round(end - x, 1),
        )


def _quiet(axis: Axis, lang: str) -> Iterable[Quiet]:
    for one in axis.stretches:
        if one.quiet:
            length = clock(one.end - one.start, lang)
            yield Quiet(
                x=round(one.left, 1), width=round(one.right - one.left, 1), label=length,
                title=say("report.s_quiet", lang, length=length),
            )  # fmt: skip


def _lines(session: Session, axis: Axis, lang: str) -> tuple[tuple[Line, ...], int]:
    """Return the lines of the choices; their labels stand in as many rows as they need."""
    ends: list[float] = []
    found = []
    at = [axis.x(choice.since_start) for choice in session.choices]
    for choice, x in zip(session.choices, at, strict=True):
        label = choice_label(choice, lang)
        wide = cells(label) * _CHARACTER + 14
        crossed = any(x < other < x + wide for other in at)
        free = x - wide > LEFT and not any(x - wide < other < x for other in at)
        flipped = x + wide > WIDTH or (crossed and free)
        start = x - wide if flipped else x
        row = next((n for n, end in enumerate(ends) if end <= start), len(ends))
        ends[row : row + 1] = [start + wide]
        found.append(Line(
            kind=choice.fact.kind, x=round(x, 1), blur=_blur(session, choice, axis), label=label,
            label_x=round(x - 5 if flipped else x + 5, 1), label_y=HEAD + 14 + row * LABEL,
            anchor="end" if flipped else "start", target=choice.fact.id,
        ))  # fmt: skip
    return tuple(found), len(ends)


def choice_label(choice: Moment, lang: str) -> str:
    """Return what a choice was and when: ``consent 6.5 s``."""
    fact = choice.fact
    said = word("kind", fact.kind, lang)
    if fact.kind == "prompt":
        said = say("report.s_prompt", lang)
    return f"{said} {clock(choice.since_start, lang)}"


def _blur(session: Session, choice: Moment, axis: Axis) -> float:
    off = session.record.uncertainty
    if not off or choice.fact.kind == "prompt":
        return 0.0
    at = choice.since_start
    return round(max(axis.x(at + off) - axis.x(at), axis.x(at) - axis.x(at - off)), 1)


_Together = dict[tuple[str, str], list["Tally"]]


def _together(tallies: Sequence[Tally]) -> _Together:
    """Return the tallies by lane and shape; actors beyond the most share a lane."""
    busy: Counter[str] = Counter()
    for tally in tallies:
        weight = 1_000_000 if tally.verdict in VERDICTS[:2] else 1
        busy[tally.lane] += tally.times * weight
    kept = set(_FIRST) | {lane for lane, _ in busy.most_common(MOST_LANES)}
    found: _Together = defaultdict(list)
    for tally in tallies:
        lane = tally.lane if tally.lane in kept else OTHERS
        found[lane, tally.shape].append(tally)
    return found


def _lanes(
    together: _Together, top: float, lang: str
) -> tuple[tuple[Lane, ...], dict[tuple[str, str], float], float]:
    """Return the lanes, where the rows of each lie, and where the last lane ends."""
    first: dict[str, float] = {}
    for (lane, _), tallies in together.items():
        first[lane] = min(first.get(lane, float("inf")), tallies[0].since_start)
    lanes, places, y = [], {}, top
    for lane in sorted(first, key=lambda key: (_group(key), first[key], key)):
        rows = [shape for shape in _ORDER if (lane, shape) in together]
        height = len(rows) * ROW + PAD
        name = lane_name(lane, lang)
        label = cut(name, int((LEFT - 14) / _CHARACTER))
        lanes.append(Lane(name=name, label=label, y=y, height=height))
        for place, shape in enumerate(rows):
            places[lane, shape] = y + PAD / 2 + ROW * (place + 0.5)
        y += height
    return tuple(lanes), places, y


def _group(lane: str) -> int:
    if lane in _FIRST:
        return _FIRST.index(lane)
    return 10 + _LAST.index(lane) if lane in _LAST else 5
