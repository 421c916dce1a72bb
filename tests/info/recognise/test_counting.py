"""That counting gives what the hits give stands in ``test_kernel.py``, where texts are read."""

from __future__ import annotations

from array import array
from typing import Any

import pytest

from hongxian.info.recognise import fast
from hongxian.info.recognise.counting import FIELDS, SUMS
from hongxian.info.recognise.tables import load_tables


@pytest.mark.parametrize(
    ("offsets", "size", "fits"),
    [
        ([], 0, True),
        ([0], 0, True),
        ([0, 0, 3], 3, True),
        ([1, 2], 5, True),
        ([0, 4], 3, False),
        ([-1, 2], 3, False),
        ([0, 2, 1], 3, False),
    ],
)
def test_offsets_fit_or_do_not(plain: Any, offsets: list[int], size: int, *, fits: bool) -> None:
    for kind in (fast.Kernel, plain.kernel.Kernel):
        one = kind(load_tables(), array("q", bytes(8 * FIELDS)))
        assert bool(one.fits(array("q", offsets), size)) is fits


def test_each_row_counts_once_and_as_often_as_it_stands(plain: Any) -> None:
    out = array("q", bytes(8 * FIELDS * 4))
    one = plain.counting.Counting(load_tables(), out)
    sums = array("q", bytes(8 * SUMS * 2))
    one.into(array("i", [1, 0]), array("q", [10, 100]), sums)
    one.write(0, 5, 0, 1)
    one.write(6, 9, 0, 2)
    one.row = 1
    one.write(11, 19, 1, 2)
    one.gather(array("q", [0, 10, 20]))
    assert list(sums) == [100, 0, 100, 2, 0, 2, 10, 10, 0, 1, 1, 0]
