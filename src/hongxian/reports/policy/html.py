"""The policy as one HTML page: every fact highlighted at its place, the parts before it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from hongxian.reports import names
from hongxian.reports.html import environment
from hongxian.reports.policy import wording
from hongxian.reports.policy.table import MARKS
from hongxian.reports.policy.view import place
from hongxian.words import say
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hongxian.facts import Fact
    from hongxian.reports.policy.view import PolicyView
    from hongxian.sensors.policy.document import Block

_SPOKEN = {
    "measure": wording.measure, "limits": wording.limits, "part": wording.part,
    "figure": wording.figure, "rows": wording.rows, "title": wording.title,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one block and the facts upon it."""

    start: int
    text: str
    """Masked: the operator's telephone number is no business of a report."""
    facts: tuple[Fact, ...]

    @property
    def act(self) -> str | None:
        """What is declared here, which says more than the part of the policy that it is."""
        return next((fact.item for fact in self.facts if fact.kind == "declare"), None)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the text, or a whole table as rows of cells."""

    block: Block
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()


def render(views: Sequence[PolicyView], lang: str) -> str:
    """Return the page."""
    template = environment().get_template("policy.html.j2")
    numbers = {view.document.sha256: number for number, view in enumerate(views, 1)}
    return template.render(
        views=views, lang=lang, marks=MARKS, columns=wording.COLUMNS,
        passages=passages, groups=_groups, anchor=partial(_anchor, numbers),
        t=lambda key, **values: say(f"policy.{key}", lang, **values),
        word=lambda words, key: names.word(words, key, lang),
        **{name: partial(_in, function, lang) for name, function in _SPOKEN.items()},
    )  # fmt: skip


def passages(view: PolicyView) -> Iterator[Passage]:
    """Yield the text of a policy, block by block, each cut where facts begin and end."""
    starts = [stretch.start for stretch in view.stretches]
    for table, blocks in groupby(view.document.blocks, key=lambda block: block.table):
        if table is None:
            for block in blocks:
                yield Passage(block, pieces=_pieces(view, starts, block))
        else:
            yield _table(view, starts, list(blocks))


def _table(view: PolicyView, starts: list[int], cells: list[Block]) -> Passage:
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]
    return Passage(
        cells[0], rows=tuple(tuple(_pieces(view, starts, cell) for cell in row) for row in rows)
    )


def _pieces(view: PolicyView, starts: list[int], block: Block) -> tuple[Piece, ...]:
    return tuple(_cut(view, starts, block))


def _cut(view: PolicyView, starts: list[int], block: Block) -> Iterable[Piece]:
    text = view.document.text
    for stretch in view.stretches[max(bisect_right(starts, block.start) - 1, 0) :]:
        if stretch.start >= block.end:
            return
        start, end = max(block.start, stretch.start), min(block.end, stretch.end)
        if start < end:
            yield Piece(start, mask(text[start:end]), stretch.facts)


def _groups(view: PolicyView) -> list[tuple[str, list[Any]]]:
    return [(key, list(parts)) for key, parts in groupby(view.parts, lambda part: part.group)]


def _anchor(numbers: dict[str, int], fact: Fact) -> str | None:
    """Return where a fact stands in the page; ``None`` for one about the whole."""
    start, end = place(fact)
    return f"v{numbers[fact.artefact or '']}c{start}" if end > start else None


def _in(function: Any, lang: str, *args: Any) -> Any:
    return function(*args, lang)
