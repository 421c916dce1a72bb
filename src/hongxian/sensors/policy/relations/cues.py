"""The words in a text that name a purpose, each for itself: 用于支付、推送 names two."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from hongxian.sensors.policy.lexicon.normal import squeeze
from hongxian.sensors.policy.lexicon.terms import load_cues
from hongxian.sensors.policy.mentions import Mention

_GENERAL = 0.5
"""Certainty of a cue for something general, such as 提供服务."""


def find_cues(text: str) -> list[Mention]:
    """Return the purpose words of a text, the longest of those that overlap.

    Args:
        text: as it stands in the document.
    """
    even = squeeze(text)
    words, automaton = _automaton()
    found: list[Mention] = []
    for number, start, end in automaton.find_matches_as_indexes(even.text):
        word = words[number]
        if word.isascii() and not _is_word(even.text, start, end):
            continue
        key, certainty = load_cues()[word]
        found.append(Mention(*even.span(start, end), "purpose", key, certainty))
    return found


@cache
def _automaton() -> tuple[list[str], AhoCorasick]:
    words = list(load_cues())
    return words, AhoCorasick(
        words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )


def _is_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not _latin(before) and not (_latin(after) and after != "s")


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()
