from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.names.latin import ALONE, LIKELY, amid_chinese, given_names, latin_spans


def values(text: str) -> list[tuple[str, float]]:
    return [(text[span.start : span.end], span.score) for span in latin_spans(text)]


def test_a_given_name_with_a_surname_is_a_name() -> None:
    assert values("设计师David Miller说") == [("David Miller", LIKELY)]
    assert values("制作人DavidMiller说") == [("DavidMiller", LIKELY)]
    assert values("导演David R. Miller说") == [("David R. Miller", LIKELY)]


def test_a_given_name_alone_is_less_sure() -> None:
    assert values("同事David说") == [("David", ALONE)]


@pytest.mark.parametrize(
    "text", ["公测Beta版", "用Windows系统", "david", "DAVID", "@David", "David_1", "a.David", ""]
)
def test_words_handles_and_keys_are_no_names(text) -> None:
    assert values(text) == []


def test_the_list_of_given_names_holds_no_common_words() -> None:
    assert {"David", "Jennifer"} < given_names()
    assert not {"Will", "Hope", "China", "Paris"} & given_names()


@given(st.text(alphabet="DavidMiler .·A中", max_size=60))
def test_any_mixture_gives_spans_within_the_text(text) -> None:
    assert all(0 <= s.start < s.end <= len(text) for s in latin_spans(text))


@pytest.mark.parametrize(
    ("text", "amid"),
    [("同事David说", True), ("文/ David Miller", True), ("by David Miller", False)],
)
def test_names_count_where_chinese_stands_close(text, amid) -> None:
    (span,) = latin_spans(text)
    assert amid_chinese(text, span) is amid
