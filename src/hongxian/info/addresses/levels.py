"""What the parts of an address are, from the widest to the narrowest."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Level(IntEnum):
    """The level of a part; a higher number is a smaller place."""

    PROVINCE = 0
    CITY = 1
    DISTRICT = 2
    TOWN = 3
    """A town, a township or a subdistrict."""
    VILLAGE = 4
    """A village, a residential community or a development zone."""
    ROAD = 5
    NUMBER = 6
    """Of a house or a lane."""
    PLACE = 7
    """An estate, a building with a name, a company, a shop; also what stands near it."""
    BUILDING = 8
    """The number of a building within an estate, with its unit."""
    FLOOR = 9
    ROOM = 10


class Part(NamedTuple):
    """A part of an address, by its place in the text."""

    level: Level
    start: int
    end: int
