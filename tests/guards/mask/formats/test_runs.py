from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.mask.formats.runs import spread


@pytest.mark.parametrize(
    ("runs", "new", "spreads"),
    [(["call ", "138", "1234", "5678", " now"], "call 138****5678 now",
      ["call ", "138", "****", "5678", " now"]),
     (["a13", "8b"], "aXb", ["aX", "b"]), (["a", "b"], "", ["", ""]), ([], "", []),
     (["", ""], "new", ["new", ""]), (["ab"], "abc", ["abc"])],
    ids=["in the middle", "across", "gone", "none", "empty", "longer"],
)  # fmt: skip
def test_what_stayed_stays_in_its_run(runs: list[str], new: str, spreads: list[str]) -> None:
    assert spread(runs, new) == spreads


@given(st.lists(st.text("ab1*", max_size=6), min_size=1), st.text("ab1*", max_size=30))
def test_the_runs_joined_are_the_new_text(runs: list[str], new: str) -> None:
    found = spread(runs, new)
    assert "".join(found) == new
    assert len(found) == len(runs)


def test_a_long_text_is_spread_too() -> None:
    runs = ["x" * 5_000, "13812345678", "y" * 5_000]
    assert spread(runs, "".join(runs).replace("1234", "****")) == [
        runs[0], "138****5678", runs[2],
    ]  # fmt: skip
