from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.vault.postgresql.wal import (
    SIZE,
    gaps,
    number,
    position_of,
    segment_of,
    timeline,
)


@pytest.mark.parametrize(
    ("position", "line", "name"),
    [("0/0", 1, "000000010000000000000000"), ("0/2000028", 1, "000000010000000000000002"),
     ("0/FFFFFFFF", 1, "0000000100000000000000FF"), ("16/B374D848", 2, "0000000200000016000000B3")],
)  # fmt: skip
def test_names_are_those_of_postgresql(position: str, line: int, name: str) -> None:
    assert segment_of(position_of(position), line) == name
    assert timeline(name) == line
    assert number(name) == position_of(position) // SIZE


@given(st.integers(0, 2**63 - 1), st.sampled_from([1 << 20, 1 << 24, 1 << 30]))
def test_a_position_lies_in_its_segment(position: int, size: int) -> None:
    assert number(segment_of(position, 1, size), size) == position // size


def test_gaps_are_found_timeline_by_timeline() -> None:
    names = ["0000000100000000000000FE", "0000000100000000000000FF", "000000010000000100000000",
             "000000010000000100000003", "000000020000000100000007"]  # fmt: skip
    assert list(gaps(names)) == ["000000010000000100000001"]
    assert list(gaps([])) == []


@pytest.mark.parametrize("text", ["", "0", "x/y", "1/2/3"])
def test_what_is_no_position_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        position_of(text)
