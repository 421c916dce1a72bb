import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.json_ import json_in, leaves

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def read(text: str) -> list[tuple[str, str | bytes]]:
    return list(json_in(text) or ())


def test_leaves_are_named_by_their_path_and_figures_stay_as_written() -> None:
    text = '{"user": {"phone": 13800138000, "lat": 39.904200}, "ids": ["a", [true, null, ""]]}'
    assert read(text) == [
        ("user.phone", "13800138000"), ("user.lat", "39.904200"), ("ids[0]", "a"),
        ("ids[1][0]", "True"),
    ]  # fmt: skip


def test_a_doubled_name_hides_nothing() -> None:
    assert read('{"a": "1", "a": "2"}') == [("a", "1"), ("a", "2")]


@pytest.mark.parametrize(
    "text", ['cb_1.x({"a":"1"});', ")]}'\n" + '{"a":"1"}', 'while(1);{"a":"1"}', '\ufeff{"a":"1"}']
)
def test_what_stands_around_json_does_not_matter(text: str) -> None:
    assert read(text) == [("a", "1")]


def test_json_lines_are_read_one_by_one() -> None:
    assert read('{"a": "1"}\n\n{"b": "2"}\n') == [("[0].a", "1"), ("[1].b", "2")]
    assert read('{"a": "1"}\n{"b": "2') == [("a", "1"), ("b", "2")]


def test_cut_json_gives_what_can_be_seen() -> None:
    assert read('{"x": {"imei": "8674\\u0030", "n": -1.5e3, "name": "张') == [
        ("imei", "86740"), ("n", "-1.5e3"), ("name", "张"),
    ]  # fmt: skip


def test_json_that_is_too_deep_is_salvaged() -> None:
    assert read('[{"a":"1"},' + "[" * 200_000) == [("a", "1")]


def test_other_text_is_no_json() -> None:
    assert json_in("13800138000") is None
    assert json_in("{nothing here}") is None
    assert json_in("") is None


def test_python_data_is_taken_too() -> None:
    assert list(leaves({"a": [1, b"x"]})) == [("a[0]", "1"), ("a[1]", b"x")]


@given(JSON)
def test_every_text_in_json_comes_out(data: object) -> None:
    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for item in value.values() for text in texts(item)]
        if isinstance(value, list):
            return [text for item in value for text in texts(item)]
        return [value] if isinstance(value, str) and value else []

    found = [value for _, value in read(json.dumps([data]))]
    assert [value for value in texts(data) if value not in found] == []


@pytest.mark.parametrize("piece", ['"a":"', '"a":"\\', '"a\\"', '{"', "[", '"', "{}\n", '"a":1'])
def test_text_made_to_be_slow_is_passed_once(piece: str) -> None:
    text = "{" + piece * (1_000_000 // len(piece))
    found = read(text)  # to try each place anew would take days
    assert sum(len(value) for _, value in found) <= len(text)


@given(st.text(max_size=100), st.sampled_from(["{", "[", '"', "a({", '{"a":', "{}\n"]))
def test_any_text_behind_an_opening_is_taken(text: str, opening: str) -> None:
    read(opening + text)
