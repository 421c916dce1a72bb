from __future__ import annotations

from hongxian.info.types import load_types
from hongxian.info.value_counts import countable, enumerable, random_types


def test_lists_name_types_that_exist_and_do_not_meet() -> None:
    assert enumerable() | set(random_types()) <= set(load_types())
    assert not enumerable() & set(random_types())
    assert set(countable()) < enumerable()


def test_a_telephone_number_can_be_counted_and_a_name_guessed() -> None:
    assert countable()["basic.phone"] == 10
    assert "basic.name" in enumerable()
    assert "device.oaid" in random_types()
