from __future__ import annotations

import sys

import pytest

from hongxian.info.mobile_regions import load_mobile_regions


@pytest.mark.parametrize(
    ("number", "province", "city"),
    [
        (13000000000, "山东省", "济南市"), (13000010000, "江苏省", "常州市"),
        (13911111111, "北京", "北京市"), (10086, "", ""), (19999999999999, "", ""),
    ],
)  # fmt: skip
def test_a_number_tells_where_it_was_issued(number: int, province: str, city: str) -> None:
    table = load_mobile_regions()
    assert table.names[table.region(number)] == (province, city)


def test_the_table_names_its_source_and_covers_the_country() -> None:
    table = load_mobile_regions()
    assert "libphonenumber" in table.source
    assert table.confidence == "C"
    assert len({province for province, _ in table.names}) == 32
    assert sum(1 for region in table.segments if region) > 300_000
    assert max(table.segments) == len(table.names) - 1


def test_it_reads_the_same_on_machines_of_the_other_byte_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = load_mobile_regions().segments[0]
    monkeypatch.setattr(sys, "byteorder", "big")
    other = load_mobile_regions.__wrapped__().segments[0]
    assert other == int.from_bytes(first.to_bytes(2, "little"), "big")
