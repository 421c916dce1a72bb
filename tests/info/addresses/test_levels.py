from __future__ import annotations

from hongxian.info.addresses import Level, Part


def test_levels_go_from_the_widest_to_the_narrowest() -> None:
    assert min(Level) is Level.PROVINCE
    assert Level.PROVINCE < Level.DISTRICT < Level.ROAD < Level.NUMBER < Level.ROOM


def test_a_part_is_a_level_and_a_place_in_the_text() -> None:
    assert Part(Level.ROAD, 3, 6) == (5, 3, 6)
