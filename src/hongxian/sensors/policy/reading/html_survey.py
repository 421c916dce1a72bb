"""A first look over a page: is it bounded, what is it made of, what do its styles say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.policy.reading.faults import ReadingError
from hongxian.sensors.policy.reading.html_bounds import check_bounds
from hongxian.sensors.policy.reading.sheets import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from hongxian.sensors.policy.reading.faults import Limits

_HEADS = frozenset(("h1", "h2", "h3", "h4"))


@dataclass
class Survey:
    """What a page is made of."""

    tree: LexborHTMLParser
    """Keeps the nodes alive."""
    body: LexborNode | None
    title: str | None = None
    images: int = 0
    scripts: int = 0
    """Elements that run or load a script."""
    mounts: int = 0
    """Empty elements that a script fills, by the names that frameworks give them."""
    layout: set[int] = field(default_factory=set)
    """Tables that only lay out a page: with headings or other tables inside."""
    rules: dict[int, dict[str, str]] = field(default_factory=dict)
    """Element -> what the style sheets say of it."""

    def path(self, node: LexborNode) -> Iterator[LexborNode]:
        """Yield the elements from the root to a node."""
        if node.parent is not None and node.parent.tag == "html":
            yield node.parent
        yield node


def survey(text: str, name: str, limits: Limits) -> Survey:
    """Parse a page and look it over.

    Raises:
        ReadingError: it has more tags, or more of them inside one another, than are read.
    """
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - loaded only for pages

    check_bounds(text, name, limits)
    tree = LexborHTMLParser(text)
    found = Survey(tree, tree.body)
    title = tree.css_first("title")
    found.title = " ".join(title.text().split())[:200] or None if title is not None else None
    if tree.root is not None:
        _look_over(tree.root, found, name, limits.depth)
        found.rules = rules_of(tree, text.count("<"))
    return found


def _look_over(root: LexborNode, found: Survey, name: str, deepest: int) -> None:
    above: list[LexborNode] = []
    tables: list[int] = []
    node: LexborNode | None = root
    while node is not None:
        _note(node, found, tables)
        child = node.first_child
        if child is not None:
            above.append(node)
            if len(above) > deepest:
                raise ReadingError(name, "too_deep", limit=deepest)
            node = child
            continue
        node = _following(node, above, tables)


def _following(node: LexborNode, above: list[LexborNode], tables: list[int]) -> LexborNode | None:
    while True:
        if tables and node.mem_id == tables[-1]:
            tables.pop()
        after = node.next
        if after is not None or not above:
            return after
        node = above.pop()


def _note(node: LexborNode, found: Survey, tables: list[int]) -> None:
    tag = node.tag
    if tag in ("-text", "p", "span", "td"):
        return
    if tag == "table":
        found.layout.update(tables[-1:])
        tables.append(node.mem_id)
    elif tag in _HEADS:
        found.layout.update(tables[-1:])
    elif tag in ("img", "image", "svg", "canvas"):
        found.images += 1
    elif tag == "script":
        found.scripts += 1
    elif tag in ("div", "main", "section") and node.first_child is None:
        found.mounts += bool(node.attributes.get("id"))
