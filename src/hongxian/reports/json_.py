"""The report as JSON: everything, as ``report.schema.json`` describes it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from hongxian.reports.model import Evidence
from hongxian.reports.names import citations, info_name
from hongxian.reports.settling import settle_lines
from hongxian.reports.stacks import stacks_of
from hongxian.reports.wording import headline, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.reports.model import About, Behaviour, Point, Report, Scope, Subject
    from hongxian.reports.session import Moment, Session
    from hongxian.reports.stacks import Stack

FORMAT = "hongxian-report"
FORMAT_VERSION = 1
"""Raised when a reader of the old form could go wrong."""

_DEPTH = 4
"""Report, subjects, subject, its lists: what stands in these is one line each."""

MOST_STACKS, MOST_FRAMES = 10, 24
"""Call stacks of one finding, and frames of one stack."""

_FACT = [f.name for f in fields(Evidence)]


def render(report: Report, lang: str) -> str:
    """Return the JSON text; messages are in one language, keys are not translated."""
    return _lines(as_data(report, lang), _DEPTH) + "\n"


def _lines(value: Any, depth: int) -> str:
    """Return JSON that is indented so deep and has a line for each value below.

    A behaviour or a fact on a line of its own can be compared line by line; and the encoder of the
    standard library is fast only where it does not indent.
    """
    if not depth or not value or not isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    pad = "\n" + " " * (_DEPTH - depth + 1)
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {_lines(one, depth - 1)}" for key, one in value.items()]
    else:
        parts = [_lines(one, depth - 1) for one in value]
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    return opened + ",".join(pad + part for part in parts) + pad[:-1] + closed


def as_data(report: Report, lang: str) -> dict[str, Any]:
    """Return the report as JSON-able data."""
    origin = report.origin
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool": {"name": "hongxian", "version": origin.version, "command": origin.command},
        "judged_at": origin.judged_at.isoformat(),
        "language": lang,
        "counts": report.counts,
        "subjects": [_subject(subject, lang) for subject in report.subjects],
    }


def _subject(subject: Subject, lang: str) -> dict[str, Any]:
    kind = subject.app_type
    return {
        "id": subject.id,
        **asdict(subject.about),
        "app_type": {"no": kind.no, "key": kind.key, "name": kind.name(lang)} if kind else None,
        "counts": subject.counts,
        "coverage": [_scope(scope, lang) for scope in subject.coverage],
        "behaviours": [_behaviour(one, subject.about, lang) for one in subject.behaviours],
        "facts": [_fact(fact) for fact in _cited(subject)],
        "matrix": [asdict(cell) for cell in subject.cells],
        "flows": [asdict(flow) for flow in subject.flows],
        "permissions": [asdict(row) for row in subject.permissions],
        "needs": [asdict(row) | {"name": info_name(row.info, lang)} for row in subject.needs],
        "sdks": [asdict(row) for row in subject.embedded],
        "endpoints": [asdict(row) for row in subject.endpoints],
        "timeline": [fact.id for fact in subject.timeline],
        "sessions": [_session(session) for session in subject.sessions],
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "artefact": session.artefact,
        **asdict(session.record),
        "start": session.start,
        "length": session.length,
        "events": session.events,
        "consent": session.consent,
        "choices": [choice.fact.id for choice in session.choices],
        "phases": [asdict(span) for span in session.spans],
        "moments": [_moment(moment) for moment in session.moments],
    }


def _moment(moment: Moment) -> dict[str, Any]:
    fact = moment.fact
    return {
        "fact": fact.id,
        "since_start": moment.since_start,
        "since_consent": fact.since_consent,
        "near": fact.near,
        "phase": fact.phase,
        "actor": fact.actor,
        "verdict": moment.verdict,
        "rules": moment.rules,
    }


def _scope(scope: Scope, lang: str) -> dict[str, Any]:
    return {
        "scope": scope.scope,
        "status": scope.status,
        "reason": scope.why(lang),
        "reasons": [reason.data() for reason in scope.reasons],
        "detail": scope.detail,
    }


def _behaviour(one: Behaviour, about: About, lang: str) -> dict[str, Any]:
    return {
        "rule": one.rule.id,
        "number": one.rule.number,
        "group": one.rule.group[lang],
        "title": one.rule.title[lang],
        "principles": one.rule.principles,
        "severity": one.rule.severity,
        "verdict": one.verdict,
        "accepted": one.accepted,
        "summary": headline(one, lang),
        "missing": one.ruling.missing,
        "settle": settle_lines(one, lang),
        "law": [
            {"cite": cite, "topic": topic, "unverified": unverified}
            for cite, topic, unverified in citations(one, lang)
        ],
        "fix": one.rule.fix[lang],
        "answer": one.ruling.answer,
        "findings": [_point(point, one, about, lang) for point in one.points],
    }


def _point(point: Point, behaviour: Behaviour, about: About, lang: str) -> dict[str, Any]:
    return {
        "fingerprint": point.fingerprint,
        "verdict": point.verdict,
        "message": message(point, behaviour.rule, lang),
        "accepted": point.accepted,
        "columns": point.finding.columns,
        "evidence": point.finding.evidence,
        "stacks": [
            _stack(facts, stack)
            for facts, stack in stacks_of(point.evidence, about, MOST_FRAMES)[:MOST_STACKS]
        ],
    }


def _stack(facts: Sequence[Evidence], stack: Stack) -> dict[str, Any]:
    frames = [
        {"name": one.name, "owner": one.owner, "group": one.group, "deciding": one.deciding}
        for one in stack.frames
    ]
    return {"facts": [fact.id for fact in facts], "frames": frames, "more": stack.more}


def _cited(subject: Subject) -> list[Evidence]:
    """Return each fact once that a finding, an answer or the timeline cites."""
    found = {fact.id: fact for fact in subject.timeline}
    for one in subject.behaviours:
        found |= {fact.id: fact for point in one.points for fact in point.evidence}
        if one.answer:
            found[one.answer.id] = one.answer
    return list(found.values())


def _fact(fact: Evidence) -> dict[str, Any]:
    shown = {name: getattr(fact, name) for name in _FACT}
    return {name: value for name, value in shown.items() if value not in (None, {})}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
