"""Sentences that several formats share: what a finding says, when it was, what is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hongxian.reports.names import (
    actor_name,
    info_name,
    item_name,
    recipient_name,
    short_code,
    type_name,
    word,
    word_of,
)
from hongxian.words import area_words, say

if TYPE_CHECKING:
    from hongxian.reports.model import Behaviour, Evidence, Point, Scope, Subject
    from hongxian.reports.session import Moment, Session
    from hongxian.rules.load import Rule

_BRACKETED = re.compile(r"（[^（）{}]*{item}[^（）{}]*）| \([^(){}]*{item}[^(){}]*\)")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff）]) (?=[\u4e00-\u9fff（])")
_NAMES = {
    "info": info_name, "actor": actor_name, "recipient": recipient_name, "app_type": type_name,
}  # fmt: skip
_WORDS = {
    "basis": ("basis",), "certainty": ("certainty",), "earlier": ("outcome",), "form": ("form",),
    "kind": ("kind",), "later": ("outcome",), "outcome": ("outcome",), "phase": ("phase",),
    "promise": ("promise", "form"), "purpose": ("purpose",),
}  # fmt: skip
"""Columns of findings that hold words of closed lists, and which; other texts stay."""


class _Columns(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


def message(point: Point, rule: Rule, lang: str) -> str:
    """Return what a finding says, with the names of its columns filled in."""
    columns = point.finding.columns
    text = rule.says[point.verdict][lang]
    if columns.get("item") is None:
        text = _BRACKETED.sub("", text)
    kinds = {fact.kind for fact in point.evidence}
    kind = kinds.pop() if len(kinds) == 1 else None
    filled = {name: _column(name, value, kind, lang) for name, value in columns.items()}
    return _SPACED.sub("", text.format_map(_Columns(filled)))


def headline(behaviour: Behaviour, lang: str) -> str:
    """Return one line of evidence for a verdict."""
    if behaviour.answer is not None:
        return answered(behaviour.answer, lang)
    carrying = [point for point in behaviour.points if point.verdict == behaviour.verdict]
    if carrying:
        text = message(carrying[0], behaviour.rule, lang)
        more = len(carrying) - 1
        return text + (say("report.and_more", lang, count=more) if more else "")
    if behaviour.verdict == "unclear":
        return missing(behaviour, lang)
    return say(f"report.bare_{behaviour.verdict}", lang)


def answered(answer: Evidence, lang: str) -> str:
    """Return who settled a behaviour, and from when it holds."""
    day = f"{answer.effective_at:%Y-%m-%d}" if answer.effective_at else "—"
    return say("report.answered", lang, who=answer.actor or "—", day=day)


def missing(behaviour: Behaviour, lang: str) -> str:
    """Return which observations a behaviour lacks."""
    either = say("report.either", lang)
    needs = [
        either.join(word("scope", scope, lang) for scope in need)
        for need in behaviour.ruling.missing
    ]
    if not needs:
        return say("report.bare_unclear", lang)
    return say("report.missing", lang, needs=say("report.semicolon", lang).join(needs))


def moment(fact: Evidence, lang: str) -> str:
    """Return when, relative to prompt and consent: to the second where the clock was running."""
    if fact.since_consent is not None:
        return relative(fact.since_consent, lang)
    if fact.near:
        return say("report.s_near", lang, choice=word("choice", fact.near, lang))
    return word("phase", fact.phase, lang)


def relative(seconds: float, lang: str) -> str:
    """Return so many seconds before or after consent, in words."""
    side = "before" if seconds < 0 else "after"
    return say(f"report.seconds_{side}", lang, seconds=f"{abs(seconds):.1f}")


def clock(seconds: float, lang: str, *, signed: bool = False, exact: bool = False) -> str:
    """Return a length of time as a clock shows it: ``6.5 s``, ``1:05``, ``2:00:00``.

    Args:
        seconds: how many.
        lang: ``zh`` or ``en``.
        signed: with ``+`` or ``-`` before it.
        exact: with a tenth of a second, whatever it is.
    """
    sign = "" if not seconds or (seconds > 0 and not signed) else "+" if seconds > 0 else "\u2212"
    size = abs(seconds)
    if size < 59.95:
        text = f"{size:.1f}" if exact else f"{size:.1f}".removesuffix(".0")
        return sign + say("report.s_seconds", lang, seconds=text)
    tenths = f"{round(size * 10) % 10}" if exact else ""
    whole = int(round(size * 10) // 10) if exact else round(size)
    minutes, left = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"
    return sign + (f"{text}.{tenths}" if exact else text)


def since(session: Session, moment: Moment, lang: str) -> str:
    """Return when a moment was from consent, else from the start of the session."""
    agreed = session.consent is not None
    seconds = moment.since_start - (session.consent or 0.0)
    text = clock(seconds, lang, signed=agreed, exact=True)
    return f"≈ {text}" if moment.fact.near else text


def deed(fact: Evidence, lang: str) -> str:
    """Return what was done, without the PI: its kind, the item, the outcome, how often."""
    parts = [word("kind", fact.kind, lang)]
    item = item_name(fact.kind, fact.item, lang)
    if item and item != host_of(fact):
        parts.append(short_code(item))
    if fact.outcome:
        parts.append(word("outcome", fact.outcome, lang))
    if fact.amount is not None and fact.amount > 1:
        parts.append(f"× {fact.amount:g}")
    return " · ".join(parts)


def host_of(fact: Evidence) -> str:
    """Return the host that PI was sent to, where a fact tells it."""
    told = fact.detail.get("host")
    return str(told or fact.item or "") if fact.kind == "transmit" else str(told or "")


def what(fact: Evidence, lang: str) -> str:
    """Return what a fact saw: its kind, the PI, and the item."""
    item = item_name(fact.kind, fact.item, lang)
    parts = [word("kind", fact.kind, lang)]
    if fact.info:
        parts.append(info_name(fact.info, lang))
    if item:
        parts.append(short_code(item) if fact.kind in ("reach", "call_site", "collect") else item)
    if fact.outcome:
        parts.append(word("outcome", fact.outcome, lang))
    if fact.amount is not None:
        parts.append(f"{fact.amount:g}")
    return " · ".join(parts)


def unlooked(subject: Subject, lang: str) -> list[str]:
    """Return the sensors that looked at nothing of a subject, in words."""
    looked = {scope.scope.split(".")[0] for scope in subject.coverage if scope.status != "not_run"}
    sensors = ("app", "policy", "session", "store", "traffic", "people")
    return [word("sensor", sensor, lang) for sensor in sensors if sensor not in looked]


def scope_line(scope: Scope, lang: str) -> str:
    """Return how far a scope was looked at, with the reason where it was not the whole."""
    line = f"{word('scope', scope.scope, lang)}: {word('status', scope.status, lang)}"
    why = scope.why(lang)
    return f"{line} — {why}" if why else line


def _column(name: str, value: Any, kind: str | None, lang: str) -> str:
    if name in _NAMES:
        return _NAMES[name](value, lang)
    if name == "item":
        return short_code(item_name(kind, value, lang)) if value else ""
    if name == "unit" and value:
        return str(area_words("rules").get(f"unit_{value}", {}).get(lang, value))
    if name in _WORDS and value:
        return word_of(_WORDS[name], str(value), lang)
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:g}"
    return "—" if value is None else str(value)
