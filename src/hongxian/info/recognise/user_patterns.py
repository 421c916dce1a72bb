"""Patterns and keywords of users, searched by Vectorscan (extra ``patterns``).

Rows are joined with line feeds and searched at once; what reaches over the edge of a row is no hit.
Of matches that begin at one place the longest counts, and of those that overlap the first.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

SAME_LENGTH = "hongxian_same_length"
"""Error handler: bytes that are no UTF-8 become as many question marks."""
FIELDS = ("row", "start", "end", "pattern")


def _same_length(error: UnicodeError) -> tuple[str, int]:
    """Return as many question marks as there are wrong bytes."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "?" * (error.end - error.start), error.end


codecs.register_error(SAME_LENGTH, _same_length)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPattern:
    """What a user looks for: a regular expression, or words."""

    name: str
    info: str = ""
    """PI type that a hit means, if any."""
    pattern: str = ""
    keywords: tuple[str, ...] = ()
    """Found in any case; ASCII words as whole words."""

    def expression(self) -> str:
        """Return the regular expression of pattern and keywords."""
        parts = [f"(?:{self.pattern})"] if self.pattern else []
        return "|".join(parts + [_keyword(word) for word in self.keywords])


class UserPatterns:
    """Patterns, compiled once and searched in any number of buffers."""

    def __init__(self, patterns: Sequence[UserPattern]) -> None:
        """Compile the patterns.

        Raises:
            HongxianError: a pattern is wrong, or empty, or Vectorscan is not installed.
        """
        self.patterns = tuple(patterns)
        scan = _vectorscan()
        for one in self.patterns:  # one by one, so that the line names the wrong one
            self._compile(scan, [one])
        self.database = self._compile(scan, self.patterns)

    def _compile(self, scan: Any, patterns: Sequence[UserPattern]) -> Any:
        """Return the database of patterns."""
        flags = scan.HS_FLAG_SOM_LEFTMOST | scan.HS_FLAG_UTF8
        database = scan.Database(mode=scan.HS_MODE_BLOCK)
        try:
            database.compile(
                expressions=[one.expression().encode() for one in patterns],
                ids=list(range(len(patterns))),
                elements=len(patterns),
                flags=[flags | (scan.HS_FLAG_CASELESS if one.keywords else 0) for one in patterns],
            )
        except scan.error as problem:
            names = ", ".join(one.name for one in patterns)
            raise WordedError("bad_pattern", name=names, problem=problem) from problem
        return database

    def scan(self, data: Any, offsets: npt.NDArray[np.integer[Any]]) -> npt.NDArray[Any]:
        """Return the hits in a buffer of rows, like ``scan_buffer``.

        Returns:
            A structured array: ``row``, ``start`` and ``end`` (in bytes of the buffer) and
            ``pattern`` (its place), by start.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        rows = np.asarray(offsets, dtype=np.int64)
        kind = np.dtype([(name, np.int64) for name in FIELDS])
        if len(rows) < 2:
            return np.empty(0, dtype=kind)
        joined = _joined(data, rows)
        found: list[tuple[int, int, int]] = []
        self.database.scan(
            joined,
            match_event_handler=lambda number, start, end, *_: found.append((start, end, number)),
        )
        hits = np.array(found, dtype=np.int64).reshape(-1, 3)
        edges = rows - rows[0] + np.arange(len(rows))
        row = np.searchsorted(edges, hits[:, 0], side="right") - 1
        inside = (hits[:, 1] > hits[:, 0]) & (hits[:, 1] < edges[row + 1])
        hits, row = hits[inside], row[inside]
        out = np.empty(len(hits), dtype=kind)
        shift = rows[0] - row
        out["row"], out["pattern"] = row, hits[:, 2]
        out["start"], out["end"] = hits[:, 0] + shift, hits[:, 1] + shift
        return _longest(out)


def _keyword(word: str) -> str:
    """Return the expression of a keyword."""
    inner = re.sub(r"([^\w\s]|[ ])", r"\\\1", word)
    before = r"\b" if word[:1].isascii() and word[:1].isalnum() else ""
    after = r"\b" if word[-1:].isascii() and word[-1:].isalnum() else ""
    return f"{before}{inner}{after}"


def _vectorscan() -> Any:
    """Return the library.

    Raises:
        HongxianError: it is not installed.
    """
    try:
        import hyperscan  # noqa: PLC0415 - an extra
    except ImportError as problem:
        raise WordedError("no_patterns_extra") from problem
    return hyperscan


def _joined(data: Any, rows: npt.NDArray[np.int64]) -> bytes:
    """Return the rows with a line feed behind each, in UTF-8."""
    import numpy as np  # noqa: PLC0415 - heavy

    raw = np.frombuffer(data, dtype=np.uint8)[rows[0] : rows[-1]]
    joined = np.insert(raw, rows[1:] - rows[0], 10).tobytes()
    try:
        joined.decode()
    except UnicodeDecodeError:
        return joined.decode(errors=SAME_LENGTH).encode()
    return joined


def _longest(hits: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the longest hits of each place, without what overlaps one before it."""
    import numpy as np  # noqa: PLC0415 - heavy

    hits = hits[np.lexsort((hits["pattern"], -hits["end"], hits["start"]))]
    kept, edge = [], -1
    for place, (start, end) in enumerate(
        zip(hits["start"].tolist(), hits["end"].tolist(), strict=True)
    ):
        if start >= edge:
            kept.append(place)
            edge = end
    return hits[kept]
