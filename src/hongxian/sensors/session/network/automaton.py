"""Finds all patterns in one pass over a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from hongxian.sensors.session.network.bounds import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.session.network.patterns import Pattern

_STEP = 1 << 20
_OVER = 4096
"""Large texts are read in steps that overlap by more than the longest pattern."""


class Automaton:
    """Two automata: one for what may stand in capitals or not, one for the exact rest."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """Take what to look for."""
        by_text: dict[bool, dict[bytes, list[Pattern]]] = {True: {}, False: {}}
        for pattern in patterns:
            if pattern.text and len(pattern.text) < _OVER:
                by_text[pattern.folded].setdefault(pattern.text, []).append(pattern)
        self._sides = [
            (folded, list(texts.values()), _built(list(texts)))
            for folded, texts in by_text.items()
            if texts
        ]

    def matches(self, text: bytes) -> Iterator[tuple[Pattern, int, int]]:
        """Yield the patterns that are in a text, with where they begin and end."""
        for begin in range(0, max(1, len(text)), _STEP):
            first = max(0, begin - _OVER)
            piece = text if len(text) <= _STEP else text[first : begin + _STEP + _OVER]
            for pattern, start, end in self._in_piece(piece):
                yield pattern, start + first, end + first

    def _in_piece(self, piece: bytes) -> Iterator[tuple[Pattern, int, int]]:
        for folded, patterns, machine in self._sides:
            read = piece.lower() if folded else piece
            for index, start, end in machine.find_matches_as_indexes(read, overlapping=True):
                for pattern in patterns[index]:
                    if holds(pattern, piece, start, end):
                        yield pattern, start, end + len(pattern.rest)


def _built(texts: list[bytes]) -> BytesAhoCorasick:
    return BytesAhoCorasick(
        texts, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
    )
