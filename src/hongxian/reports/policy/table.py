"""The report on policies for a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from hongxian.reports import names
from hongxian.reports.policy import wording
from hongxian.words import say
from hongxian.words.mask import mask
from hongxian.words.table import table, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.reports.policy.view import Part, PolicyView

WIDTH = 100
"""Cells of a line."""

MARKS = {"there": "✓", "missing": "✗", "unclear": "?"}
"""One sign per state of a part."""


def render(views: Sequence[PolicyView], lang: str) -> str:
    """Return the text for a terminal."""
    return mask("\n".join("\n".join(_policy(view, lang)) + "\n" for view in views))


def _policy(view: PolicyView, lang: str) -> Iterator[str]:
    yield view.title
    yield f"  {wording.measure(view, lang)}"
    for line in wording.limits(view, lang):
        yield from (f"  {piece}" for piece in wrap(line, WIDTH - 2))
    for group, parts in groupby(view.parts, key=lambda part: part.group):
        yield ""
        yield say(f"policy.group_{group}", lang)
        rows = [_part_row(part, lang) for part in parts]
        yield from _indented(table(rows, width=WIDTH - 2))
    if view.figures:
        yield ""
        yield say("policy.figures", lang)
        rows = [
            [names.word("section", f.item, lang), wording.figure(f, lang)] for f in view.figures
        ]
        yield from _indented(table(rows, width=WIDTH - 2))
    yield ""
    yield say("policy.declared", lang, count=len(view.declared))
    yield from _indented(table(
        [row for _, row in wording.rows(view, lang)],
        header=[say(f"policy.col_{name}", lang) for name in wording.COLUMNS],
        width=WIDTH - 2,
    ))  # fmt: skip


def _part_row(part: Part, lang: str) -> list[str]:
    mark = "!" if part.group == "doubtful" else MARKS[part.state]
    rules = " ".join(part.rules)
    return [mark, names.word("section", part.item, lang), rules, wording.part(part, lang)]


def _indented(text: str) -> Iterator[str]:
    yield from (f"  {line}" for line in text.splitlines())
