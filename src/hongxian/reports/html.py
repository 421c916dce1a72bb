"""The report as one HTML file that needs nothing else: no script, no request, ready to print."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from hongxian.info import load_types
from hongxian.laws.sdks import load_sdks
from hongxian.reports import marks, moments, names, sessions, stacks, strip, wording
from hongxian.reports.picture import draw
from hongxian.reports.settling import settle_lines, steps
from hongxian.rules.load import VERDICTS
from hongxian.words import say

if TYPE_CHECKING:
    from datetime import date

    from jinja2 import Environment

    from hongxian.laws.documents import Document
    from hongxian.reports.model import Cell, Evidence, PermissionRow, Report, Subject

MOST_POINTS = 30
"""Findings of one behaviour that are shown in full; the JSON report has all."""
MOST_FACTS = 8
"""Facts of one finding that are shown."""
MOST_PATHS = 40
"""Call paths that are shown."""
MOST_STACKS = 3
"""Call stacks of one finding."""
MOST_ROWS = 300
"""Rows of a table."""

_SOURCES = ("law", "regulation")


def render(report: Report, lang: str) -> str:
    """Return the HTML text."""
    template = environment().get_template("report.html.j2")
    return template.render(report=report, lang=lang, **_tools(report, lang))


@cache
def environment() -> Environment:
    """Return where the templates of all HTML pages are loaded from."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - heavy

    return Environment(
        loader=PackageLoader("hongxian.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _tools(report: Report, lang: str) -> dict[str, Any]:
    """Return what templates call: names and sentences in the report's language."""
    on = report.origin.judged_at.date()
    spoken = {
        "info": names.info_name, "actor": names.actor_name, "recipient": names.recipient_name,
        "word": names.word, "item": names.item_name, "title_of": names.group_title,
        "called": names.subject_name, "type_of": names.app_type_name,
        "citations": names.citations, "headline": wording.headline, "message": wording.message,
        "moment": wording.moment, "what": wording.what, "missing": wording.missing,
        "unlooked": wording.unlooked, "settle_lines": settle_lines, "steps": steps, "draw": draw,
        "draw_session": strip.draw_session, "lane_name": names.lane_name, "deed": wording.deed,
        "clock": wording.clock, "since": wording.since,
    }  # fmt: skip
    return {
        **{name: partial(_in, function, lang) for name, function in spoken.items()},
        "t": partial(_text, lang),
        "unverified": names.unverified(lang),
        "marks": names.MARKS,
        "verdicts": VERDICTS,
        "short": names.short_code,
        "sdks": load_sdks(),
        "laws": partial(_laws, report, on),
        "sensitive": partial(_sensitive, on),
        "matrix": _matrix,
        "paths": _paths,
        "plain": _plain,
        "mark": _mark,
        "most": {
            "points": MOST_POINTS, "facts": MOST_FACTS, "rows": MOST_ROWS, "stacks": MOST_STACKS,
            "moments": f"{sessions.LONGEST:,}",
        },
        "parts_of": moments.parts, "shown": moments.shown, "sums": moments.sums,
        "lane_of": sessions.lane_of, "host_of": wording.host_of, "outline": marks.outline,
        "stack_of": stacks.stack_of, "stacks_of": stacks.stacks_of,
    }  # fmt: skip


def _in(function: Any, lang: str, *args: Any) -> Any:
    return function(*args, lang)


def _text(lang: str, key: str, **values: object) -> str:
    return say(f"report.{key}", lang, **values)


def _laws(report: Report, on: date) -> list[Document]:
    """Return the laws and regulations in force that the verdicts cite, weightiest first."""
    cited = {
        clause.document.key: clause.document
        for subject in report.subjects
        for one in subject.behaviours
        for clause in one.clauses
    }
    laws = [one for one in cited.values() if one.kind in _SOURCES and one.in_force(on)]
    return sorted(laws, key=lambda one: _SOURCES.index(one.kind))


def _sensitive(on: date, key: str) -> bool:
    kind = load_types().get(key)
    return kind.sensitive(on) if kind else False


def _matrix(subject: Subject) -> tuple[list[str], list[tuple[str, dict[str, Cell]]]]:
    """Return the actors in order of how much they touch, and a row of cells per PI type."""
    actors: dict[str, int] = {}
    rows: dict[str, dict[str, Cell]] = {}
    for cell in subject.cells:
        rows.setdefault(cell.info, {})[cell.actor] = cell
        actors[cell.actor] = actors.get(cell.actor, 0) + 1
    order = sorted(actors, key=lambda one: (one != "first_party", -actors[one], one))
    return order, list(rows.items())


def _mark(cell: Cell) -> str:
    """Return the sign of a cell, which does not rest on colour."""
    if cell.certainty is None:
        return "·"
    return "●" if cell.certainty == "seen" else "◐" if cell.early else "○"


def _paths(subject: Subject) -> list[list[Evidence]]:
    """Return the facts with a call path, those of one path together; early reads of PI first."""
    found = {
        fact.id: fact
        for one in subject.behaviours
        for point in one.points
        for fact in point.evidence
        if fact.path
    }
    order = sorted(
        found.values(),
        key=lambda f: (f.info is None, f.phase != "before_prompt", f.info or "", f.id),
    )
    together: dict[tuple[object, ...], list[Evidence]] = {}
    for fact in order:
        together.setdefault((fact.path, fact.actor, fact.phase), []).append(fact)
    return list(together.values())[:MOST_PATHS]


def _plain(rows: tuple[PermissionRow, ...]) -> list[str]:
    """Return the names of the permissions that reach no PI."""
    return [row.name for row in rows if not row.infos]
