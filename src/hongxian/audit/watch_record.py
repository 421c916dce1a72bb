"""What the watch found as plain data in one language: what every format of its report shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.gate.findings import STRICT
from hongxian.info.types import load_types
from hongxian.laws.documents import load_clauses, load_documents
from hongxian.sensors.traffic.facts import moment
from hongxian.sensors.traffic.incident import size_of
from hongxian.words import say
from hongxian.words.mask import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.audit.watch import Incident, Watched
    from hongxian.sensors.traffic.incident import Size
    from hongxian.sensors.traffic.inventory import Endpoint, Flowing
    from hongxian.sensors.traffic.takers import PiTaker

FORMAT_VERSION = 1
MOST_TAKERS = 50

_SERIOUS = (*STRICT, "over_exposed", "unauthenticated")
"""Findings that make the exit code that of a violation."""


def record(watched: Watched, lang: str) -> dict[str, Any]:
    """Return the whole report; nothing in it looks like a PI value."""
    sensed = watched.sensed
    endpoints = sorted(
        sensed.inventory.endpoints.values(),
        key=lambda one: (not (one.given or one.taken), -one.requests, one.name),
    )
    told: dict[str, Any] = mask_all({
        "format_version": FORMAT_VERSION, "subject": sensed.subject, "requests": sensed.requests,
        "logs": [{"file": log.name, "format": log.form, "requests": log.read,
                  "bad_lines": log.bad} for log in sensed.logs],
        "from": time(sensed.first), "to": time(sensed.last),
        "mode": watched.policy.mode,
        "reasons": [reason.say(lang) for reason in sensed.reasons],
        "leak": _leak(watched.taken, lang),
        "findings": [_incident(one, lang) for one in watched.incidents],
        "dropped": watched.dropped,
        "takers": [_taker(one, lang) for one in sensed.takers.greatest(MOST_TAKERS)],
        "hours": [{"hour": time(hour), "values": count}
                  for hour, count in sorted(sensed.takers.hours.items())],
        "endpoints": [_endpoint(one, lang) for one in endpoints],
        "uncalled": [one.name for one in watched.uncalled],
    })  # fmt: skip
    return told | {"sha256": sensed.artefact}  # a hash of ours is no number of anybody


def incident_record(one: Incident, lang: str) -> dict[str, Any]:
    """Return one finding as the report shows it."""
    told: dict[str, Any] = mask_all(_incident(one, lang))
    return told


def serious(watched: Watched) -> bool:
    """Return whether there is a finding that breaks a rule."""
    return any(one.finding.kind in _SERIOUS for one in watched.incidents)


def time(at: float) -> str | None:
    """Return a moment as text, in UTC."""
    found = moment(at)
    return found.isoformat(timespec="seconds") if found else None


def _incident(one: Incident, lang: str) -> dict[str, Any]:
    finding = one.finding
    return {
        "kind": finding.kind, "name": say(f"watch.kind_{finding.kind}", lang),
        "action": finding.action, "action_name": say(f"watch.action_{finding.action}", lang),
        "endpoint": finding.endpoint, "info": finding.info, "info_name": _name(finding.info, lang),
        "principal": one.who or None, "first": time(one.first), "last": time(one.last),
        "requests": one.requests, "values_given": one.size.records, "score": finding.score,
        "figures": dict(finding.values), "message": _message(one, lang),
        "owasp": list(finding.owasp), "laws": [_cite(*law, lang) for law in finding.laws],
        "locator": one.locator,
    }  # fmt: skip


def _message(one: Incident, lang: str) -> str:
    """Return the figures of a finding in words."""
    told = []
    for name, value in one.finding.values.items():
        share = isinstance(value, float) and name != "ratio"
        shown = f"{value:.0%}" if share else f"{value:g}"
        told.append(say(f"watch.figure_{name}", lang, value=shown))
    return say("reason.semicolon", lang).join(told)


def _cite(document: str, article: str, lang: str) -> str:
    for clause in load_clauses():
        if clause.document.key == document and clause.article == article:
            return clause.cite(lang)
    return f"{load_documents()[document].name(lang)} {article}"


def _leak(size: Size, lang: str) -> dict[str, Any]:
    return {
        "values": size.records, "tiers": {str(tier): n for tier, n in size.tiers.items()},
        "share": size.share, "grade": size.grade,
        "grade_name": say(f"watch.grade_{size.grade}", lang),
        "notice_due": size.notice, "report_due": size.report,
        "notice": say("watch.notice_due" if size.notice else "watch.notice_none", lang),
        "report": say("watch.report_due" if size.report else "watch.report_none", lang),
    }  # fmt: skip


def _taker(one: PiTaker, lang: str) -> dict[str, Any]:
    peak = min(one.hours.items(), key=lambda item: (-item[1], item[0]))
    names = [_name(info, lang) for info in sorted(one.given)]
    return {
        "principal": f"{one.kind}:{one.tag}", "requests": one.requests, "values": one.records,
        "infos": _counts(one.given), "info_names": names,
        "first": time(one.first), "last": time(one.last), "busiest_hour": time(peak[0]),
        "values_in_it": peak[1], "crime_share": size_of(one.given).share,
    }  # fmt: skip


def _endpoint(one: Endpoint, lang: str) -> dict[str, Any]:
    return {
        "endpoint": one.name, "hosts": sorted(one.hosts), "requests": one.requests,
        "callers": len(one.callers),
        "statuses": {str(status): count for status, count in sorted(one.statuses.items())},
        "pi_in": _flows(one.taken), "pi_out": _flows(one.given),
        "pi_hashed": {info: flow.hashed for info, flow in sorted(one.taken.items()) if flow.hashed},
        "in_names": [_taken(info, flow, lang) for info, flow in sorted(one.taken.items())],
        "out_names": [_name(info, lang) for info in sorted(one.given)],
        "anonymous": one.anonymous, "clear": one.clear, "locator": one.locator,
    }  # fmt: skip


def _taken(info: str, flow: Flowing, lang: str) -> str:
    """Return how PI in requests is called, with its form when all of it is hashed."""
    name = _name(info, lang)
    return say("watch.hashed", lang, name=name) if flow.hashed == flow.values > 0 else name


def _flows(flows: Mapping[str, Flowing]) -> dict[str, int]:
    return _counts({info: flow.values for info, flow in flows.items()})


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _name(info: str | None, lang: str) -> str:
    if info is None:
        return ""
    kind = load_types().get(info)
    return kind.name(lang) if kind else say("watch.object", lang)
