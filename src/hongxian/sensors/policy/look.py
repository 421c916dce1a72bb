"""What a policy's page looks like: type size, contrast, line spacing, hidden text; no judgement.

Only what the page says itself counts; what a browser would choose on its own is not known.

*Body text* is the paragraphs, list items and table cells that are shown: no headings, no heads
and feet of pages. A figure is the lowest one that holds for more than a scrap of it: the blocks
are laid out from the lowest value up, and the value is taken at which they reach
:data:`SCRAP` of the characters whose value is known. So a footnote in tiny type, or one pale
line, does not speak for the page; a section in tiny type does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hongxian.sensors.policy.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hongxian.sensors.policy.document import Block, Document, Look

SCRAP = 0.05
"""Share of the body text that counts as more than a scrap. The limit is ours."""


class _Property(NamedTuple):
    item: str
    unit: str
    value: Callable[[Look], float | None]


_PROPERTIES = (
    _Property("font_size", "sp", lambda look: look.font_px),
    _Property("contrast", "ratio", lambda look: look.contrast),
    _Property("line_spacing", "ratio", lambda look: look.line_spacing),
)
"""One CSS pixel is one sp: both stand for 1/160 inch of a screen held in the hand."""


def look_findings(document: Document) -> list[Finding]:
    """Return the figures of a policy's looks, each with the place where it is found.

    Of a page that holds no readable text only that its text stands in pictures can be said.
    """
    if document.shell == "image":
        return [Finding(item="image_only", start=0, end=0, detail={"images": document.images})]
    if document.shell:
        return []
    body = [block for block in document.shown() if block.kind != "heading"]
    found = [_lowest(body, one) for one in _PROPERTIES]
    return [one for one in (*found, _hidden(document)) if one is not None]


def _lowest(body: Sequence[Block], one: _Property) -> Finding | None:
    known = [(value, block) for block in body if (value := one.value(block.look)) is not None]
    total = sum(_size(block) for _, block in known)
    reached = 0
    for value, block in sorted(known, key=lambda pair: (pair[0], pair[1].start)):
        reached += _size(block)
        if reached >= total * SCRAP:
            return _finding(one, value, block, _shares(body, known, value))
    return None


def _finding(one: _Property, value: float, block: Block, shares: dict[str, float]) -> Finding:
    return Finding(
        item=one.item, start=block.start, end=block.end, amount=round(value, 2), unit=one.unit,
        detail=dict(shares),
    )  # fmt: skip


def _shares(
    body: Sequence[Block], known: Sequence[tuple[float, Block]], value: float
) -> dict[str, float]:
    """Return of how much body text the value is known, and how much of that is so or lower."""
    all_known = sum(_size(block) for _, block in known)
    low = sum(_size(block) for other, block in known if other <= value)
    return {
        "known": round(all_known / sum(map(_size, body)), 3),
        "share": round(low / all_known, 3),
    }


def _hidden(document: Document) -> Finding | None:
    """Find text that the page holds and does not show; its place is the longest stretch."""
    hidden = list({block.start: block for block in document.blocks if block.look.hidden}.values())
    if not hidden:
        return None
    longest = max(hidden, key=_size)
    return Finding(
        item="hidden_text", start=longest.start, end=longest.end,
        amount=sum(map(_size, hidden)), unit="character", detail={"blocks": len(hidden)},
    )  # fmt: skip


def _size(block: Block) -> int:
    return block.end - block.start
