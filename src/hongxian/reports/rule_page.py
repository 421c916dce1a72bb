"""Explains a rule: its law, what it needs, thresholds, remedy and method, as text or a page.

``python -m hongxian.reports.rule_page docs/rules`` writes the pages of all rules and an index.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.info.source import UNVERIFIED, confidence_word
from hongxian.laws.documents import load_clauses, load_documents
from hongxian.rules.load import VERDICTS, load_every_rule
from hongxian.words import LANGUAGES, area_words, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hongxian.rules.load import Rule

_NAMES = {"zh": "中文", "en": "English"}
_COLON = {"zh": "：", "en": ": "}
_PLACE = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A headed part of an explanation."""

    heading: str
    lines: tuple[str, ...]


def parts(rule: Rule, lang: str, on: date | None = None) -> list[Part]:
    """Return the parts of an explanation, without the SQL.

    Args:
        rule: which one.
        lang: ``zh`` or ``en``.
        on: day whose law counts; ``None`` gives every clause with its dates.
    """
    found = [
        ("group", [rule.group[lang]]),
        ("severity", [_word("severity", rule.severity, lang)]),
        ("principles", [_word("principle", one, lang) for one in rule.principles]),
        ("law", [*_clauses(rule, lang, on), *(_own(law, lang) for law in rule.law)]),
        ("needs", _needs(rule, lang)),
        ("verdicts", _verdicts(rule, lang)),
        ("thresholds", _thresholds(rule, lang)),
        ("false_positives", [rule.false_positives[lang]]),
        ("fix", [rule.fix[lang]]),
        ("status", [_status(rule, lang)]),
    ]
    return [Part(heading=say(f"rules.{key}", lang), lines=tuple(ls)) for key, ls in found if ls]


def text(rule: Rule, lang: str, on: date | None = None) -> str:
    """Return an explanation for the terminal, the SQL at its end."""
    blocks = [f"{rule.name}  {rule.title[lang]}"]
    blocks += [
        "\n".join([part.heading, *(f"  {line}" for line in part.lines)])
        for part in parts(rule, lang, on)
    ]
    sql = "\n".join(f"  {line}".rstrip() for line in rule.sql.splitlines())
    blocks.append(f"{say('rules.sql', lang)}\n{sql}")
    return "\n\n".join(blocks) + "\n"


def page(rule: Rule) -> str:
    """Return the Markdown page of a rule: Chinese, English, then the SQL."""
    blocks = [f"# {rule.name} {rule.title['zh']}"]
    for lang in LANGUAGES:
        blocks += [f"## {_NAMES[lang]}", *([rule.title[lang]] if lang != "zh" else [])]
        for part in parts(rule, lang):
            blocks.append(f"### {part.heading}")
            blocks.append("\n".join(f"- {_escaped(line)}" for line in part.lines))
    blocks += ["## SQL", f"```sql\n{rule.sql}\n```", _generated()]
    return "\n\n".join(blocks) + "\n"


def index(rules: tuple[Rule, ...]) -> str:
    """Return the Markdown index of rules by group."""
    blocks = [f"# {say('rules.index', 'zh')} / {say('rules.index', 'en')}"]
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(_group(rule), []).append(rule)
    for name, members in groups.items():
        group = members[0].group
        blocks.append(f"## {name}{group['zh']}\n\n{group['en']}")
        blocks.append("\n".join(_entry(rule) for rule in members))
    return "\n\n".join([*blocks, _generated()]) + "\n"


def _group(rule: Rule) -> str:
    """Return what stands before a group's title: the Method's groups are numbered."""
    return f"{rule.order[0]}. " if rule.name == rule.number else ""


def pages(rules: tuple[Rule, ...]) -> dict[str, str]:
    """Return file name -> text of every page and the index."""
    return {"index.md": index(rules)} | {f"{rule.name}.md": page(rule) for rule in rules}


def write_pages(folder: Path) -> None:
    """Write the pages of all rules, and take away those of rules that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages(load_every_rule())
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        (folder / name).write_text(content, encoding="utf-8")


def _entry(rule: Rule) -> str:
    return f"- [{rule.name}]({rule.name}.md) {rule.title['zh']} / {_escaped(rule.title['en'])}"


def _generated() -> str:
    return f"*{say('rules.generated', 'zh')} {say('rules.generated', 'en')}*"


def _escaped(line: str) -> str:
    """Keep Markdown from reading ``*`` and ``<`` as its own, but leave the code marks."""
    return line.replace("*", "\\*").replace("<", "&lt;")


def _clauses(rule: Rule, lang: str, on: date | None) -> Iterator[str]:
    for one in load_clauses():
        if rule.name not in one.rules or one.document.status == "draft":
            continue
        if on is None or one.in_force(on):
            when = _when(one.valid_from, one.valid_to, lang)
            line = f"{one.cite(lang)}{_COLON[lang]}{one.text(lang)}"
            yield _joined(line, [when, *_sure(one, lang)], lang)


def _sure(clause: Any, lang: str) -> list[str]:
    worst = max(clause.confidence, clause.document.confidence)
    return [confidence_word(worst, lang)] if worst == UNVERIFIED else []


def _own(law: dict[str, Any], lang: str) -> str:
    document = load_documents().get(law["document"])
    name = document.name(lang) if document else law["document"]
    name = f"《{name}》" if lang == "zh" else name
    confidence = law["confidence"]
    notes = [say("rules.own_item", lang), _when(law["from"], law["to"], lang)]
    notes += [confidence_word(confidence, lang)]
    return _joined(f"{name} {law['item']}", notes, lang)


def _joined(line: str, notes: list[str], lang: str) -> str:
    kept = [note for note in notes if note]
    if not kept:
        return line
    return f"{line}（{'，'.join(kept)}）" if lang == "zh" else f"{line} ({', '.join(kept)})"


def _when(start: date | None, end: date | None, lang: str) -> str:
    if start is None:
        return ""
    key = "rules.from" if end is None else "rules.between"
    return say(key, lang, day=start, end=end)


def _needs(rule: Rule, lang: str) -> list[str]:
    either = say("rules.either", lang)
    lines = [either.join(_word("scope", scope, lang) for scope in need) for need in rule.needs]
    return lines or [say("rules.no_needs", lang)]


def _verdicts(rule: Rule, lang: str) -> list[str]:
    return [
        f"{_word('verdict', verdict, lang)}{_COLON[lang]}{_said(rule.says[verdict][lang], lang)}"
        for verdict in VERDICTS
        if verdict in rule.says
    ]


def _said(message: str, lang: str) -> str:
    """Name the places that a finding fills in."""
    return _PLACE.sub(lambda match: _place(match[1], lang), message)


def _place(column: str, lang: str) -> str:
    entry = area_words("rules").get(f"place_{column}")
    return entry[lang] if entry else f"[{column}]"


def _thresholds(rule: Rule, lang: str) -> list[str]:
    lines = []
    for name, threshold in rule.thresholds.items():
        line = say(
            "rules.threshold", lang, key=f"{rule.id}.{name}", value=threshold["value"],
            unit=_unit(threshold["unit"], lang),
            source=say(f"rules.source_{threshold['source']}", lang),
        )  # fmt: skip
        lines.append(_noted(line, threshold.get("note", ""), lang))
    return lines


def _noted(line: str, note: Any, lang: str) -> str:
    """Add a note; one that is written ``中文 / English`` gives its half."""
    if isinstance(note, dict):
        note = note[lang]
    halves = str(note).split(" / ", 1)
    half = halves[0] if lang == "zh" else halves[-1]
    return f"{line} — {half}" if half else line


def _unit(unit: str, lang: str) -> str:
    entry = area_words("rules").get(f"unit_{unit}")
    return entry[lang] if entry else unit


def _status(rule: Rule, lang: str) -> str:
    status = say(f"rules.status_{rule.status}", lang)
    return say("rules.since", lang, status=status, since=rule.since)


def _word(words: str, key: str, lang: str) -> str:
    entry = area_words("vocabulary").get(f"{words}.{key}")
    return entry[lang] if entry else key


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
