"""Refuses a page that would cost its parser more than its size is worth, before it is parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.policy.reading.faults import ReadingError

if TYPE_CHECKING:
    from hongxian.sensors.policy.reading.faults import Limits

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})|<!--")
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))  # fmt: skip
"""Elements that the parser opens anew in every block that follows, until they are closed."""
_UNNESTED = frozenset((
    "p", "li", "dd", "dt", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup",
    "area", "base", "br", "col", "colgroup", "embed", "hr", "img", "input", "link", "meta", "param",
    "rp", "rt", "source", "track", "wbr", "html", "head", "body", "basefont", "bgsound", "frame",
))  # fmt: skip
"""Elements without an end tag, or with one that may be left out."""
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
"""Elements whose content is no markup."""
_HARMLESS = 1_000
"""Tags below which no page costs much."""
_MOST_REOPENED = 2_000_000
"""Formatting elements that the parser may have to make anew."""


@dataclass
class _Count:
    depth: int = 0
    deepest: int = 0
    left_open: int = 0
    most_open: int = 0

    def tag(self, name: str, *, closes: bool) -> None:
        step = -1 if closes else 1
        if name in _FORMATTING:
            self.left_open = max(0, self.left_open + step)
            self.most_open = max(self.most_open, self.left_open)
        self.depth = max(0, self.depth + step)
        self.deepest = max(self.deepest, self.depth)


def check_bounds(text: str, name: str, limits: Limits) -> None:
    """Refuse a page with too many tags, too deeply nested ones, or too many left open.

    Raises:
        ReadingError: it is one.
    """
    tags = text.count("<")
    if tags > limits.tags:
        raise ReadingError(name, "too_many_tags", limit=limits.tags)
    if tags <= _HARMLESS:
        return
    count = _counted(text)
    if count.deepest > limits.depth:
        raise ReadingError(name, "too_deep", limit=limits.depth)
    if count.most_open * tags > _MOST_REOPENED:
        raise ReadingError(name, "open_tags")


def _counted(text: str) -> _Count:
    count = _Count()
    place = 0
    lower = text.lower()
    while tag := _TAG.search(lower, place):
        place = tag.end()
        name = tag[2]
        if name is None:
            place = lower.find("-->", place)
        elif name in _RAW and not tag[1]:
            place = lower.find("</" + name, place)
        elif name not in _UNNESTED:
            count.tag(name, closes=bool(tag[1]))
        if place < 0:
            break
    return count
