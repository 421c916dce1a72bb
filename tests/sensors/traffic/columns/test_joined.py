from __future__ import annotations

import random

from tests.sensors.traffic.columns.logs import random_line

from hongxian.sensors.traffic.columns.joined import joined
from hongxian.sensors.traffic.columns.pages import Pages


def test_pages_add_up_to_the_page_of_all_their_lines() -> None:
    rng = random.Random(5)
    lines = [random_line(rng) for _ in range(300)]
    (whole,) = [Pages(b"s").page(lines)]
    made = Pages(b"s")
    page, found = joined(made.page(lines[at : at + 37]) for at in range(0, 300, 37))
    assert page[:5] == whole[:5]
    assert sorted(map(repr, page[5])) == sorted(map(repr, whole[5]))
    names = [place[:2] for place in whole[5]]
    assert found == [(one[0], names[one[1]], *one[2:]) for one in whole[-1]]
    mine = {(page[5][number][:2], *rest) for number, *rest in page[6]}
    assert mine == {(names[number], *rest) for number, *rest in whole[6]}


def test_nothing_adds_up_to_nothing() -> None:
    assert joined([]) == ((0, 0, 0, 0.0, 0.0, [], [], []), [])
