from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.escapes import variants


def last(text: str) -> tuple[tuple[str, ...], str]:
    return [*variants(text), ((), text)][0 if "%25" not in text else -2]


def test_escapes_are_undone() -> None:
    assert last(r"\u5f20\x41\101") == (("unicode",), "张AA")
    assert last("%u5F20") == (("unicode",), "张")
    assert last("&#49;&amp;&#x32;") == (("html",), "1&2")
    assert last("%31") == (("percent",), "1")
    assert last("%2531")[1] == "1"
    assert list(variants("plain")) == []
    assert last(r"\ud83d\ude00") == (("unicode",), "😀")


@given(st.text(alphabet="\\u%&#x;0123ad", max_size=60))
def test_any_text_is_taken(text: str) -> None:
    for how, plain in variants(text):
        assert how
        plain.encode("utf-8", "replace")
