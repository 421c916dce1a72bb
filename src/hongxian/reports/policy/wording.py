"""Sentences and cells that the reports on policies share."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from hongxian.facts.reason import read_reason, say_all
from hongxian.reports import names
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.reports.policy.view import Part, PolicyView

COLUMNS = ("act", "info", "actor", "recipient", "purpose", "place")
"""Columns of the table of declared facts."""

_OWN = ("first_party", None)
_PLACE = re.compile(r"(?:page (\d+), )?chars (\d+)-(\d+)$")


def measure(view: PolicyView, lang: str) -> str:
    """Return what was read: format, charset, language, length."""
    document = view.document
    return say(
        "policy.measure", lang, name=document.name, form=document.format,
        charset=document.charset, language=say(f"policy.lang_{document.language}", lang),
        count=len(document.text),
    )  # fmt: skip


def limits(view: PolicyView, lang: str) -> Iterator[str]:
    """Yield a line for each scope that was not looked at in full."""
    for one in view.coverage:
        if one.status != "ran":
            status = names.word("status", one.status, lang)
            reasons = [read_reason(reason) for reason in one.detail.get("reasons", ())]
            why = say_all(tuple(reason for reason in reasons if reason), lang) or one.reason
            yield f"{names.word('scope', one.scope, lang)}: {status}: {why}"


def part(one: Part, lang: str) -> str:
    """Return what to say of a part: its figure, date or first words, or that it is missing."""
    if not one.facts:
        return say(f"policy.{one.state}", lang)
    first = one.facts[0]
    said = [text for text in (_day(first), figure(first, lang), _quote(first)) if text]
    more = len(one.facts) - 1
    if more:
        said.append(say("policy.more", lang, count=more))
    return " · ".join(said)


def figure(fact: Fact, lang: str) -> str:
    """Return an amount with its unit, and where it stands among other policies."""
    if fact.amount is None:
        return ""
    unit = say(f"policy.unit_{fact.unit}", lang) if fact.unit else ""
    text = f"{fact.amount:g} {unit}".strip()
    percentile = fact.detail.get("percentile")
    if percentile is None:
        return text
    return f"{text} ({say('policy.percentile', lang, share=round(float(percentile)))})"


def rows(view: PolicyView, lang: str) -> Iterator[tuple[Fact, list[str]]]:
    """Yield the rows of the table of declared facts, each with the first fact that it tells.

    What one clause says of several pieces of PI alike is one row.
    """
    told = [(fact, columns(fact, lang)) for fact in view.declared]
    for _, alike in groupby(told, key=lambda one: one[1][:1] + one[1][2:]):
        ones = list(alike)
        infos = dict.fromkeys(cells[1] for _, cells in ones)
        first, cells = ones[0]
        yield first, [cells[0], say("policy.comma", lang).join(infos), *cells[2:]]


def columns(fact: Fact, lang: str) -> list[str]:
    """Return the cells of a declared fact, as :data:`COLUMNS` names them."""
    notes = [figure(fact, lang)]
    if condition := fact.detail.get("condition"):
        notes.append(say(f"policy.condition_{condition}", lang))
    act = names.word("declared", fact.item, lang)
    if fact.detail.get("possible"):
        act = say("policy.possible", lang, act=act)
    note = say("policy.comma", lang).join(note for note in notes if note)
    return [
        say("policy.noted", lang, act=act, note=note) if note else act,
        names.info_name(fact.info, lang),
        party(fact.actor, lang),
        "" if fact.recipient is None else party(fact.recipient, lang),
        names.word("purpose", fact.purpose, lang) if fact.purpose else "–",
        where(fact, lang),
    ]


def where(fact: Fact, lang: str) -> str:
    """Return where in its document a fact stands: characters, and the page of a PDF."""
    found = _PLACE.search(fact.locator or "")
    if found is None:
        return ""
    page, start, end = found.groups()
    word = "policy.page" if page else "policy.chars"
    return say(word, lang, page=page, start=start, end=end)


def party(key: str | None, lang: str) -> str:
    """Return a party of a policy: the operator, an SDK, a name as it is written."""
    if key in _OWN:
        return say("policy.operator", lang)
    return names.actor_name(key, lang)


def _day(fact: Fact) -> str:
    return fact.effective_at.date().isoformat() if fact.effective_at else ""


def _quote(fact: Fact) -> str:
    return str(fact.detail.get("excerpt", ""))


def title(facts: tuple[Fact, ...], lang: str) -> str:
    """Return what a highlighted stretch says, a line for each of its facts."""
    return "\n".join(_line(fact, lang) for fact in facts)


def _line(fact: Fact, lang: str) -> str:
    if fact.kind == "section":
        return names.word("section", fact.item, lang)
    act, info, actor, recipient, purpose, _ = columns(fact, lang)
    said = [actor, act, info, f"→ {recipient}" if recipient else "", purpose.strip("–")]
    return " · ".join(text for text in said if text)
