from __future__ import annotations

from tests.reports.store.conftest import Made

from hongxian.reports.store.html import heat, heat_map, render


def test_the_page_stands_alone_and_shows_the_heat_map(made: Made) -> None:
    page = render(*made, "zh")
    assert "<script" not in page
    assert "http://" not in page
    assert '<table class="heat">' in page
    assert 'class="h1"' in page
    assert "u.csv.id_card" in page


def test_the_heat_map_has_a_row_per_table_and_the_heaviest_types_first(made: Made) -> None:
    infos, lines = heat_map(made[0].rows)
    assert {place for place, _ in lines} == {"u.csv", "app.log", "made: =t"}
    assert all(len(cells) == len(infos) for _, cells in lines)
    assert infos[0] == "basic.phone"


def test_shades_follow_the_threshold_of_a_grave_offence() -> None:
    assert [heat(one) for one in (0, 0.0001, 0.02, 0.2, 2, 20, 2e9)] == [0, 1, 2, 3, 4, 5, 5]
