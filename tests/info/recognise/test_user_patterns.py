from __future__ import annotations

import re
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.errors import HongxianError
from hongxian.info.recognise.user_patterns import UserPattern, UserPatterns

STAFF = UserPattern(name="staff", info="eduwork.employer", pattern=r"EMP-[0-9]{4,6}")
WORDS = UserPattern(name="project", keywords=("北极星", "polaris", "c++"))


def buffer(rows: list[str]) -> tuple[bytes, np.ndarray]:
    raw = [row.encode("utf-8", "surrogatepass") for row in rows]
    return b"".join(raw), np.cumsum([0, *map(len, raw)])


def found(patterns: UserPatterns, rows: list[str]) -> list[tuple[int, str, int]]:
    data, offsets = buffer(rows)
    return [
        (int(hit["row"]), data[hit["start"] : hit["end"]].decode(), int(hit["pattern"]))
        for hit in patterns.scan(data, offsets)
    ]


def test_patterns_and_keywords_are_found_in_their_rows() -> None:
    rows = ["工号EMP-123456。", "", "北极星 Polaris polarised EMP-12345", "c++, EMP-1"]
    assert found(UserPatterns([STAFF, WORDS]), rows) == [
        (0, "EMP-123456", 0),
        (2, "北极星", 1),
        (2, "Polaris", 1),
        (2, "EMP-12345", 0),
        (3, "c++", 1),
    ]


@given(st.lists(st.text("EMP-0123 \n", max_size=14), max_size=6))
def test_it_finds_what_python_finds(rows: list[str]) -> None:
    expected = [
        (number, match.group(), 0)
        for number, row in enumerate(rows)
        for match in re.finditer(STAFF.pattern, row)
    ]
    assert found(UserPatterns([STAFF]), rows) == expected


def test_what_reaches_over_the_edge_of_a_row_is_no_hit() -> None:
    assert found(UserPatterns([UserPattern(name="x", pattern=r"a\s*b")]), ["a", "b", "a b"]) == [
        (2, "a b", 0)
    ]


def test_bytes_that_are_no_text_shift_nothing() -> None:
    data = b"\xff\xfe EMP-1234 \xe5\x8c"
    (hit,) = UserPatterns([STAFF]).scan(data, np.array([0, len(data)]))
    assert data[hit["start"] : hit["end"]] == b"EMP-1234"


def test_a_part_of_a_buffer_and_no_rows_at_all_are_read() -> None:
    patterns = UserPatterns([STAFF])
    (hit,) = patterns.scan(b"xxEMP-1234", np.array([2, 10]))
    assert (hit["start"], hit["end"]) == (2, 10)
    assert len(patterns.scan(b"", np.array([0]))) == 0


def test_a_wrong_pattern_is_named() -> None:
    with pytest.raises(HongxianError, match="broken"):
        UserPatterns([STAFF, UserPattern(name="broken", pattern="(a")])
    with pytest.raises(HongxianError, match="empty"):
        UserPatterns([UserPattern(name="empty")])


def test_without_vectorscan_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hyperscan", None)
    with pytest.raises(HongxianError, match=r"hongxian\[patterns\]"):
        UserPatterns([STAFF])
