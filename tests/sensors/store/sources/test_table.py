from __future__ import annotations

from tests.sensors.store.made import table_of


def test_a_table_is_named_by_its_file_and_its_own_name() -> None:
    assert table_of({"a": [1]}).place == "made: t"
    assert table_of({"a": [1]}, name="").place == "made"
