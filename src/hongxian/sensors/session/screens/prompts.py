"""The policy put before the person: its text, links, buttons and boxes that are ticked already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.session.screens.words import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.sensors.session.model import Node, Screen

LONG_TEXT = 600
"""A screen with more characters about the policy is the policy itself, not the question."""
_HEAD = 40
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPrompt:
    """A screen that puts the policy before the person."""

    links: tuple[str, ...]
    """Names of the documents that can be opened."""
    agree: Node | None
    refuse: Node | None
    boxes: tuple[Node, ...]
    """Boxes or switches that stand for consent."""
    characters: int

    @property
    def ticked(self) -> bool:
        """Return whether a box of consent is ticked."""
        return any(box.checked for box in self.boxes)


def policy_prompt(screen: Screen) -> PolicyPrompt | None:
    """Return the prompt that a screen shows; ``None`` when it shows none.

    It names the policy, and offers to agree by a button or a box.
    """
    nodes = [node for node in screen.nodes if node.words]
    named = [node for node in nodes if pattern("policy", "privacy").search(node.words)]
    if not named:
        return None
    agree = _first(nodes, "agree")
    boxes = tuple(_boxes(screen.nodes))
    if agree is None and not boxes:
        return None
    links = tuple(dict.fromkeys(name for node in named for name in _names(node.words)))
    return PolicyPrompt(
        links=links, agree=agree, refuse=_first(nodes, "refuse"), boxes=boxes,
        characters=sum(len(node.words) for node in nodes),
    )  # fmt: skip


def shows_policy(screen: Screen) -> bool:
    """Return whether a screen shows the text of the policy itself."""
    texts = [node.words for node in screen.nodes if node.words]
    whole = sum(map(len, texts))
    head = " ".join(texts)[: LONG_TEXT * 2]
    return (
        whole >= LONG_TEXT
        and bool(pattern("policy", "privacy").search(head))
        and (policy_prompt(screen) is None)
    )


def _first(nodes: Iterable[Node], name: str) -> Node | None:
    wanted = pattern("policy", name)
    found = (
        n for n in nodes if not n.checkable and wanted.search(_SPACE.sub(" ", n.words).strip())
    )
    return next(found, None)


def _boxes(nodes: tuple[Node, ...]) -> Iterable[Node]:
    """Yield the boxes whose own words, or those of an element close by, speak of consent."""
    wanted = pattern("policy", "box")
    for place, node in enumerate(nodes):
        if not node.checkable:
            continue
        near = (node, *nodes[max(0, place - 1) : place], *nodes[place + 1 : place + 3])
        if any(wanted.search(one.words) for one in near):
            yield node


def _names(words: str) -> list[str]:
    quoted = re.findall(r"《([^》]{2,40})》", words)
    found = [name for name in quoted if pattern("policy", "name").search(name)]
    if found:
        return found
    hit = pattern("policy", "name").search(words[: _HEAD * 5])
    return [hit[0]] if hit else []
