"""The report as CSV: one line per finding, and one for each behaviour without any."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from hongxian.reports.names import actor_name, citations, info_name, recipient_name, word
from hongxian.reports.settling import settle_lines
from hongxian.reports.stacks import stacks_of
from hongxian.reports.wording import headline, message

if TYPE_CHECKING:
    from hongxian.reports.model import Behaviour, Point, Report, Subject

COLUMNS = (
    "subject", "version", "sha256", "rule", "number", "group", "title", "principles", "severity",
    "verdict", "finding_verdict", "message", "info", "info_name", "actor", "actor_name",
    "recipient", "recipient_name", "item", "phase", "seen_at", "since_consent",
    "locator", "frame", "stack", "evidence", "fingerprint", "accepted", "law", "fix", "settle",
)  # fmt: skip
"""Header of the file; docs/reports.md describes each."""

_FIGURE = re.compile(r"-[0-9]+\.[0-9]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report, lang: str) -> str:
    """Return the CSV text (RFC 4180), header first."""
    out = io.StringIO()
    lines = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    lines.writeheader()
    for subject in report.subjects:
        for behaviour in subject.behaviours:
            common = _common(subject, behaviour, lang)
            if not behaviour.points:
                lines.writerow(_safe(common | {"message": headline(behaviour, lang)}))
            for point in behaviour.points:
                told = _point(point, behaviour, lang) | _code(point, subject)
                lines.writerow(_safe(common | told))
    return out.getvalue()


def _common(subject: Subject, behaviour: Behaviour, lang: str) -> dict[str, str]:
    rule = behaviour.rule
    return {
        "subject": subject.about.name,
        "version": subject.about.version,
        "sha256": subject.about.digest,
        "rule": rule.id,
        "number": rule.number,
        "group": rule.group[lang],
        "title": rule.title[lang],
        "principles": " ".join(rule.principles),
        "severity": rule.severity,
        "verdict": behaviour.verdict,
        "law": "; ".join(cite for cite, _, _ in citations(behaviour, lang)),
        "fix": rule.fix[lang],
        "settle": "; ".join(settle_lines(behaviour, lang)),
    }


def _point(point: Point, behaviour: Behaviour, lang: str) -> dict[str, str]:
    columns = point.finding.columns
    first = point.evidence[0] if point.evidence else None
    info, actor, recipient = (columns.get(key) for key in ("info", "actor", "recipient"))
    return {
        "finding_verdict": point.verdict,
        "message": message(point, behaviour.rule, lang),
        "info": info or "",
        "info_name": info_name(info, lang) if info else "",
        "actor": actor or "",
        "actor_name": actor_name(actor, lang) if actor else "",
        "recipient": recipient or "",
        "recipient_name": recipient_name(recipient, lang) if recipient else "",
        "item": str(columns.get("item") or ""),
        "phase": word("phase", first.phase, lang) if first else "",
        "seen_at": first.seen_at.isoformat() if first and first.seen_at else "",
        "since_consent": _seconds(first.since_consent) if first else "",
        "locator": (first.locator or "") if first else "",
        "evidence": " ".join(point.finding.evidence),
        "fingerprint": point.fingerprint,
        "accepted": "yes" if point.accepted else "no",
    }


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _code(point: Point, subject: Subject) -> dict[str, str]:
    """Return the first call stack that was seen, and the frame that says whose code it was."""
    found = stacks_of(point.evidence, subject.about)[:1]
    return {
        key: value
        for _, stack in found
        for key, value in (
            ("frame", next((one.name for one in stack.frames if one.deciding), "")),
            ("stack", " < ".join(one.name for one in stack.frames)),
        )
    }


def _safe(row: dict[str, str]) -> dict[str, str]:
    """Keep spreadsheets from taking a text for a formula."""
    return {
        k: f"'{v}" if v.startswith(_FORMULA) and not _FIGURE.fullmatch(v) else v
        for k, v in row.items()
    }
