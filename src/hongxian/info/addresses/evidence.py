"""Which parts make an address together: a place alone, or an authority's name, is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.info.addresses.levels import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.info.addresses.levels import Part

REGIONS = frozenset({Level.PROVINCE, Level.CITY, Level.DISTRICT})
_SETTLEMENTS = frozenset({Level.TOWN, Level.VILLAGE})
_DOORS = frozenset({Level.NUMBER, Level.BUILDING, Level.FLOOR, Level.ROOM})

_ROAD = re.compile(r"(?:路|街|大道|巷|弄|里|胡同|公路|国道|省道|道|坊|线)$|口$|处$")
_UNIT = re.compile(r"[\d一二三四五六七八九十A-Za-z](?:号楼?|[栋幢座室层楼房]|单元|#)")


def makes_address(text: str, parts: Sequence[Part]) -> bool:
    """Return whether parts that stand together lead to a place where someone can be found.

    Args:
        text: in which they stand.
        parts: in the order of the text.
    """
    levels = {part.level for part in parts}
    regions, settlements, doors = levels & REGIONS, levels & _SETTLEMENTS, levels & _DOORS
    if len(regions) > 1 or (regions and (settlements or Level.ROAD in levels)):
        return True
    if _has_road(text, parts) and (doors or settlements or Level.PLACE in levels):
        return True
    if settlements and len(levels) > 1:
        return True
    return Level.PLACE in levels and _has_unit(text, parts)


def _has_road(text: str, parts: Sequence[Part]) -> bool:
    return any(
        part.level is Level.ROAD and _ROAD.search(text[part.start : part.end]) for part in parts
    )


def _has_unit(text: str, parts: Sequence[Part]) -> bool:
    """Return whether a number with its unit follows: ``3幢``, ``2单元``, ``501室``."""
    return any(part.level in _DOORS and _UNIT.search(text[part.start : part.end]) for part in parts)
