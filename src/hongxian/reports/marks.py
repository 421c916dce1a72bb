"""The marks of a session's picture: one sign for an event, or for many that lie close together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.reports.names import info_name, lane_name, word
from hongxian.reports.wording import clock, relative
from hongxian.rules.load import VERDICTS
from hongxian.words import say
from hongxian.words.table import cells

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from hongxian.reports.axis import Axis
    from hongxian.reports.session import Session, Tally

MOST_MARKS = 600
"""Marks in the picture: of more, what lies close together is one mark with a count."""
CELL = 16.0
"""So far two marks of one row are from each other at least."""
SMALL, LARGE = 4.6, 7.4
"""Half the height of a mark of one event, and of several."""
RUN = 4
"""So many marks side by side become one long mark with a count."""
WIDEST = 400.0
"""No cell grows wider."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What marks are drawn on."""

    session: Session
    axis: Axis
    rows: Container[str]
    """Ids of the facts that have a row on the page: marks lead to these."""
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One sign: an event, or several of one kind that lie close together."""

    path: str
    shape: str
    verdict: str | None
    title: str
    target: str | None
    """Id of the fact whose row it leads to."""
    x: float
    y: float
    note: str
    """How many, where there is room for it."""
    unsure: bool
    """Too close to a choice for the clocks to tell which was first."""


def make_marks(
    together: Mapping[tuple[str, str], Sequence[Tally]],
    places: Mapping[tuple[str, str], float],
    ground: Ground,
) -> tuple[Mark, ...]:
    """Return the marks, the worst last: cells grow until there are not too many.

    Args:
        together: tallies by lane and shape: those of one row.
        places: where each row lies.
        ground: what they are drawn on.
    """
    cell = CELL
    while True:
        found = [
            (row, run)
            for row, members in together.items()
            for run in _runs(_cells(members, ground.axis, cell), cell)
        ]
        if len(found) <= MOST_MARKS or cell > WIDEST:
            break
        cell *= 1.5
    made = [_mark(row[0], run, places[row], ground) for row, run in found]
    return tuple(sorted(made, key=_gravity, reverse=True))


def _gravity(mark: Mark) -> int:
    return VERDICTS.index(mark.verdict) if mark.verdict else len(VERDICTS)


@dataclass(slots=True)
class _Cell:
    """Tallies of one row that lie close together on one side of every choice."""

    members: list[Tally]
    stretch: int
    left: float
    right: float

    @property
    def kind(self) -> tuple[int, str | None, bool]:
        """What must be the same in a run."""
        return self.stretch, worst(self.members), any(one.unsure for one in self.members)

    def apart(self, tally: Tally, stretch: int) -> bool:
        """Return whether a tally must not be in it: a choice stands alone."""
        alone = tally.choice or self.members[-1].choice
        return alone or stretch != self.stretch


def worst(members: Iterable[Tally]) -> str | None:
    """Return the worst verdict among tallies."""
    verdicts = [one.verdict for one in members if one.verdict]
    return min(verdicts, key=VERDICTS.index) if verdicts else None


def _cells(members: Sequence[Tally], axis: Axis, cell: float) -> list[_Cell]:
    """Return together what lies closer than a cell is wide; never from both sides of a border."""
    found: list[_Cell] = []
    for tally in sorted(members, key=lambda one: one.since_start):
        x, stretch = axis.x(tally.since_start), axis.place(tally.since_start)
        last = found[-1] if found else None
        if last is None or x - last.left >= cell or last.apart(tally, stretch):
            found.append(_Cell([], stretch, x, x))
        found[-1].members.append(tally)
        found[-1].right = x
    return found


def _runs(cells: Sequence[_Cell], cell: float) -> list[_Cell]:
    """Return the cells, those of a close run as one."""
    found: list[list[_Cell]] = []
    for one in cells:
        last = found[-1][-1] if found else None
        joined = last is not None and one.kind == last.kind and one.left - last.right < cell
        if joined:
            found[-1].append(one)
        else:
            found.append([one])
    return [run for group in found for run in (_joined(group) if len(group) >= RUN else group)]


def _joined(group: Sequence[_Cell]) -> list[_Cell]:
    members = [tally for one in group for tally in one.members]
    return [_Cell(members, group[0].stretch, group[0].left, group[-1].right)]


def _mark(lane: str, run: _Cell, y: float, ground: Ground) -> Mark:
    members, verdict = run.members, worst(run.members)
    times = sum(one.times for one in members)
    first = sorted(members, key=lambda one: one.verdict != verdict)
    long = run.right - run.left > CELL * RUN / 2
    wide = run.right - run.left - 2 * LARGE if long else 0.0
    x = run.left + LARGE if long else (run.left + run.right) / 2
    return Mark(
        path=outline(members[0].shape, (x, y), SMALL if times == 1 else LARGE, wide),
        shape=members[0].shape,
        verdict=verdict,
        title=_title(lane, members, verdict, ground),
        target=next((one.fact for one in first if one.fact in ground.rows), None),
        x=round(x + wide / 2, 1),
        y=y,
        note=_note(members, times, wide, ground.lang),
        unsure=any(one.unsure for one in members),
    )


def _note(members: Sequence[Tally], times: int, wide: float, lang: str) -> str:
    """Return how many, and how many a second where that fits."""
    if not wide:
        return str(times) if 1 < times < 100 else ""
    text = f"× {times:,}"
    length = members[-1].since_start - members[0].since_start
    rate = f"{times / max(length, 1.0):.1f}"
    notes = [text] if rate == "0.0" else [say("report.s_rate", lang, count=text, rate=rate), text]
    return next((note for note in notes if cells(note) * 5.6 < wide), "")


def outline(shape: str, middle: tuple[float, float], size: float, wide: float = 0.0) -> str:
    """Return the outline of a mark: each look has its own, whatever the colour.

    Args:
        shape: what happened.
        middle: x and y; of a long mark x is where it begins.
        size: half of its height.
        wide: how much longer it is than a single one.
    """
    return _OUTLINES.get(shape, _bar)(*middle, size, wide)


def _bar(x: float, y: float, s: float, wide: float) -> str:
    return f"M{x - s:.1f} {y - 1:.1f}" + _box(2 * s + wide, 2)


def _pill(x: float, y: float, s: float, wide: float) -> str:
    arc = f"a{s:.1f} {s:.1f} 0 0 1 0 "
    return f"M{x:.1f} {y - s:.1f}h{wide:.1f}{arc}{2 * s:.1f}h{-wide:.1f}{arc}{-2 * s:.1f}z"


def _arrow(x: float, y: float, s: float, wide: float) -> str:
    head = f"h{wide:.1f}l{2 * s:.1f} {s:.1f}l{-2 * s:.1f} {s:.1f}h{-wide:.1f}z"
    return f"M{x - s:.1f} {y - s:.1f}{head}"


def _diamond(x: float, y: float, s: float, wide: float) -> str:
    t = f"{s + 1:.1f}"
    return f"M{x:.1f} {y - s - 1:.1f}h{wide:.1f}l{t} {t}l-{t} {t}h{-wide:.1f}l-{t} -{t}z"


def _screen(x: float, y: float, s: float, wide: float) -> str:
    return f"M{x - s * 0.8:.1f} {y - s - 0.5:.1f}" + _box(s * 1.6 + wide, 2 * s + 1)


def _square(x: float, y: float, s: float, wide: float) -> str:
    return f"M{x - s + 0.5:.1f} {y - s + 0.5:.1f}" + _box(2 * s - 1 + wide, 2 * s - 1)


def _box(wide: float, high: float) -> str:
    return f"h{wide:.1f}v{high:.1f}h{-wide:.1f}z"


_OUTLINES = {
    "read": _pill, "sent": _arrow, "chosen": _diamond, "shown": _screen, "asked": _square,
}  # fmt: skip


def _title(
    lane: str, members: Sequence[Tally], verdict: str | None, ground: Ground
) -> str:  # fmt: skip
    """Return what one reads on a mark: what, whose, when; how often when it is several."""
    session, lang = ground.session, ground.lang
    first, last = members[0], members[-1]
    shape = say(f"report.shape_{first.shape}", lang)
    times = sum(one.times for one in members)
    parts = [shape if times == 1 else f"{times} × {shape}"]
    infos = list(dict.fromkeys(one.info for one in members if one.info))
    parts += [say("report.comma", lang).join(info_name(info, lang) for info in infos[:4])]
    parts[-1] += "…" if len(infos) > 4 else ""
    parts.append(lane_name(lane, lang))
    begin, end = clock(first.since_start, lang), clock(last.since_start, lang)
    parts.append(begin if begin == end else f"{begin} – {end}")
    if session.consent is not None and times == 1:
        parts.append(relative(first.since_start - session.consent, lang))
    if verdict:
        parts.append(word("verdict", verdict, lang))
    if any(one.unsure for one in members):
        parts.append(say("report.s_unsure", lang))
    return " · ".join(filter(None, parts))
