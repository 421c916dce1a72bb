"""Who claims which stretch of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs

from hongxian.info.tagging import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONE = re.compile("[\ud800-\udfff]")
"""Half of a pair, as broken text holds; the finder reads none."""

_LONG_ENOUGH = 3
"""A name of two characters may be part of other words elsewhere."""


class Claim(NamedTuple):
    """A stretch, and what took it for a name."""

    span: Span
    why: str


def add_claims(taken: list[Claim], spans: Iterable[Span], why: str) -> list[Claim]:
    """Return the claims and those of the spans, both in order, that overlap none of them."""
    merged: list[Claim] = []
    held = iter(taken)
    following = next(held, None)
    for span in spans:
        while following is not None and following.span.end <= span.start:
            merged.append(following)
            following = next(held, None)
        free = following is None or span.end <= following.span.start
        if free and (not merged or merged[-1].span.end <= span.start):
            merged.append(Claim(span, why))
    if following is not None:
        merged.append(following)
    merged.extend(held)
    return merged


def said_again(text: str, names: list[Span]) -> Iterator[Span]:
    """Yield where the text says a name, each time as sure as it was at its surest."""
    scores: dict[str, float] = {}
    for span in names:
        word = text[span.start : span.end]
        if len(word) >= _LONG_ENOUGH:
            scores[word] = max(span.score, scores.get(word, 0.0))
    if not scores:
        return
    words = list(scores)
    finder = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for which, start, end in finder.find_matches_as_indexes(_LONE.sub("?", text)):
        yield Span(start, end, scores[words[which]])
