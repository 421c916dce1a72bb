"""The files of the lane that are compiled together, and how they are told from any others."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LAYERS = (
    "guards.keep.lane.heads", "guards.keep.lane.tracking", "guards.keep.lane.shapes",
    "guards.keep.lane.front", "guards.keep.lane.back", "guards.keep.lane.course",
    "guards.keep.lane.ends",
)  # fmt: skip
"""Each before those that build on it."""
TYPES = "guards/keep/lane/compiled.pxd"
FORM = b"1"
"""Way in which they are put together; another one makes other modules of the same sources."""


def digest(package: Path) -> str:
    """Return what tells the sources of the layers from any others."""
    files = [f"{layer.replace('.', '/')}.py" for layer in LAYERS]
    raw = b"".join((package / file).read_bytes() for file in (*files, TYPES))
    return hashlib.sha256(FORM + raw).hexdigest()
