"""Finds addresses: parts that follow each other make one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.info.addresses.evidence import REGIONS, makes_address
from hongxian.info.addresses.levels import Level, Part
from hongxian.info.addresses.parts import find_parts
from hongxian.info.tagging import Tagging, load_network, tag_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.info.tagging import Span

_BETWEEN = re.compile(r"[ \t\u3000_,，、.．·~—\-/()（）]{0,3}")
"""What may stand between two parts of one address."""
_BREAK = re.compile(r"[\r\n]")
"""Never inside of a part."""

_LEAST = 0.75
"""The score from which parts that fit together are an address."""

_NUMBERS = 12
"""How far numbers and Latin names may go on behind the last Chinese character."""

_REGION_ONLY = 0.4
"""What is left of the score of a value that names no more than a region."""


@dataclass(frozen=True, slots=True)
class AddressHit:
    """An address within a text."""

    start: int
    end: int
    level: Level
    """The narrowest of its parts."""
    parts: tuple[Part, ...]
    score: float
    """From 0 to 1, how sure."""


def find_addresses(text: str) -> list[AddressHit]:
    """Return the addresses in a text, in order.

    A city, a road or a company by itself is no address: see :mod:`.evidence`.
    """
    return next(find_addresses_in([text]))


def find_addresses_in(rows: Iterable[str]) -> Iterator[list[AddressHit]]:
    """Yield the addresses in each row; many rows at once are quicker."""
    network = load_network("hongxian.info.addresses", "tagger")
    for text, spans in tag_rows(rows, Tagging(network, find_parts, _NUMBERS)):
        whole = [span for span in spans if not _BREAK.search(text, span.start, span.end)]
        hits = (_hit(group) for group in _groups(text, whole))
        yield [hit for hit in hits if hit.score >= _LEAST and makes_address(text, hit.parts)]


def is_address(value: str) -> float:
    """Return how surely a whole value is one address, from 0 to 1."""
    return next(address_scores([value]))


def address_scores(values: Iterable[str]) -> Iterator[float]:
    """Yield for each value how surely the whole of it is one address."""
    texts = [value.strip() for value in values]
    for text, hits in zip(texts, find_addresses_in(texts), strict=True):
        yield round(max((_share(hit, text) for hit in hits), default=0.0), 3)


def _share(hit: AddressHit, text: str) -> float:
    located = any(part.level not in REGIONS for part in hit.parts)
    return hit.score * (hit.end - hit.start) / len(text) * (1.0 if located else _REGION_ONLY)


def _groups(text: str, spans: list[Span]) -> Iterator[list[Span]]:
    """Yield the parts that stand together."""
    group: list[Span] = []
    for span in spans:
        if group and not _BETWEEN.fullmatch(text, group[-1].end, span.start):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _hit(group: list[Span]) -> AddressHit:
    parts = tuple(Part(Level(span.tag), span.start, span.end) for span in group)
    length = sum(span.end - span.start for span in group)
    score = sum(span.score * (span.end - span.start) for span in group) / length
    narrowest = max(part.level for part in parts)
    return AddressHit(group[0].start, group[-1].end, narrowest, parts, round(score, 3))
