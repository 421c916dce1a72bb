"""From the chances of tags to the parts of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hongxian.info.tagging import Span

if TYPE_CHECKING:
    from hongxian.info.tagging.grams import Codes
    from hongxian.info.tagging.network import Floats

_LEAST = np.log(np.float32(0.5))
"""A character belongs to an address when this is surpassed by all its tags together."""


def find_parts(log_chances: Floats, codes: Codes) -> list[Span]:
    """Return the parts of addresses, in order; the tag of each is its level.

    Args:
        log_chances: of the tags, for each position. 0 is no address; each level has two more, for
            its first character and for the others.
        codes: the code points of the text.
    """
    outside = log_chances[:, 0]
    inside = (outside < _LEAST) & (log_chances[:, 1:].max(axis=1) > outside - 3) & (codes != 10)
    places = np.nonzero(inside)[0]
    if not len(places):
        return []
    tags = log_chances[places, 1:].argmax(axis=1)
    levels, opens = tags // 2, tags % 2 == 0
    begins = opens.copy()
    begins[0] = True
    begins[1:] |= (np.diff(places) > 1) | (np.diff(levels) != 0)
    firsts = np.nonzero(begins)[0]
    ends = np.append(firsts[1:], len(places)) - 1
    sure = 1 - np.exp(outside[places])
    scores = np.add.reduceat(sure, firsts) / (ends - firsts + 1)
    found = zip(places[firsts], places[ends] + 1, scores, levels[firsts], strict=True)
    return [Span(int(start), int(end), float(s), int(level)) for start, end, s, level in found]
