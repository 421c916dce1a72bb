"""The style sheets of a page: which of their declarations fall on which element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hongxian.sensors.policy.reading.css import declarations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{0,5000})([{}])")
_SHOWN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*$|@(?:layer|supports)\b", re.IGNORECASE)
_NAME = re.compile(r"([.#])(-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)")
_NOT_LOOKED_AT = re.compile(r"::|:(?:hover|active|focus|visited|before|after|first-l|target|not\()")
_CLASS = re.compile(r"\.[\w-]|\[|:(?!:)")
_ELEMENT = re.compile(r"(?:^|[\s>+~])[A-Za-z]")
_LARGEST = 1 << 20
"""Characters of style sheets read."""
_MOST_RULES = 3_000
_MOST_HITS = 400_000


class _Rule(NamedTuple):
    weight: tuple[int, int, int]
    """Identifiers, classes, elements of the selector."""
    selector: str
    told: dict[str, str]


def rules_of(tree: LexborHTMLParser) -> dict[int, dict[str, str]]:
    """Return what the style sheets inside a page say: element -> property -> value.

    Sheets for print or for some widths of a screen only, and states such as ``:hover``, are
    left out.
    """
    sheets = [node.text() for node in tree.css("style") if _is_shown(node.attributes)]
    source = "\n".join(sheets)[:_LARGEST]
    if not source.strip():
        return {}
    names = _names(tree)
    rules = [rule for rule in _rules(source) if _could_hit(rule.selector, names)]
    told: dict[int, dict[str, str]] = {}
    hits = 0
    for rule in sorted(rules[:_MOST_RULES], key=lambda rule: rule.weight):
        for element in _matches(tree, rule.selector):
            told.setdefault(element, {}).update(rule.told)
            hits += 1
        if hits > _MOST_HITS:
            break
    return told


def _is_shown(given: dict[str, str | None]) -> bool:
    media = (given.get("media") or "all").strip().lower()
    return media in ("all", "screen")


def _names(tree: LexborHTMLParser) -> set[str]:
    """Return the classes and identifiers that the page's elements have."""
    found: set[str] = set()
    for node in tree.css("[class], [id]"):
        given = node.attributes
        found.update("." + name for name in (given.get("class") or "").split())
        found.add("#" + (given.get("id") or "").strip())
    return found


def _could_hit(selector: str, names: set[str]) -> bool:
    return all(mark + name in names for mark, name in _NAME.findall(selector))


def _rules(source: str) -> Iterator[_Rule]:
    """Yield the rules that hold on a screen; the inside of other at-rules is passed over."""
    hidden: list[bool] = []
    selector = ""
    for part in _RULE.finditer(_COMMENT.sub(" ", source)):
        text, brace = part.group(1, 2)
        if brace == "{":
            selector = text.rpartition(";")[2].strip()
            outside = bool(hidden and hidden[-1])
            hidden.append(outside or (selector.startswith("@") and not _SHOWN.match(selector)))
            continue
        if hidden and not hidden.pop() and selector and not selector.startswith("@"):
            told = declarations(text)
            if told:
                yield from _split(selector, told)
        selector = ""


def _split(selectors: str, told: dict[str, str]) -> Iterator[_Rule]:
    for selector in selectors.split(",")[:100]:
        one = " ".join(selector.split())
        if one and len(one) <= 300 and not _NOT_LOOKED_AT.search(one):
            yield _Rule(_weight(one), one, told)


def _weight(selector: str) -> tuple[int, int, int]:
    return selector.count("#"), len(_CLASS.findall(selector)), len(_ELEMENT.findall(selector))


def _matches(tree: LexborHTMLParser, selector: str) -> list[int]:
    from selectolax.lexbor import SelectolaxError  # noqa: PLC0415 - loaded only for pages

    try:
        return [node.mem_id for node in tree.css(selector)]
    except (SelectolaxError, ValueError):
        return []
