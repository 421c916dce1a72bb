from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.names.spans import FIRST, INNER, LAST, LONGEST, find_spans
from hongxian.info.tagging.grams import code_points

TAGS = {"O": 0, "F": FIRST, "I": INNER, "L": LAST, "X": 4}


def chances(tags: str, sure: float = 0.97) -> np.ndarray:
    out = np.full((len(tags), 7), (1 - sure) / 6, np.float32)
    for place, tag in enumerate(tags):
        out[place, TAGS[tag]] = sure
    return np.log(out)


def found(text: str, tags: str, least: float = 0.8) -> list[tuple[str, float]]:
    spans = find_spans(chances(tags), code_points(text), least)
    return [(text[s.start : s.end], round(s.score, 2)) for s in spans]


def test_a_name_reaches_from_its_first_to_its_last_character() -> None:
    assert found("说王建国好", "OFILO") == [("王建国", 0.97)]
    assert found("说王伟，李娜", "OFLOFL") == [("王伟", 0.97), ("李娜", 0.97)]


def test_a_foreign_name_holds_dots_and_an_initial() -> None:
    assert found("是科比·布莱恩特", "OFIIIIIL") == [("科比·布莱恩特", 0.97)]
    assert found("J·布莱恩特", "FIIIIL") == [("J·布莱恩特", 0.97)]


@pytest.mark.parametrize(
    ("text", "tags"),
    [("……", "FL"), ("王，伟", "FIL"), ("ab", "FL"), ("王\n伟", "FIL"), ("王伟", "XX"), ("王", "F")],
)
def test_signs_letters_and_other_names_are_no_names_of_people(text, tags) -> None:
    assert found(text, tags) == []


def test_what_is_not_sure_enough_is_left_out() -> None:
    spans = find_spans(chances("FL", 0.7), code_points("王伟"), 0.8)
    assert spans == []
    assert len(find_spans(chances("FL", 0.7), code_points("王伟"), 0.5)) == 1


def test_of_two_that_overlap_the_surer_one_stays() -> None:
    table = chances("FLO")
    table[1, FIRST], table[1, LAST], table[2, LAST] = np.log([0.4, 0.5, 0.9])
    spans = find_spans(table, code_points("王建国"), 0.3)
    assert [(s.start, s.end) for s in spans] == [(0, 2)]
    table[0, FIRST] = np.log(0.16)
    spans = find_spans(table, code_points("王建国"), 0.2)
    assert [(s.start, s.end) for s in spans] == [(1, 3)]


def test_no_name_is_longer_than_the_longest() -> None:
    text = "啊" * 40
    spans = find_spans(chances("F" + "I" * 38 + "L"), code_points(text), 0.1)
    assert all(span.end - span.start <= LONGEST for span in spans)


@given(st.text(alphabet="OFILX", max_size=40), st.floats(0.05, 0.9))
def test_any_tags_give_spans_in_order_that_do_not_overlap(tags, least) -> None:
    spans = find_spans(chances(tags), code_points("王" * len(tags)), least)
    assert all(0 <= s.start < s.end <= len(tags) and s.score >= least * 0.999 for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
