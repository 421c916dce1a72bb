from __future__ import annotations

import struct

import pytest

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.listed import UNSEEN, hangs_on_values, listed


def array(*lengths: int) -> bytes:
    return struct.pack(">iiI", len(lengths), 0, 23) + b"".join(
        struct.pack(">ii", one, 1) for one in lengths
    )


def rest(*values: bytes | None, formats: tuple[int, ...] = ()) -> memoryview:
    head = struct.pack(">H", len(formats)) + b"".join(struct.pack(">H", one) for one in formats)
    parts = (
        struct.pack(">i", -1) if one is None else struct.pack(">i", len(one)) + one
        for one in values
    )
    return memoryview(head + struct.pack(">H", len(values)) + b"".join(parts) + b"\0\0")


@pytest.mark.parametrize(
    ("value", "form", "count"),
    [
        (b"{1,2,3}", 0, 3),
        (b"{}", 0, 1),
        (b"[0:1]={1,2}", 0, 2),
        (b"a,b,c", 0, 5),
        (b"", 0, 1),
        (None, 0, 1),
        (array(1200), 1, 1200),
        (array(30, 40), 1, 1200),
        (array(), 1, 1),
        (bytes(4), 1, 4),
        (b"\xff" * 40, 1, 40),
        (array(5)[:16], 1, 16),
    ],
)
def test_a_value_lists_so_many(value: bytes | None, form: int, count: int) -> None:
    assert listed(rest(value, formats=(form,))) == {1: count}


def test_each_value_has_its_form() -> None:
    assert listed(rest(b"{1,2}", array(7), formats=(0, 1))) == {1: 2, 2: 7}
    assert listed(rest(array(8), array(7), formats=(1,))) == {1: 8, 2: 7}
    assert listed(rest(b"{1,2}", None)) == {1: 2, 2: 1}
    assert listed(rest()) == {}


def test_what_is_not_there_yet_is_many() -> None:
    whole = rest(b"{1,2}", b"{1,2,3}")
    assert listed(whole[:-6]) == {1: 2, 2: UNSEEN}
    assert listed(whole[:9]) == {1: UNSEEN, 2: UNSEEN}
    assert listed(whole[:1])[1] == UNSEEN
    with pytest.raises(ProtocolError):
        listed(memoryview(b"\0\0\0\1" + struct.pack(">i", -2)))


@pytest.mark.parametrize(
    ("text", "hangs"),
    [
        (b"delete from t where a = any/**/($1)", True),
        (b"UPDATE t SET b = 1 WHERE a = SOME ($1)", True),
        (b"select * from t where a = any ($1)", False),
        (b"delete from t where a = $1", False),
        (b"delete from t where a = any ('{1}')", False),
    ],
)
def test_which_texts_hang_on_values(text: bytes, hangs: bool) -> None:
    assert hangs_on_values(text) is hangs
