"""Names of WAL segments, and what stands before and behind each.

As PostgreSQL's ``xlog_internal.h`` has them: 8 hexadecimal digits each of the timeline, the high
part and the number of the segment; a segment is 16 MB unless the cluster was made otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SIZE = 1 << 24
"""Bytes of a segment, by default."""

SEGMENT = re.compile(r"[0-9A-F]{24}")
PARTIAL = re.compile(r"[0-9A-F]{24}\.partial")
HISTORY = re.compile(r"[0-9A-F]{8}\.history")


def number(name: str, size: int = SIZE) -> int:
    """Return which segment it is, counted from 0 over all."""
    return int(name[8:16], 16) * (0x1_0000_0000 // size) + int(name[16:24], 16)


def timeline(name: str) -> int:
    """Return the timeline of a segment or a history."""
    return int(name[:8], 16)


def segment_of(position: int, line: int, size: int = SIZE) -> str:
    """Return the name of the segment that holds a position (LSN) of a timeline."""
    each = 0x1_0000_0000 // size
    count = position // size
    return f"{line:08X}{count // each:08X}{count % each:08X}"


def position_of(text: str) -> int:
    """Return the position of ``16/B374D848``.

    Raises:
        ValueError: it is none.
    """
    high, low = text.split("/")
    return (int(high, 16) << 32) + int(low, 16)


def gaps(names: Iterable[str], size: int = SIZE) -> Iterator[str]:
    """Yield the first missing segment of each gap, timeline by timeline.

    Args:
        names: of segments, in any order.
        size: bytes of one.
    """
    before: str | None = None
    for name in sorted(names):
        if before is not None and timeline(before) == timeline(name):
            missing = number(before, size) + 1
            if missing < number(name, size):
                yield segment_of(missing * size, timeline(name), size)
        before = name
