"""The style sheets of a page: which of their declarations fall on which element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hongxian.sensors.policy.reading.css import declarations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_BRACE = re.compile(r"([{}])")
_SHOWN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*$|@(?:layer|supports)\b", re.IGNORECASE)
_NAME = re.compile(r"([.#])(-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)")
_NOT_READ = re.compile(r"[:()+~|\\]|\[[^\]]*[\s>]")
"""Marks of selectors that are not followed: states, neighbours, functions."""
_STEP = re.compile(r"\s*>\s*|\s+")
_CLASS = re.compile(r"\.[\w-]|\[")
_ELEMENT = re.compile(r"(?:^|[\s>])[A-Za-z]")
_LARGEST = 1 << 20
"""Characters of style sheets read."""
_MOST_RULES = 3_000
_MOST_LOOKS = 50_000_000
"""Elements looked at, over all rules."""
_MOST_HITS = 300_000
"""Elements that a rule falls on, over all rules, and steps up the tree to find them."""


class _Rule(NamedTuple):
    weight: tuple[int, int, int]
    """Identifiers, classes, elements of the selector."""
    selector: str
    told: dict[str, str]


def rules_of(tree: LexborHTMLParser, tags: int) -> dict[int, dict[str, str]]:
    """Return what the style sheets inside a page say: element -> property -> value.

    Sheets for print or for some widths of a screen only, states such as ``:hover`` and rules
    about neighbours are left out.

    Args:
        tree: the page.
        tags: how many tags it has.
    """
    sheets = [node.text() for node in tree.css("style") if _is_shown(node.attributes)]
    source = "\n".join(sheets)[:_LARGEST]
    if not source.strip():
        return {}
    names = _names(tree)
    rules = [rule for rule in _rules(source) if _could_hit(rule.selector, names)]
    most = min(_MOST_RULES, _MOST_LOOKS // max(1, tags))
    return _Sheet(tree).apply(sorted(rules[:most], key=lambda rule: rule.weight))


class _Sheet:
    """Finds the elements of selectors, one step of a selector after the other."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.tree = tree
        self.left = _MOST_HITS
        self.found: dict[str, list[LexborNode]] = {}

    def apply(self, rules: list[_Rule]) -> dict[int, dict[str, str]]:
        told: dict[int, dict[str, str]] = {}
        for rule in rules:
            for element in self.hits(rule.selector):
                told.setdefault(element, {}).update(rule.told)
            if self.left < 0:
                break
        return told

    def hits(self, selector: str) -> set[int]:
        steps = _STEP.split(selector)
        signs = [sign.strip() for sign in _STEP.findall(selector)]
        above = {node.mem_id for node in self.matching(steps[0])}
        self.left -= len(above)
        for sign, step in zip(signs, steps[1:], strict=True):
            nodes = self.matching(step) if above else ()
            above = {node.mem_id for node in nodes if self.under(node, above, direct=sign == ">")}
        return above

    def under(self, node: LexborNode, above: set[int], *, direct: bool) -> bool:
        parent = node.parent
        while parent is not None and self.left > 0:
            self.left -= 1
            if parent.mem_id in above:
                return True
            parent = None if direct else parent.parent
        return False

    def matching(self, step: str) -> list[LexborNode]:
        """Return the elements that one part of a selector names; none when it is not valid."""
        from selectolax.lexbor import SelectolaxError  # noqa: PLC0415 - loaded only for pages

        if step not in self.found:
            try:
                self.found[step] = self.tree.css(step)
            except (SelectolaxError, ValueError):
                self.found[step] = []
        return self.found[step]


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
    parts = _BRACE.split(_uncommented(source))
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
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


def _uncommented(source: str) -> str:
    """Return a sheet without its comments; one that is not closed runs to the end."""
    source = source.replace("<!--", " ").replace("-->", " ")
    first, *commented = source.split("/*")
    return first + " ".join(part.partition("*/")[2] for part in commented)


def _split(selectors: str, told: dict[str, str]) -> Iterator[_Rule]:
    for selector in selectors.split(",")[:100]:
        one = " ".join(selector.split()).strip("> ")
        if one and len(one) <= 300 and not _NOT_READ.search(one):
            yield _Rule(_weight(one), one, told)


def _weight(selector: str) -> tuple[int, int, int]:
    return selector.count("#"), len(_CLASS.findall(selector)), len(_ELEMENT.findall(selector))
