"""From a document to its mentions: terms first, then the grammar that needs their neighbours."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon import (
    acts,
    conditions,
    info,
    parties,
    purposes,
    recipients,
    scope,
)
from hongxian.sensors.policy.lexicon.match import find_hits
from hongxian.sensors.policy.lexicon.normal import squeeze
from hongxian.sensors.policy.mentions import Mention, Mentions

if TYPE_CHECKING:
    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.lexicon.match import Hit

_HIDES = ("info", "permission")
_HIDDEN = ("act", "party", "modality", "negation", "method", "country", "function", "reference")


def find_mentions(document: Document) -> Mentions:
    """Return what the text of a document names, in its order."""
    even = squeeze(document.text)
    hits = find_hits(even, document.text)
    text = even.text
    hits["info"] = info.settle(text, hits)
    _hide(hits)
    hits["party"] = parties.settle(text, hits)
    hits["act"] = acts.settle(text, hits)
    hits["recipient"] = recipients.find(text, hits)
    hits["purpose"] = purposes.find(text)
    hits["condition"] = conditions.settle(text, hits)
    hits["info"] = scope.weigh(text, hits["info"], hits["act"], hits["purpose"])
    places = [
        (*even.span(hit.start, hit.end), kind, hit.key, round(hit.certainty, 2))
        for kind, found in hits.items()
        for hit in found
    ]
    places.sort()
    return Mentions(Mention(*place) for place in places)


def _hide(hits: dict[str, list[Hit]]) -> None:
    """Drop what lies inside a longer word for PI or a permission: 记录 in 浏览记录."""
    covers = sorted(hit[:2] for kind in _HIDES for hit in hits.get(kind, ()))
    for kind in _HIDDEN:
        if kind in hits:
            hits[kind] = [hit for hit in hits[kind] if not _covered(hit, covers)]


def _covered(hit: Hit, covers: list[tuple[int, int]]) -> bool:
    place = bisect_right(covers, (hit.start, 1 << 60))
    return any(
        end >= hit.end and (start, end) != hit[:2]
        for start, end in covers[max(0, place - 2) : place]
    )
