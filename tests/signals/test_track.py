from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.signals.keys import Key
from hongxian.signals.track import DAY, Track, Window

SMALL = Window(10.0, 5)


def key(number: int) -> Key:
    return Key(value=number, cell=number // 16, region=number % 3)


def test_old_panes_fall_out_whole() -> None:
    track = Track(SMALL)
    for at in (0.0, 2.0, 4.0):
        track.at(at)
        track.add(key(int(at)))
    assert len(track.whole.numbers) == 3
    track.at(11.9)
    assert len(track.whole.numbers) == 2
    track.at(100.0)
    assert len(track.whole.numbers) == 0
    assert len(track.panes) == 1


def test_what_comes_late_counts_in_the_newest_pane() -> None:
    track = Track(SMALL)
    track.at(4.0)
    track.at(1.0)
    track.add(key(1))
    assert len(track.panes) == 1
    assert len(track.panes[-1].numbers) == 1


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(0, 99)), max_size=60))
@settings(deadline=None)
def test_the_whole_is_the_sum_of_its_panes(steps: list[tuple[float, int]]) -> None:
    track = Track(SMALL)
    for at, number in sorted(steps):
        track.at(at)
        track.add(key(number))
        track.told(1, 1, 0)
    assert len(track.panes) <= SMALL.panes
    kept = set().union(*(pane.numbers.dump() for pane in track.panes)) if track.panes else set()
    assert set(track.whole.numbers.dump()) == kept
    assert track.whole.hits == sum(pane.hits for pane in track.panes)
    assert Track.load(track.dump()).dump() == track.dump()


def test_a_group_counts_its_members_and_their_pairs() -> None:
    track = Track(DAY)
    track.at(0.0)
    track.join(7)
    track.join(8)
    track.pair(10, 4)
    assert len(track.whole.members) == 2
    assert track.whole.concentration == 0.4


def test_answers_are_counted_in_the_pane_and_in_the_whole() -> None:
    track = Track(Window(10.0, 2))
    for moment in (0.0, 6.0):
        track.at(moment)
        track.told(3, 5, 2)
        track.told(1, None, 1)
    assert (track.whole.asked, track.whole.hits, track.whole.records) == (6, 6, 6)
    assert track.panes[-1].hits == 3
