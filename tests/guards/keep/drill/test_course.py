from __future__ import annotations

import dataclasses
from pathlib import Path

from tests.guards.keep.vaults import store

from hongxian.guards.keep.drill.course import Course, differences
from hongxian.guards.keep.drill.marks import Mark
from hongxian.guards.keep.drill.sums import Seen, Sum

MARK = Mark(
    number="m", at=1.0, position="0/0", exact=True, seed=1, queries={"q": "x", "r": "y"},
    seen=Seen({"a": Sum(1, "1"), "b": Sum(2, "2"), "c": Sum(3, "3"), "d": Sum(4, "4")},
              {"q": "7", "r": "8"}),
)  # fmt: skip
BACK = Seen({"a": Sum(1, "1"), "b": Sum(2, "9"), "c": Sum(5, "3")}, {"q": "7", "r": "9"})


class Nothing(Course[str]):
    """A drill that brings nothing back."""

    def restore(self) -> None:
        self.base = None

    def replay(self) -> None:
        self.mark = self._told[-1]

    def look(self) -> None:
        self.checks += list(differences(self._told[-1], Seen({}, {})))

    def end(self) -> None:
        self.size = 0


def test_a_drill_begins_with_nothing(tmp_path: Path) -> None:
    mark = dataclasses.replace(MARK, queries={}, seen=Seen({"a": Sum(1, "1")}, {}))
    one = Nothing(store(tmp_path), "shop", tmp_path, [mark], None)
    assert (one.mark, one.checks, one.latest, one.looked, one.base, one.size) == (
        None, [], 0.0, 0.0, None, 0,
    )  # fmt: skip
    for step in (one.restore, one.replay, one.look, one.end):
        step()
    assert one.mark is mark
    assert [check.outcome for check in one.checks] == ["failed"]


def found(mark: Mark) -> dict[str, tuple[str, str, str]]:
    return {one.name: (one.what, one.outcome, one.told) for one in differences(mark, BACK)}


def test_what_came_back_is_held_against_what_was_there() -> None:
    assert found(MARK) == {
        "a": ("sum", "passed", "1"), "b": ("sum", "failed", "2"), "c": ("rows", "failed", "3 -> 5"),
        "d": ("table", "failed", "missing"), "q": ("query", "passed", ""),
        "r": ("query", "failed", ""),
    }  # fmt: skip


def test_a_mark_that_is_not_exact_proves_no_loss_but_of_tables() -> None:
    rough = found(dataclasses.replace(MARK, exact=False))
    assert [rough[name][1] for name in "abcdqr"] == [
        "passed", "unclear", "unclear", "failed", "passed", "unclear",
    ]  # fmt: skip
