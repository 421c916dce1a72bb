"""Sentences and clauses, as the lexicon's grammar needs them: by their punctuation alone."""

from __future__ import annotations

import re
from bisect import bisect_right

_SENTENCE = re.compile(r"[。；;！!？?\n]|\.(?=\s|$)")
_CLAUSE = re.compile(r"[。；;！!？?\n，,：:]|\.(?=\s|$)")


class Breaks:
    """Where the sentences or clauses of a text end."""

    def __init__(self, text: str, *, clauses: bool = False) -> None:
        """Find the ends."""
        ends = _CLAUSE if clauses else _SENTENCE
        self._ends = [-1, *(end.start() for end in ends.finditer(text)), len(text)]

    def around(self, place: int) -> tuple[int, int]:
        """Return start and end of the stretch that a place lies in."""
        number = bisect_right(self._ends, place - 1)
        return self._ends[number - 1] + 1, self._ends[number] if number < len(self._ends) else place
