from __future__ import annotations

import struct

import numpy as np
import pytest

from hongxian.errors import ArtefactError
from hongxian.sensors.app.dex.classes import among, distinct, read_definitions, spread
from hongxian.sensors.app.dex.tables import read_dex


def one_class_data(dex: bytes) -> tuple[int, int]:
    """Return the offset of the field that points to the first class data, and where it points."""
    count, classes = struct.unpack_from("<II", dex, 0x60)
    for number in range(count):
        at = classes + 32 * number + 24
        (data,) = struct.unpack_from("<I", dex, at)
        if data:
            return at, data
    raise AssertionError


def test_methods_of_a_real_file(lantern_dex: bytes) -> None:
    (dex,) = read_dex(lantern_dex, "classes.dex")
    made = read_definitions(dex)
    names = {
        (dex.string(int(dex.types[row["owner"]])), dex.string(int(row["name"])))
        for row in dex.methods[made.method]
    }
    assert ("Lcn/hongxian/lantern/LanternApp;", "onCreate") in names
    assert made.code.size == made.method.size == made.access.size == made.virtual.size
    constructors = np.array([dex.string(int(r["name"])) == "<init>" for r in dex.methods])
    assert not made.virtual[constructors[made.method]].any()


def test_no_classes_is_no_error(lantern_dex: bytes) -> None:
    empty = lantern_dex[:0x60] + struct.pack("<I", 0) + lantern_dex[0x64:]
    (dex,) = read_dex(empty, "classes.dex")
    assert read_definitions(dex).method.size == 0


@pytest.mark.parametrize(
    ("offset", "says"),
    [(2**31, "lies outside the file"), (-2, "is cut off|more members|points outside")],
)
def test_broken_class_data_is_one_line(lantern_dex: bytes, offset: int, says: str) -> None:
    at, _ = one_class_data(lantern_dex)
    broken = bytearray(lantern_dex)
    struct.pack_into("<I", broken, at, offset if offset > 0 else len(broken) + offset)
    (dex,) = read_dex(bytes(broken), "classes.dex")
    with pytest.raises(ArtefactError, match=says):
        read_definitions(dex)


def test_counts_that_no_class_can_have_are_refused(lantern_dex: bytes) -> None:
    _, data = one_class_data(lantern_dex)
    broken = bytearray(lantern_dex)
    broken[data : data + 5] = b"\xff\xff\xff\xff\x0f"
    (dex,) = read_dex(bytes(broken), "classes.dex")
    with pytest.raises(ArtefactError, match="class_data"):
        read_definitions(dex)


def test_spread() -> None:
    assert spread(np.array([2, 0, 3])).tolist() == [0, 1, 0, 1, 2]
    assert spread(np.array([], dtype=np.int64)).tolist() == []


def test_each_value_stands_once_in_order_and_is_found_again() -> None:
    values = np.array([5 << 32 | 7, 3, 5 << 32 | 7, 3 << 32, 3], dtype=np.int64)
    known = distinct(values)
    assert known.tolist() == [3, 3 << 32, 5 << 32 | 7]
    assert among(np.array([3, 4, 5 << 32 | 7]), known).tolist() == [True, False, True]
    assert among(known, distinct(values[:0])).tolist() == [False] * 3
