"""Sentences, as the lexicon's grammar needs them: by their punctuation alone."""

from __future__ import annotations

import re
from bisect import bisect_right

_SENTENCE = re.compile(r"[。；;！!？?\n]|\.(?=\s|$)")
_REACH = 240


class Breaks:
    """Where the sentences of a text end."""

    def __init__(self, text: str) -> None:
        """Find the ends."""
        self._ends = [-1, *(end.start() for end in _SENTENCE.finditer(text)), len(text)]

    def around(self, place: int) -> tuple[int, int]:
        """Return start and end of the stretch that a place lies in, no farther than it reaches.

        That bound keeps the work on a text without any punctuation in proportion to its length.
        """
        number = bisect_right(self._ends, place - 1)
        last = self._ends[number] if number < len(self._ends) else place
        return max(self._ends[number - 1] + 1, place - _REACH), min(last, place + _REACH)
