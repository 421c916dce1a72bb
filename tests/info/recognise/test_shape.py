from __future__ import annotations

import pytest

from hongxian.info.recognise.shape import Bytes, Choice, PatternError, Repeat, parse


def test_a_class_of_ascii_is_one_byte() -> None:
    assert parse("[a-c_]").parts == (Bytes(frozenset(b"abc_")),)


def test_a_class_with_chinese_characters_is_a_choice_of_byte_chains() -> None:
    choice = parse("[京A]").parts[0]
    assert isinstance(choice, Choice)
    assert len(choice.parts) == 2


@pytest.mark.parametrize(
    ("pattern", "least", "most"),
    [("a?", 0, 1), ("a*", 0, None), ("a+", 1, None), ("a{2}", 2, 2), ("a{2,}", 2, None),
     ("a{2,5}", 2, 5)],
)  # fmt: skip
def test_repeats_say_how_often(pattern: str, least: int, most: int | None) -> None:
    repeat = parse(pattern).parts[0]
    assert isinstance(repeat, Repeat)
    assert (repeat.least, repeat.most) == (least, most)


@pytest.mark.parametrize(
    "pattern", ["(a", "a)", "[a", "[]", "*a", "a{x}", "a{2", "^a", "a$", "a.b", "\\", "(", "a{,3}"]
)
def test_a_pattern_of_another_kind_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        parse(pattern)
