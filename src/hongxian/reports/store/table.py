"""The inventory for a terminal, then the findings, then what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.reports.names import info_name, word
from hongxian.reports.store.findings import findings
from hongxian.words import say
from hongxian.words.listing import terminal_width
from hongxian.words.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.reports.model import Report
    from hongxian.reports.store.findings import Found
    from hongxian.reports.store.inventory import Inventory, Row

COLUMNS = ("place", "info", "status", "form", "rows", "grade", "oldest", "why")
MOST = 200
"""Rows that a terminal is given; the other formats have all."""
_REASONS = 20
_SHOWN = 5
"""Findings of one rule that are spelt out."""


def render(inventory: Inventory, report: Report, lang: str) -> str:
    """Return the text."""
    return "\n".join(_parts(inventory, report, lang))


def _parts(inventory: Inventory, report: Report, lang: str) -> Iterator[str]:
    yield say("store.read", lang, subject=inventory.subject, **totals(inventory))
    held = inventory.held()
    if held:
        header = [say(f"store.column_{key}", lang) for key in COLUMNS]
        rows = [_cells(row, lang) for row in held[:MOST]]
        yield f"\n{table(rows, header, terminal_width())}".rstrip("\n")
        if len(held) > MOST:
            yield say("store.more_rows", lang, count=len(held) - MOST)
    else:
        yield f"\n{say('store.none_found', lang)}"
    if cleared := len(inventory.rows) - len(held):
        yield say("store.cleared_count", lang, count=cleared)
    yield from _bounds(inventory, lang)
    yield from _findings(report, lang)
    yield from _problems(inventory, lang)
    yield ""


def totals(inventory: Inventory) -> dict[str, object]:
    """Return the figures of the first line."""
    return {
        "tables": len(inventory.tables), "rows": f"{sum(t.rows for t in inventory.tables):,}",
        "megabytes": f"{sum(t.bytes for t in inventory.tables) / 1e6:,.1f}",
    }  # fmt: skip


def _cells(row: Row, lang: str) -> list[str]:
    return [
        row.place, info_name(row.info, lang), say(f"store.status_{row.status}", lang),
        say(f"vocabulary.form.{row.form}", lang), counted(row), str(row.grade or ""),
        row.oldest or "", reasons(row, lang),
    ]  # fmt: skip


def counted(row: Row) -> str:
    """Return rows that hold it of rows that were read."""
    return f"{row.rows:,}/{row.read:,}"


def reasons(row: Row, lang: str) -> str:
    """Return the evidence in words."""
    return say("laws.comma", lang).join(say(f"store.why_{one}", lang) for one in row.why)


def _bounds(inventory: Inventory, lang: str) -> Iterator[str]:
    sampled = [one for one in inventory.tables if one.bound]
    if sampled:
        yield f"\n{say('store.bounds', lang)}"
    for one in sampled[:_REASONS]:
        place = ": ".join(filter(None, (one.where, one.table)))
        yield "  " + say("store.bound", lang, place=place, rows=f"{one.rows:,}", share=one.bound)


def _findings(report: Report, lang: str) -> Iterator[str]:
    """Say each rule's findings together: how many, the law once, the first places."""
    together: dict[tuple[str, str], list[Found]] = {}
    for one in findings(report, lang):
        together.setdefault((one.verdict, one.rule), []).append(one)
    if together:
        yield f"\n{say('store.findings', lang)}"
    titles = {rule.id: rule.title[lang] for rule in report.rules}
    for (verdict, rule), found in together.items():
        count = f" ({len(found)})" if len(found) > 1 else ""
        yield f"  {word('verdict', verdict, lang)}  {rule}  {titles[rule]}{count}"
        shown = found[:1] if verdict == "unclear" else found[:_SHOWN]
        yield from (f"      {one.message}" for one in shown)
        if len(found) > len(shown):
            yield "      " + say("store.more_rows", lang, count=len(found) - len(shown))
        if found[0].law and verdict != "unclear":
            yield f"      {found[0].law}"


def _problems(inventory: Inventory, lang: str) -> Iterator[str]:
    if inventory.problems:
        yield f"\n{say('store.problems', lang)}"
    for reason in inventory.problems[:_REASONS]:
        yield f"  {reason.say(lang)}"
    if len(inventory.problems) > _REASONS:
        yield "  " + say("store.more_rows", lang, count=len(inventory.problems) - _REASONS)
