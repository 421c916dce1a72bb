from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.addresses.levels import Level
from hongxian.info.addresses.parts import find_parts
from hongxian.info.tagging.grams import code_points


def chances(tags: list[int], sure: float = 0.9) -> np.ndarray:
    out = np.full((len(tags), 23), (1 - sure) / 22, np.float32)
    out[range(len(tags)), tags] = sure
    return np.log(out)


def first(level: Level) -> int:
    return 2 * level + 1


def test_parts_begin_at_a_first_character_and_where_the_level_changes() -> None:
    tags = [
        0,
        first(Level.ROAD),
        first(Level.ROAD) + 1,
        first(Level.NUMBER),
        first(Level.NUMBER) + 1,
    ]
    tags += [first(Level.ROOM) + 1, 0, first(Level.ROAD), first(Level.ROAD)]
    found = find_parts(chances(tags), code_points("在某路5号2，甲乙"))
    assert [(s.start, s.end, Level(s.tag).name) for s in found] == [
        (1, 3, "ROAD"),
        (3, 5, "NUMBER"),
        (5, 6, "ROOM"),
        (7, 8, "ROAD"),
        (8, 9, "ROAD"),
    ]
    assert all(round(s.score, 2) == 1.0 for s in found)


def test_what_is_rather_outside_is_no_part() -> None:
    assert find_parts(chances([0, 0]), code_points("你好")) == []
    assert find_parts(np.zeros((0, 23), np.float32), code_points("")) == []


def test_a_row_end_is_never_part_of_an_address() -> None:
    found = find_parts(chances([first(Level.ROAD)] * 3), code_points("路\n路"))
    assert [(s.start, s.end) for s in found] == [(0, 1), (2, 3)]


@given(st.lists(st.integers(0, 22), max_size=40))
def test_any_tags_give_parts_in_order(tags) -> None:
    found = find_parts(chances(tags), code_points("路" * len(tags)))
    assert all(0 <= s.start < s.end <= len(tags) and 0 <= s.tag <= 10 for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert sum(s.end - s.start for s in found) == sum(tag > 0 for tag in tags)
