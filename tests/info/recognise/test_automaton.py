from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.recognise.automaton import Automaton, build
from hongxian.info.recognise.rows import load_recognisers

PIECES = ["a", "b", "[ab]", "[a-c-]", r"\d", "京", "[京沪]", "(a|bc)", "(ab)?", r"\."]
SHAPES = st.lists(
    st.tuples(
        st.sampled_from(PIECES), st.sampled_from(["", "?", "*", "+", "{2}", "{1,3}", "{2,}"])
    ),
    min_size=1,
    max_size=5,
).map(lambda parts: "".join(f"({piece}){repeat}" for piece, repeat in parts))
ALPHABET = st.text("abc-.0京沪1", max_size=12)


def ends(automaton: Automaton, text: bytes, group: int = 0) -> set[tuple[int, int]]:
    """Where which pattern ends, read from the beginning."""
    row = automaton.starts[group]
    found = set()
    for at in range(len(text) + 1):
        place = automaton.step[row + automaton.width]
        while automaton.ended[place] >= 0:
            found.add((automaton.ended[place], at))
            place += 1
        if at < len(text):
            row = automaton.step[row + automaton.classes[text[at]]]
            assert (row & 1) == (automaton.step[row + automaton.width] > 0)
    return found


@given(st.lists(SHAPES, min_size=1, max_size=3), ALPHABET)
def test_it_ends_where_the_regular_expressions_of_python_end(shapes: list[str], text: str) -> None:
    raw = text.encode()
    expected = {
        (number, end)
        for number, shape in enumerate(shapes)
        for end in range(len(raw) + 1)
        if re.fullmatch(shape.encode(), raw[:end])
    } if text.isascii() and all(shape.isascii() for shape in shapes) else {
        (number, len(text[:end].encode()))
        for number, shape in enumerate(shapes)
        for end in range(len(text) + 1)
        if re.fullmatch(shape, text[:end])
    }  # fmt: skip
    assert ends(build([list(enumerate(shapes))]), raw) == expected


@given(st.lists(SHAPES, min_size=1, max_size=3), st.text("a-01", max_size=4))
def test_leaps_lead_where_digits_of_any_value_lead(shapes: list[str], head: str) -> None:
    automaton = build([list(enumerate(shapes))])
    row = automaton.starts[0]

    def on(row: int, text: str) -> int:
        for byte in text.encode():
            row = automaton.step[row + automaton.classes[byte]]
        return row

    row = on(row, head)
    leap = automaton.step[row + automaton.width + 1]
    ways = {on(row, digits) for digits in ("0000", "0123", "9876", "5555", "1111")}
    assert leap == 0 or ways == {leap}


def test_digits_that_all_lead_on_are_leapt_over() -> None:
    automaton = build([[(0, r"1\d{6}a")]])
    first = automaton.step[automaton.starts[0] + automaton.classes[ord("1")]]
    assert automaton.step[first + automaton.width + 1]
    assert not automaton.step[automaton.starts[0] + automaton.width + 1]


@pytest.mark.parametrize("row", load_recognisers(), ids=lambda row: row.name)
def test_the_patterns_of_the_rows_mean_what_python_means_by_them(row: object) -> None:
    for pattern in (row.alone, row.named, row.wrong):
        if pattern:
            re.compile(pattern)
            automaton = build([[(0, pattern)]])
            assert not automaton.step[automaton.starts[0] + automaton.width], (
                "it matches nothing at all"
            )


def test_groups_have_starts_of_their_own() -> None:
    automaton = build([[(0, "ab")], [(1, "ab"), (2, "ac")], []])
    assert ends(automaton, b"ab", 0) == {(0, 2)}
    assert ends(automaton, b"ab", 1) == {(1, 2)}
    assert ends(automaton, b"ac", 1) == {(2, 2)}
    assert ends(automaton, b"ab", 2) == set()
