"""Tags many rows at once: joined, far enough apart that none sees another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hongxian.info.tagging.grams import WORD_LENGTHS, code_points, is_han

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from hongxian.info.tagging.grams import Codes
    from hongxian.info.tagging.network import Floats, Network

    Finder = Callable[[Floats, Codes], list["Span"]]

BATCH = 1 << 18
"""Characters that are tagged at once: the memory used does not grow with the rows."""

_NO_CHANCE = -30
_LOOK_BACK = 200


class Tagging(NamedTuple):
    """How rows are tagged."""

    network: Network
    find: Finder
    """Makes spans of the chances of the tags, in order, given the code points too."""
    beyond: int = 0
    """How far from any Chinese character a span may go, as numbers and Latin letters."""


class Span(NamedTuple):
    """A stretch of a row."""

    start: int
    end: int
    score: float
    tag: int = 0


def tag_rows(rows: Iterable[str], how: Tagging) -> Iterator[tuple[str, list[Span]]]:
    """Yield each row, of any length, and the spans in it."""
    batch: list[str] = []
    size = 0
    for row in rows:
        if len(row) > BATCH:
            yield from _tag_batch(batch, how)
            yield row, _tag_long(row, how)
            batch, size = [], 0
            continue
        batch.append(row)
        size += len(row) + how.network.reach
        if size >= BATCH:
            yield from _tag_batch(batch, how)
            batch, size = [], 0
    yield from _tag_batch(batch, how)


def _tag_batch(rows: list[str], how: Tagging) -> Iterator[tuple[str, list[Span]]]:
    # the words of the last character end in the gap, too
    apart = max(how.network.reach, max(WORD_LENGTHS) - 1)
    gap = "\n" * apart
    codes = code_points(gap + "".join(row + gap for row in rows))
    lengths = np.array([len(row) for row in rows], np.int64)
    begins = np.cumsum(lengths + apart) - lengths
    found: list[list[Span]] = [[] for _ in rows]
    spans = how.find(_log_chances(codes, how), codes)
    places = np.searchsorted(begins, [span.start for span in spans], side="right") - 1
    for place, span in zip(places.tolist(), spans, strict=True):
        found[place].append(_moved(span, -int(begins[place])))
    return zip(rows, found, strict=True)


def _tag_long(row: str, how: Tagging) -> list[Span]:
    """Return what a row longer than a batch holds, piece by piece."""
    spans: list[Span] = []
    begin = 0
    while begin < len(row):
        end = _piece_end(row, begin)
        for _, found in _tag_batch([row[begin:end]], how):
            spans += [_moved(span, begin) for span in found]
        begin = end
    return spans


def _piece_end(row: str, begin: int) -> int:
    """Return where to cut: behind a line or a sentence when one ends nearby."""
    end = begin + BATCH
    if end >= len(row):
        return len(row)
    for place in range(end, end - _LOOK_BACK, -1):
        if row[place - 1] in "\n。，；！？,;!? ":
            return place
    return end


def _moved(span: Span, by: int) -> Span:
    return span._replace(start=span.start + by, end=span.end + by)


def _log_chances(codes: Codes, how: Tagging) -> Floats:
    """Return the chances of the tags; far from any Chinese character nothing is computed."""
    wanted = _widened(is_han(codes), how.beyond)
    chances = np.full((len(codes), how.network.tags), _NO_CHANCE, np.float32)
    chances[:, 0] = 0
    if wanted.any():
        near = _widened(wanted, how.network.reach)
        # what is near but not wanted was computed without its whole neighbourhood
        chances[wanted] = how.network.log_chances(codes, near)[wanted[near]]
    return chances


def _widened(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Return which positions are no farther than this from one in the mask."""
    counts = np.concatenate(([0], np.cumsum(mask, dtype=np.int64)))
    places = np.arange(len(mask))
    low = np.maximum(places - by, 0)
    high = np.minimum(places + by + 1, len(mask))
    near: NDArray[np.bool_] = counts[high] > counts[low]
    return near
