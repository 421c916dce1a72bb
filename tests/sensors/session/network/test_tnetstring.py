from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.session.network.mitms import tnet

from hongxian.sensors.session.network import tnetstring as module
from hongxian.sensors.session.network.tnetstring import Netstrings, decode
from hongxian.sensors.session.network.window import CutError, DamageError, LongError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False)
    | st.text(max_size=9) | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
)  # fmt: skip


@given(st.lists(VALUES, max_size=4))
def test_what_was_written_is_read(values) -> None:
    strings = Netstrings(io.BytesIO(b"".join(map(tnet, values))))
    found = []
    while (data := strings.next()) is not None:
        found.append(decode(data))
    assert found == values


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_damaged(data) -> None:
    try:
        decode(data)
    except DamageError:
        return


@pytest.mark.parametrize(
    "data", [b"3:abc#", b"3:abc^", b"3:abc!", b"1:a~", b"1:a?", b"3:abc]", b"3:1:a]", b"4:9:a,]",
             b"6:0:~0:~}"],
)  # fmt: skip
def test_what_is_broken_is_damage(data) -> None:
    value = Netstrings(io.BytesIO(data)).next()
    assert value is not None
    with pytest.raises(DamageError):
        decode(value)


def test_names_are_text_whatever_they_were() -> None:
    value = Netstrings(io.BytesIO(tnet({b"a": 1, "b": 2}))).next()
    assert value is not None
    assert decode(value) == {"a": 1, "b": 2}


@pytest.mark.parametrize("data", [b"12", b"5:abc", b"5:hello", b"3"])
def test_the_end_inside_a_value_is_a_cut(data) -> None:
    with pytest.raises(CutError):
        Netstrings(io.BytesIO(data)).next()


@pytest.mark.parametrize("data", [b"a", b":", b"-1:a,", b"9999999999999999:a,", b"1a:"])
def test_no_length_is_damage(data) -> None:
    with pytest.raises(DamageError):
        Netstrings(io.BytesIO(data)).next()


def test_depth_and_number_have_bounds(monkeypatch) -> None:
    deep = None
    for _ in range(100):
        deep = [deep]
    value = Netstrings(io.BytesIO(tnet(deep))).next()
    assert value is not None
    with pytest.raises(DamageError):
        decode(value)
    monkeypatch.setattr(module, "MOST_VALUES", 10)
    value = Netstrings(io.BytesIO(tnet([None] * 11))).next()
    assert value is not None
    with pytest.raises(DamageError):
        decode(value)


def test_a_value_that_is_too_long_is_passed(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    strings = Netstrings(io.BytesIO(tnet(b"a" * 3_000_000) + tnet(b"b")))
    with pytest.raises(LongError):
        strings.next()
    assert strings.next() == b"b,"
    assert strings.next() is None
