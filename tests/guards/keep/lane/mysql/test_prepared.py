from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql.prepared import Prepared, numbers_of, valued


def statement(parameters: int) -> Prepared:
    return Prepared("select ?", frozenset(), parameters, 1, alters=False, defines=False)


def execution(types: list[int], *, bound: int = 1) -> bytes:
    told = b"".join(bytes([one, 0]) for one in types) if bound else b""
    return b"\x17" + bytes(9) + bytes((len(types) + 7) // 8) + bytes([bound]) + told


def test_types_tell_which_values_are_numbers() -> None:
    one = statement(3)
    assert numbers_of(one, execution([0x03, 0xFD, 0xF6])) == {0, 2}
    one.numbers = frozenset({1})
    assert numbers_of(one, execution([0, 0, 0], bound=0)) == {1}
    assert numbers_of(statement(0), b"\x17" + bytes(9)) == frozenset()
    assert numbers_of(statement(9), execution([0x0F] * 9)) == frozenset()


@pytest.mark.parametrize(
    "body",
    [b"\x17", execution([3, 3], bound=0), execution([3, 3], bound=2), execution([3, 3])[:-1]],
)
def test_what_is_no_execution_ends_the_session(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        numbers_of(statement(2), body)


def test_a_number_stands_where_a_number_is_bound() -> None:
    modes = frozenset[str]()
    text = "update t set a = ? where b = ? and c = '?' -- ?"
    assert valued(text, modes, frozenset()) == text
    assert valued(text, modes, frozenset({1})) == "update t set a = ? where b = 0 and c = '?' -- ?"
    assert valued(text, modes, frozenset({5})) == "update t set a = 0 where b = 0 and c = '?' -- ?"
    hidden = "select ? /*! , ? */"
    assert valued(hidden, modes, frozenset({0})) == "select 0 /*! , 0 */"
    assert valued("select '", modes, frozenset({0})) == "select '"


@given(st.binary(max_size=40), st.integers(0, 20))
def test_any_bytes_are_read_or_end_the_session(body: bytes, parameters: int) -> None:
    try:
        found = numbers_of(statement(parameters), body)
    except ProtocolError:
        return
    assert all(0 <= one < parameters for one in found)
