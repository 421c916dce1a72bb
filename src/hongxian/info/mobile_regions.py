"""Where mobile numbers were issued: province and city of each segment of seven digits.

The table is made by ``tools/mobile_regions.py`` from the metadata of libphonenumber (Apache-2.0).
A segment that it does not know may still be issued: the metadata lags behind the operators.
"""

from __future__ import annotations

import json
import lzma
import sys
from array import array
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class MobileRegions:
    """The table."""

    source: str
    confidence: str
    first: int
    """The first segment."""
    names: tuple[tuple[str, str], ...]
    """Province and city by number of the region; the first is the unknown one."""
    segments: array[int]
    """Number of the region of each segment."""

    def region(self, number: int) -> int:
        """Return the number of the region where a mobile number was issued; 0 when unknown."""
        place = number // 10_000 - self.first
        return self.segments[place] if 0 <= place < len(self.segments) else 0


@cache
def load_mobile_regions() -> MobileRegions:
    """Return the table, which is read once."""
    packed = (files("hongxian.info") / "data" / "mobile_regions.xz").read_bytes()
    head, _, rows = lzma.decompress(packed).partition(b"\n")
    told = json.loads(head)
    segments = array("H", rows)
    if sys.byteorder == "big":
        segments.byteswap()
    names = tuple((province, city) for province, city in told["regions"])
    return MobileRegions(told["source"], told["confidence"], told["first"], names, segments)
