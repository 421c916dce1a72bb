from __future__ import annotations

import pytest

from hongxian.guards.mask.formats.markup import Markup, spliced


def made(*raw: str) -> Markup:
    return Markup(raw=list(raw))


def upper(kind: str, texts: list[str]) -> list[str]:
    return [one.upper() if kind == "line" else one for one in texts]


def test_tokens_of_one_text_are_changed_together_and_then_alone() -> None:
    seen: list[list[str]] = []

    def change(kind: str, texts: list[str]) -> list[str]:
        seen.append([kind, *texts])
        return [one.replace("ab", "XY") for one in texts]

    markup = made("a", "<i>", "b", "c")
    markup.grouped("line", [0, 2, 3])
    assert markup.changed(change) == "XY<i>c"
    assert seen == [["line", "abc"], ["line", "XY", "c"]]


def test_blank_texts_are_none() -> None:
    markup = made(" ", "\n")
    markup.grouped("line", [0, 1])
    markup.grouped("line", [])
    assert markup.groups == {}


def test_a_changed_text_is_written_as_markup_and_a_plain_one_as_it_is() -> None:
    markup = made("a&amp;", "b<")
    markup.texts[0] = "a&"
    markup.plain.add(1)
    for token in (0, 1):
        markup.grouped("line", [token])
    assert markup.changed(upper) == "A&amp;B<"


def test_values_of_attributes_are_texts_of_their_kind() -> None:
    markup = made("<a b='x' c=y d=\"&lt;z\" e f=''>")
    markup.tagged(0, lambda name, _: None if name == "c" else "line")
    assert [(one.name, one.text) for one in markup.values["line"]] == [("b", "x"), ("d", "<z")]
    assert markup.changed(upper) == '<a b="X" c=y d="&lt;Z" e f=\'\'>'


def test_bytes_that_are_no_characters_stay_in_a_text_that_does() -> None:
    markup = made("a\udcff", "b\udcff")
    markup.grouped("line", [0])
    markup.grouped("other", [1])
    assert markup.changed(upper) == "A?b\udcff"


@pytest.mark.parametrize(
    ("cuts", "text"), [([], "abcd"), ([(2, 3, "X"), (0, 1, "")], "bXd"), ([(4, 4, "e")], "abcde")]
)
def test_stretches_are_replaced(cuts: list[tuple[int, int, str]], text: str) -> None:
    assert spliced("abcd", cuts) == text
