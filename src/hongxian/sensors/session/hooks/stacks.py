"""Call stacks as tools write them down: to frames, from the innermost outward."""

from __future__ import annotations

import re
from functools import lru_cache

MOST_FRAMES = 256
"""Frames of one stack; the rest, far from the call, is left out."""
LONGEST_FRAME = 512
_BREAK = re.compile(r"[\r\n]+| <- ")
_FRAME = re.compile(r"(?:at\s+)?(?:[\w.@]+/)?([^\s()/:;,'\"]+\.[^\s()/:;,'\"]+)")


@lru_cache(maxsize=512)
def frames_of(text: str) -> tuple[str, ...]:
    """Return the frames of a stack: as Java prints it, or joined by arrows.

    What is no frame (the name of an exception, a mark between threads) is left out.
    """
    frames = (frame_of(line) for line in _BREAK.split(text)[: 2 * MOST_FRAMES])
    return tuple(frame for frame in frames if frame)[:MOST_FRAMES]


def frame_of(line: str) -> str | None:
    """Return ``package.Class.method`` of one line, without file and line number."""
    found = _FRAME.match(line.strip()[:LONGEST_FRAME])
    if not found or line.strip()[found.end() : found.end() + 1] not in ("", "("):
        return None
    return found.group(1)
