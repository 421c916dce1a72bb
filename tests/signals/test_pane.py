from __future__ import annotations

from hongxian.signals.keys import Keys
from hongxian.signals.observation import Identifier
from hongxian.signals.pane import Pane

KEYS = Keys(b"s")


def pane(*numbers: int) -> Pane:
    made = Pane()
    for number in numbers:
        made.add(KEYS.key(Identifier("basic.phone", str(number))))
    return made


def test_numbers_in_a_row_are_adjacent() -> None:
    first = 13_000_010_000
    assert pane(*range(first, first + 64)).adjacent == 60
    assert pane(first, first + 500, first + 1_000).adjacent == 0
    assert Pane().adjacent == 0


def test_concentration_is_the_share_of_pairs_from_one_region() -> None:
    jinan, changzhou = 13_000_000_001, 13_000_010_001
    made = pane(jinan, jinan + 1, changzhou)
    assert (made.pairs, made.alike) == (3, 1)
    assert made.concentration == 1 / 3
    assert Pane().concentration is None
    assert not made.add(KEYS.key(Identifier("basic.phone", str(jinan))))
    assert made.pairs == 3


def test_panes_add_up() -> None:
    one, two = pane(13_000_000_001), pane(13_000_000_002, 13_000_010_001)
    one.hits, two.hits = 1, 2
    one.merge(two)
    assert (len(one.numbers), one.pairs, one.alike, one.hits, one.hours) == (3, 3, 1, 3, 2)


def test_it_comes_back_from_plain_data() -> None:
    made = pane(13_000_000_001, 13_000_000_002)
    made.members.add(5)
    again = Pane.load(made.dump())
    assert again.dump() == made.dump()
