"""What the headings over a sentence tell: purpose, actor and recipient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.relations import purposes, subjects
from hongxian.sensors.policy.relations.scene import Named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.clauses import Sentence
    from hongxian.sensors.policy.relations.scene import Group
    from hongxian.sensors.policy.relations.terms import Terms

_NEAREST = 3
_BY_SDK = re.compile(r"SDK|收集|采集|获取|插件|collect", re.IGNORECASE)
_GIVES = re.compile(r"共享|提供|披露|转让|委托|shar|disclos|provid|transfer", re.IGNORECASE)
_NO_OTHERS = frozenset(("person", "first_party", "other_users", "authority"))


class Headings:
    """Tells what headings say; asks each once."""

    def __init__(self, terms: Terms) -> None:
        """Start.

        Args:
            terms: what the document names.
        """
        self._terms = terms
        self._purposes: dict[tuple[int, int], list[Named]] = {}

    def purposes(self, sentence: Sentence) -> list[Named]:
        """Return the purposes of the nearest heading, or label, that has any."""
        label = [sentence.label] if sentence.label else []
        for place in reversed([*sentence.headings[-_NEAREST:], *label]):
            key = (place.start, place.end)
            if key not in self._purposes:
                self._purposes[key] = purposes.heading_purposes(self._terms, place)
            if self._purposes[key]:
                return self._purposes[key]
        return []

    def actor(self, sentence: Sentence, group: Group) -> str | None:
        """Return the third party that a heading makes the one who collects."""
        if "collect" not in group.keys or group.acts[0].manual or group.acts[0].asks:
            return None
        words, parties = next(self._parties(sentence), ("", []))
        if not parties or _GIVES.search(words):
            return None
        known = subjects.known_first(parties)[0].key
        return known if known != "third_party" or _BY_SDK.search(words) else None

    def recipients(self, sentence: Sentence) -> list[Named]:
        """Return the third parties that the nearest heading with any names."""
        _, parties = next(self._parties(sentence), ("", []))
        return subjects.known_first(parties)

    def _parties(self, sentence: Sentence) -> Iterator[tuple[str, list[Named]]]:
        text = self._terms.text
        for heading in reversed(sentence.headings[-_NEAREST:]):
            parties = [
                Named(subjects.name(text, one), Span(one.start, one.end))
                for one in self._terms.within("party", heading)
                if one.key not in _NO_OTHERS and not self._terms.widens("function", one)
            ]
            if parties:
                yield text[heading.start : heading.end], parties
