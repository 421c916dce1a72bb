from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.exchange.finder import Finder, Found
from hongxian.info.recognise import Scanner, load_recognisers

SCANNER = Scanner()
ROWS = load_recognisers()


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def test_values_of_pi_types_are_found_with_their_edges(finder: Finder) -> None:
    data = '{"a":"13800138000","b":"电话 a@b.cn"}'.encode()
    assert [(data[start:end], info) for start, end, info in finder.find(data)] == [
        (b"13800138000", "basic.phone"), (b"a@b.cn", "basic.email")
    ]  # fmt: skip


def test_more_values_than_are_written_down_at_a_time_are_all_found(finder: Finder) -> None:
    data = b",".join(b"%d" % (13800138000 + n) for n in range(3_000))
    assert len(finder.find(data)) == 3_000


def test_what_is_no_pi_is_left_out(finder: Finder) -> None:
    data = b"sk_live_4eC39HqLyjWDarjtT1zdp7dc " * 2
    assert list(finder.find(data)) == []
    data += b"13800138000"
    assert list(finder.find(data)) == [(len(data) - 11, len(data), "basic.phone")]


@given(data=st.binary(max_size=300))
def test_it_finds_what_the_recognisers_find(finder: Finder, data: bytes) -> None:
    told = [
        (start, end, ROWS[one].info) for start, end, one in SCANNER.find(data)
        if not ROWS[one].silent and "." in ROWS[one].info
    ]  # fmt: skip
    assert [one for one in finder.find(data) if one not in told] == []


def test_values_told_one_by_one_are_kept_as_found_ones_are() -> None:
    hits = [(0, 1, "basic.name"), (2, 3, "basic.phone"), (4, 5, "basic.name")]
    found = Found.of(hits)
    assert (len(found), list(found), found.at(1)) == (3, hits, hits[1])
    assert found.given(b"a.b.a") == {"basic.name": {b"a"}, "basic.phone": {b"b"}}
