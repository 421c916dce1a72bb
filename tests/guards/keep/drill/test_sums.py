from __future__ import annotations

from hongxian.guards.keep.drill.sums import Seen, Sum, answer


def test_what_was_seen_comes_back_from_its_record() -> None:
    held = Seen({"orders": Sum(5, "123")}, {"q": "1|x"})
    assert Seen.of(held.record()) == held


def test_an_answer_has_a_line_for_each_row() -> None:
    assert answer([(1, "x"), (None, 2.5)]) == "1|x\nNone|2.5"
    assert answer([]) == ""
