"""Names of keys and words as a reader sees them: the one place where formats look them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.info import load_types
from hongxian.info.source import UNVERIFIED, confidence_word
from hongxian.laws.app_types import load_app_types
from hongxian.laws.documents import load_documents
from hongxian.laws.owners import load_owners
from hongxian.laws.sdks import load_sdks
from hongxian.reports.sessions import OTHERS, PERSON
from hongxian.words import area_words, say

if TYPE_CHECKING:
    from typing import Any

    from hongxian.reports.model import About, Behaviour, Group, Subject

MARKS = {"violated": "✗", "suspected": "!", "unclear": "?", "satisfied": "✓", "not_applicable": "–"}
"""One sign per verdict, so that no verdict rests on colour."""

NAMED = "named:"
"""Stands before the name of a party that no list knows."""

_COUNTING = "一二三四五六七八九十"
_LISTS = {
    "section": ("section",), "control": ("control", "section"), "prompt": ("prompt",),
    "state": ("state",), "declare": ("declared",), "trait": ("trait",), "publish": ("publish",),
    "consent": ("prompt",), "refuse": ("prompt",), "withdraw": ("prompt",), "right": ("control",),
    "request": ("prompt",),
}  # fmt: skip
_ANY = ("control", "section", "prompt", "state", "publish", "trait")


def word(words: str, key: str | None, lang: str) -> str:
    """Return a word of a closed list (``word("phase", "prompt", "zh")``); unknown ones stay."""
    return "" if key is None else word_of((words,), key, lang)


def word_of(lists: tuple[str, ...], key: str, lang: str) -> str:
    """Return a word of the first closed list that has it; unknown ones stay."""
    entries = (area_words("vocabulary").get(f"{words}.{key}") for words in lists)
    return next((entry[lang] for entry in entries if entry), key)


def info_name(key: str | None, lang: str) -> str:
    """Return the name of a PI type; an unknown key stays as it is."""
    if key is None:
        return say("report.some_info", lang)
    kind = load_types().get(key)
    return kind.name(lang) if kind else word_of(("no_pi",), key, lang)


def actor_name(key: str | None, lang: str) -> str:
    """Return whose code or act: own code, an SDK's or owner's name, one as written, or the key."""
    known = load_sdks().get(key or "") or load_owners().get(key or "")
    return known.name(lang) if known else word("actor", key or "unknown", lang).removeprefix(NAMED)


def lane_name(lane: str, lang: str) -> str:
    """Return the name of a lane of a session: the screen and the person, or whose code."""
    if lane == PERSON:
        return say("report.s_person", lang)
    return say("report.s_others", lang) if lane == OTHERS else actor_name(lane, lang)


def recipient_name(key: str | None, lang: str) -> str:
    """Return the party that got the PI: a company, the operator, or the key."""
    known = load_sdks().get(key or "") or load_owners().get(key or "")
    if known:
        return known.company
    return word("recipient", key or "unknown", lang).removeprefix(NAMED)


def item_name(kind: str | None, item: str | None, lang: str) -> str:
    """Return a fact's item in words where a closed list has it; names of code stay.

    Args:
        kind: of the fact; ``None`` when it is not known, as in a finding's columns.
        item: the word; permissions of the system lose their prefix.
        lang: ``zh`` or ``en``.
    """
    if item is None:
        return ""
    lists = _LISTS.get(kind or "", _ANY if kind is None else ())
    return word_of(lists, item, lang).replace("android.permission.", "")


def short_code(name: str) -> str:
    """Return a method with its class but no package: ``TelephonyManager.getDeviceId``.

    What does not look like a method of a class (a host, a URI, a word) stays whole.
    """
    parts = name.split("(", 1)[0].split(".")
    return ".".join(parts[-2:]) if len(parts) > 2 and parts[-2][:1].isupper() else name


def group_title(group: Group, lang: str) -> str:
    """Return a heading with its number, as the law counts: ``一、...``, ``1. ...``."""
    number = group.behaviours[0].rule.order[0]
    title = group.title[lang]
    return f"{_COUNTING[number - 1]}、{title}" if lang == "zh" else f"{number}. {title}"


def subject_name(about: About, lang: str) -> str:
    """Return how a subject is called: its label and its identifier."""
    if not about.label:
        return about.name
    return f"{about.label}（{about.name}）" if lang == "zh" else f"{about.label} ({about.name})"


def app_type_name(subject: Subject, lang: str) -> str:
    """Return the app type with its number; says so when none was given."""
    kind = subject.app_type
    return f"{kind.name(lang)} (№ {kind.no})" if kind else say("report.no_type", lang)


def type_name(key: str | None, lang: str) -> str:
    """Return the name of an app type; an unknown key stays as it is."""
    if key is None:
        return say("report.no_type", lang)
    kind = load_app_types().get(key)
    return kind.name(lang) if kind else key


def citations(behaviour: Behaviour, lang: str) -> list[tuple[str, str, bool]]:
    """Return citation, topic and whether it is unverified: the law in force, then the own item."""
    cited = [
        (one.cite(lang), one.topic(lang), UNVERIFIED in (one.confidence, one.document.confidence))
        for one in behaviour.clauses
    ]
    return cited + [_own(entry, lang) for entry in behaviour.rule.law]


def _own(entry: dict[str, Any], lang: str) -> tuple[str, str, bool]:
    document = load_documents().get(entry["document"])
    item, topic = str(entry.get("item", "")), say("report.own_item", lang)
    name = document.name(lang) if document else entry["document"]
    cite = f"《{name}》{_item_zh(item)}" if lang == "zh" else f"{name}, item {item}"
    return cite, topic, entry.get("confidence") == UNVERIFIED


def _item_zh(item: str) -> str:
    group, _, number = item.partition(".")
    if group.isdigit() and number.isdigit() and int(group) <= len(_COUNTING):
        return f"第{_COUNTING[int(group) - 1]}条第{number}项"
    return item


def unverified(lang: str) -> str:
    """Return the mark behind a citation that nobody has compared with the text."""
    return confidence_word(UNVERIFIED, lang)
