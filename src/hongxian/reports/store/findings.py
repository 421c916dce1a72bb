"""What the rules say of a store, one line for each finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.reports.names import citations, unverified
from hongxian.reports.wording import headline, message
from hongxian.rules.load import VERDICTS
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.reports.model import Behaviour, Point, Report

SHOWN = ("violated", "suspected", "unclear")
"""Verdicts that call for somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding in words."""

    rule: str
    number: str
    verdict: str
    severity: str
    message: str
    law: str
    fix: str
    item: str
    info: str
    fingerprint: str
    accepted: bool


def findings(report: Report, lang: str) -> list[Found]:
    """Return the findings of all subjects, the worst first."""
    found = [
        one
        for subject in report.subjects
        for behaviour in subject.behaviours
        for one in _of(behaviour, lang)
    ]
    return sorted(found, key=lambda one: VERDICTS.index(one.verdict))


def _of(behaviour: Behaviour, lang: str) -> Iterator[Found]:
    points = [point for point in behaviour.points if point.verdict in SHOWN]
    for point in points:
        yield _found(behaviour, point, message(point, behaviour.rule, lang), lang)
    if not points and behaviour.verdict in SHOWN:
        yield _found(behaviour, None, headline(behaviour, lang), lang)


def _found(behaviour: Behaviour, point: Point | None, text: str, lang: str) -> Found:
    rule = behaviour.rule
    columns = point.finding.columns if point else {}
    return Found(
        rule=rule.id, number=rule.number,
        verdict=point.verdict if point else behaviour.verdict, severity=rule.severity,
        message=text, law=_law(behaviour, lang), fix=rule.fix[lang],
        item=str(columns.get("item") or ""), info=str(columns.get("info") or ""),
        fingerprint=point.fingerprint if point else "",
        accepted=point.accepted if point else False,
    )  # fmt: skip


def _law(behaviour: Behaviour, lang: str) -> str:
    """Return what the finding rests on; what nobody has compared with the text says so."""
    cited = [
        cite + (f" ({unverified(lang)})" if unsure else "")
        for cite, _, unsure in citations(behaviour, lang)
    ]
    return say("reason.semicolon", lang).join(cited)
