from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.graphql import graphql_in


def test_arguments_that_are_written_out_are_found() -> None:
    text = 'mutation Save { user(phone: "13800138000", at: {lat: 39.9042}, n: "a\\"b") { id } }'
    assert list(graphql_in(text) or ()) == [
        ("phone", "13800138000"), ("lat", "39.9042"), ("n", 'a\\"b'),
    ]  # fmt: skip
    assert list(graphql_in('{ user(id: "7") { name } }') or ()) == [("id", "7")]


def test_other_texts_are_no_graphql() -> None:
    assert graphql_in("query Q($a: Int) { user(id: $a) { id } }") is None
    assert graphql_in('{"query": "x"}') is None


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    list(graphql_in("query {" + text) or ())
