from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.forms import (
    cookies,
    form_in,
    pairs,
    query_in,
    segments,
    undone,
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,9}", fullmatch=True), st.text(min_size=1)))
def test_whatever_a_form_carries_comes_out(data: dict[str, str]) -> None:
    expected = {k: v for k, v in data.items() if v.isprintable()}
    assert dict(pairs(urlencode(expected))) == expected


def test_percent_encoding_is_undone_in_other_charsets_too() -> None:
    assert undone(quote("张三丰".encode("gb2312"))) == "张三丰"
    assert undone("%FF%00") == "%FF%00"
    assert undone("a+b%20c") == "a+b c"


def test_names_in_brackets_become_paths() -> None:
    assert list(pairs("user[phone]=1&ids[]=2&list[0][mac]=3;4")) == [
        ("user.phone", "1"), ("ids[]", "2"), ("list[0].mac", "3;4"),
    ]  # fmt: skip
    assert list(pairs("a=1;b=2")) == [("a", "1"), ("b", "2")]
    assert list(pairs("&&flag&=x")) == [("flag", ""), ("", "x")]


@pytest.mark.parametrize(
    "text", ["YWJjZA==", "{a=1}", "a = 1", "no pairs", "x", "1=1=1 or", "a&b&c&d=1"]
)
def test_other_texts_are_no_forms(text: str) -> None:
    assert form_in(text) is None


def test_a_form_is_known_by_its_looks() -> None:
    assert dict(form_in("imei=867400020316620&v=2\n") or ()) == {
        "imei": "867400020316620",
        "v": "2",
    }


def test_the_query_of_an_address_in_a_value_is_read() -> None:
    assert dict(query_in("https://a.example/b?mac=1#x=2") or ()) == {"mac": "1", "x": "2"}
    assert dict(query_in("/go/to?mac=1") or ()) == {"mac": "1"}
    assert query_in("https://a.example/b") is None
    assert query_in("what? a=1") is None


def test_segments_of_a_path_are_named_by_the_one_before() -> None:
    assert list(segments("/v1/phone/138%30//x")) == [
        ("[0]", "v1"), ("v1[1]", "phone"), ("phone[2]", "1380"), ("[4]", "x"),
    ]  # fmt: skip


def test_cookies_are_pairs() -> None:
    assert list(cookies('uid="a%40b"; Secure; t=1')) == [("uid", "a@b"), ("t", "1")]


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    list(pairs(text))
    list(segments(text))
    list(cookies(text))
    list((text and form_in(text)) or ())
    list(query_in(text) or ())
