"""From the chances of tags to names: where one begins, where it ends, how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hongxian.info.tagging import Span, is_han

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hongxian.info.tagging.grams import Codes
    from hongxian.info.tagging.network import Floats

FIRST, INNER, LAST = 1, 2, 3
"""The tags of names. 0 is no name at all; those above are other proper names."""

LONGEST = 24
"""No name has more characters; a foreign one of three parts has about 15."""

DOTS = "·•・‧∙．"
"""What stands between the parts of a foreign name."""

_POSSIBLE = np.log(np.float32(0.15))
_INSIDE = np.log(np.float32(0.05))
_NEVER = np.float32(-30)


def find_spans(log_chances: Floats, codes: Codes, least: float) -> list[Span]:
    """Return the names that a text may hold, the surest where two overlap.

    Args:
        log_chances: of the tags, for each position.
        codes: the code points of the text.
        least: the lowest score that counts.
    """
    dots = np.isin(codes, np.array([ord(dot) for dot in DOTS], np.uint32))
    han = is_han(codes)
    first = np.where(han | _latin_initial(codes), log_chances[:, FIRST], _NEVER)
    inner = np.where(han | dots, log_chances[:, INNER], _NEVER)
    last = np.where(han, log_chances[:, LAST], _NEVER)
    starts = np.nonzero(first > _POSSIBLE)[0]
    lengths, scores = _best_ends(starts, first[starts], inner, last)
    sure = np.nonzero(scores >= np.log(np.float32(least)))[0]
    found = zip(starts[sure], lengths[sure], np.exp(scores[sure]), strict=True)
    return _without_overlaps([Span(int(s), int(s + n), float(score)) for s, n, score in found])


def _latin_initial(codes: Codes) -> NDArray[np.bool_]:
    """Return which characters are a capital before a dot, as in ``J·克里斯``."""
    following = np.zeros_like(codes)
    following[:-1] = codes[1:]
    initial: NDArray[np.bool_] = (codes >= ord("A")) & (codes <= ord("Z")) & (following == ord("·"))
    return initial


def _best_ends(
    starts: NDArray[np.intp], begun: Floats, inner: Floats, last: Floats
) -> tuple[NDArray[np.intp], Floats]:
    """Return for each start the length with the best score, and that score."""
    lengths = np.zeros(len(starts), np.intp)
    best = np.full(len(starts), _NEVER, np.float32)
    alive, total = np.arange(len(starts)), begun.copy()
    for length in range(2, LONGEST + 1):
        within = starts[alive] + length <= len(last)
        alive, total = alive[within], total[within]
        if not len(alive):
            break
        ends = starts[alive] + (length - 1)
        scores = (total + last[ends]) / np.float32(length)
        better = scores > best[alive]
        best[alive[better]], lengths[alive[better]] = scores[better], length
        total = total + inner[ends]
        goes_on = inner[ends] > _INSIDE
        alive, total = alive[goes_on], total[goes_on]
    return lengths, best


def _without_overlaps(spans: list[Span]) -> list[Span]:
    """Return the spans in order, of two that overlap the surer one."""
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            if span.score > kept[-1].score:
                kept[-1] = span
        else:
            kept.append(span)
    return kept
