from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.guards.keep.drill.marks import Mark, fault_of, keep_mark, marks
from hongxian.guards.keep.drill.sums import Seen, Sum


def test_marks_are_kept_once_and_in_order(tmp_path: Path) -> None:
    held = Seen({"`a`": Sum(1, "2")}, {"q": "7"})
    told = {"position": "log.000001:4", "exact": True, "seed": 5, "queries": {"q": "x"}}
    first, second = (
        Mark(number=one, at=at, seen=held, **told) for one, at in (("b", 1e9), ("a", 1.1e9))
    )
    for one in (second, first):
        keep_mark(one, tmp_path / "marks")
    assert marks(tmp_path / "marks") == [first, second]
    assert marks(tmp_path / "none") == []
    with pytest.raises(FileExistsError):
        keep_mark(first, tmp_path / "marks")


def test_what_a_server_said_is_told_without_values() -> None:
    assert fault_of(OSError("no\n  such 13812345678")) == "no such ***"
    assert fault_of(TimeoutError()) == "TimeoutError"
