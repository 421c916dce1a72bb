from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.reports.axis import BREAK, LULL, MOST_LULLS, make_axis

SECONDS = st.integers(0, 10**9).map(lambda milliseconds: milliseconds / 1000)
MOMENTS = st.lists(SECONDS, min_size=1, max_size=40)


@given(MOMENTS, st.lists(SECONDS, max_size=6))
def test_later_is_never_further_left_and_nothing_leaves_the_axis(
    times: list[float], borders: list[float]
) -> None:
    axis = make_axis(times, borders, 100, 900)
    places = [axis.x(at) for at in sorted(times)]
    assert places == sorted(places)
    assert all(99.9 <= x <= 900.1 for x in places)
    ends = [(one.left, one.right) for one in axis.stretches]
    assert ends[0][0] == pytest.approx(100)
    assert ends[-1][1] == pytest.approx(900)
    assert all(a[1] == pytest.approx(b[0]) for a, b in pairwise(ends))


@given(MOMENTS, SECONDS)
def test_ticks_are_round_apart_and_where_they_say(times: list[float], origin: float) -> None:
    axis = make_axis(times, [], 0, 800)
    ticks = axis.ticks(origin, 54)
    assert all(value * 2 == int(value * 2) for value, _ in ticks)
    assert all(axis.x(value + origin) == pytest.approx(x, abs=0.01) for value, x in ticks)
    places = [x for _, x in ticks]
    assert all(b - a >= 54 for a, b in pairwise(places))


def test_a_long_quiet_stretch_is_cut() -> None:
    axis = make_axis([0, 5, 3605, 3610], [], 0, 800)
    assert [one.quiet for one in axis.stretches] == [False, True, False]
    assert axis.stretches[1].right - axis.stretches[1].left == BREAK
    assert (axis.stretches[1].start, axis.stretches[1].end) == (5, 3605)


def test_of_many_quiet_stretches_only_the_longest_are_cut() -> None:
    axis = make_axis([n * (LULL + 5) for n in range(60)], [], 0, 800)
    assert sum(one.quiet for one in axis.stretches) == MOST_LULLS


def test_the_seconds_around_consent_keep_room_beside_an_hour() -> None:
    axis = make_axis([*range(10), *range(10, 3610)], [10], 0, 800)
    assert axis.x(10) - axis.x(0) > 150


def test_each_side_of_a_border_is_a_stretch_of_its_own() -> None:
    axis = make_axis([0, 1, 2, 3], [2], 0, 100)
    assert [axis.place(at) for at in (0, 1.99, 2, 3)] == [0, 0, 1, 1]
    assert axis.place(-5) == 0


def test_one_moment_stands_in_the_middle() -> None:
    axis = make_axis([7.0], [], 0, 100)
    assert axis.x(7.0) == 50
    assert axis.ticks(0, 10) == []


def test_where_not_even_a_day_fits_there_are_no_ticks() -> None:
    axis = make_axis([0, 400 * 86400], [100], 0, 60)
    assert axis.ticks(0, 54) == []
