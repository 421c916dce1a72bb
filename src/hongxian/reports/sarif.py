"""The report as SARIF 2.1.0, for code-scanning services and editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hongxian.reports.model import when
from hongxian.reports.names import actor_name, citations, short_code, subject_name
from hongxian.reports.stacks import stacks_of
from hongxian.reports.wording import headline, message, moment, what
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.reports.model import Behaviour, Evidence, Point, Report, Subject
    from hongxian.reports.stacks import Frame
    from hongxian.rules.load import Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MOST_LOCATIONS = 10
"""More than this no viewer shows: places of a result, steps of its flow, frames of a stack."""
MOST_CHOICES = 4
"""Choices of the person in a flow."""
MOST_STACKS = 3
"""Call stacks of a result."""

KINDS = {
    "violated": "fail", "suspected": "review", "unclear": "open", "satisfied": "pass",
    "not_applicable": "notApplicable",
}  # fmt: skip
"""Verdict -> ``kind`` of a result."""

LEVELS = {"high": "error", "medium": "warning", "low": "note"}
"""Severity -> ``level`` of a result that fails."""

FINGERPRINT = "hongxian/v1"


def render(report: Report, lang: str, *, everything: bool = False) -> str:
    """Return the SARIF text.

    Args:
        report: the model.
        lang: language of messages; the help of rules has both.
        everything: results of every kind; else only those that fail.
    """
    return json.dumps(as_data(report, lang, everything=everything), ensure_ascii=False, indent=1)


def as_data(report: Report, lang: str, *, everything: bool = False) -> dict[str, Any]:
    """Return the SARIF log as JSON-able data."""
    origin = report.origin
    places = {rule.id: place for place, rule in enumerate(report.rules)}
    driver = {
        "name": "Hongxian",
        "version": origin.version,
        "rules": [_rule(rule, lang) for rule in report.rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if lang == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "commandLine": origin.command}],
        "artifacts": [_artifact(subject) for subject in report.subjects],
        "results": [
            result | {"ruleIndex": places[result["ruleId"]]}
            for place, subject in enumerate(report.subjects)
            for result in _results(subject, place, lang)
            if everything or result["kind"] == "fail"
        ],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    zh, en = rule.fix["zh"], rule.fix["en"]
    return {
        "id": rule.id,
        "name": f"Method{rule.number.replace('.', '_')}",
        "shortDescription": {"text": rule.title[lang]},
        "fullDescription": {"text": f"{rule.group[lang]}: {rule.title[lang]}"},
        "help": {
            "text": rule.fix[lang],
            "markdown": f"**{rule.title['zh']}**\n\n{zh}\n\n**{rule.title['en']}**\n\n{en}\n",
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": ["privacy", *rule.principles],
            "severity": rule.severity,
            "false_positives": rule.false_positives[lang],
        },
    }


def _artifact(subject: Subject) -> dict[str, Any]:
    artifact: dict[str, Any] = {
        "location": {"uri": _uri(subject)},
        "description": {"text": f"{subject_name(subject.about, 'en')} {subject.about.version}"},
    }
    if len(subject.about.digest) == 64:
        artifact["hashes"] = {"sha-256": subject.about.digest}
    return artifact


def _uri(subject: Subject) -> str:
    from urllib.parse import quote  # noqa: PLC0415 - only this format needs it

    return quote(subject.about.file or f"{subject.about.name}-{subject.about.version}")


def _results(subject: Subject, place: int, lang: str) -> Iterator[dict[str, Any]]:
    for one in subject.behaviours:
        home = {"artifactLocation": {"uri": _uri(subject), "index": place}}
        for point in one.points:
            yield _result(one, point.verdict, message(point, one.rule, lang), lang) | {
                "locations": _locations(point.evidence, home),
                "partialFingerprints": {FINGERPRINT: point.fingerprint},
                **_flow(point, subject, home, lang),
                **_stacks(point, subject, home, lang),
                **_suppression(point),
            }
        if not any(point.verdict == one.verdict for point in one.points):
            yield _result(one, one.verdict, headline(one, lang), lang) | {
                "locations": [{"physicalLocation": home}],
                "partialFingerprints": {FINGERPRINT: f"{one.rule.id}/{subject.about.name}"},
            }


def _result(one: Behaviour, verdict: str, text: str, lang: str) -> dict[str, Any]:
    kind = KINDS[verdict]
    return {
        "ruleId": one.rule.id,
        "kind": kind,
        "level": LEVELS[one.rule.severity] if kind == "fail" else "none",
        "message": {"text": text},
        "properties": {"verdict": verdict, "law": [cite for cite, _, _ in citations(one, lang)]},
    }


def _locations(facts: tuple[Evidence, ...], home: dict[str, Any]) -> list[dict[str, Any]]:
    found = [_location(fact.locator or fact.item or fact.kind, home) for fact in facts]
    return found[:MOST_LOCATIONS] or [{"physicalLocation": home}]


def _location(name: str, home: dict[str, Any]) -> dict[str, Any]:
    logical = {"fullyQualifiedName": name, "name": short_code(name)}
    return {"physicalLocation": home, "logicalLocations": [logical]}


def _flow(point: Point, subject: Subject, home: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return the moments of the evidence among the person's acts, else the shortest call path."""
    steps = [_moment(fact, home, lang) for fact in _moments(point, subject)]
    if not steps:
        paths = sorted((fact.path for fact in point.evidence if fact.path), key=len)
        steps = [{"location": _location(frame, home)} for frame in (paths[0] if paths else ())]
    return {"codeFlows": [{"threadFlows": [{"locations": steps}]}]} if steps else {}


def _moments(point: Point, subject: Subject) -> list[Evidence]:
    """Return the first moments of the evidence, and the choices in the same sessions."""
    own = {fact.id: fact for fact in point.evidence if fact.at is not None}
    records = {fact.artefact for fact in own.values()}
    choices = [
        choice.fact
        for session in subject.sessions
        if session.artefact in records
        for choice in session.choices
        if choice.fact.id not in own
    ][:MOST_CHOICES]
    first = sorted(own.values(), key=when)[: MOST_LOCATIONS - len(choices)]
    return sorted([*choices, *first], key=when)


def _moment(fact: Evidence, home: dict[str, Any], lang: str) -> dict[str, Any]:
    location = _location(fact.locator or fact.item or fact.kind, home)
    who = f" · {actor_name(fact.actor, lang)}" if fact.actor else ""
    text = f"{what(fact, lang)}{who} · {moment(fact, lang)}"
    step: dict[str, Any] = {"location": location | {"message": {"text": text}}}
    if fact.seen_at is not None:
        step["executionTimeUtc"] = f"{fact.seen_at:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    return step


def _stacks(
    point: Point, subject: Subject, home: dict[str, Any], lang: str
) -> dict[str, list[dict[str, Any]]]:
    """Return the call stacks that hooks saw, innermost frame first."""
    found = stacks_of(point.evidence, subject.about, MOST_LOCATIONS)[:MOST_STACKS]
    stacks = [
        {
            "message": {"text": f"{what(facts[0], lang)} · {moment(facts[0], lang)}"},
            "frames": [_frame(frame, home, lang) for frame in stack.frames],
        }
        for facts, stack in found
    ]
    return {"stacks": stacks} if stacks else {}


def _frame(frame: Frame, home: dict[str, Any], lang: str) -> dict[str, Any]:
    text = actor_name(frame.owner, lang)
    if frame.deciding:
        text += f" · {say('report.f_deciding', lang)}"
    return {"location": _location(frame.name, home) | {"message": {"text": text}}}


def _suppression(point: Point) -> dict[str, Any]:
    if not point.accepted:
        return {}
    return {"suppressions": [{"kind": "external", "status": "accepted"}]}
