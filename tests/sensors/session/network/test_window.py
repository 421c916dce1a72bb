from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network import window as module
from hongxian.sensors.session.network.window import (
    CutError,
    DamageError,
    LongError,
    Recoded,
    Window,
)


class Slow(io.BytesIO):
    """Gives a few bytes at a time, as a decompressing stream may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(3, size or 0))


def seen(data: bytes) -> Window:
    return Window(Slow(data))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
)


@given(JSON, st.booleans())
def test_a_value_is_passed_to_its_end_and_no_further(value, plain) -> None:
    data = json.dumps(value, ensure_ascii=plain).encode()
    window = seen(b" " + data + b" ,7")
    assert window.value(1 << 20) == data
    assert window.peek() == ord(",")
    window = seen(data + b",")
    window.skip()
    assert window.peek() == ord(",")


def test_a_value_longer_than_memory_is_passed_without_being_held(monkeypatch) -> None:
    monkeypatch.setattr(module, "CHUNK", 1 << 10)
    body = rb"\"}\\" * 100_000
    window = Window(io.BytesIO(b'{"a": ["' + body + b'", {"b": "' + body + b'"}]}, 1'))
    held = []
    more = window.more

    def counted() -> bool:
        held.append(len(window.data))
        return more()

    monkeypatch.setattr(window, "more", counted)
    window.skip()
    assert window.peek() == ord(",")
    assert max(held) < 8 << 10


def test_a_value_that_is_too_long_stays_ahead() -> None:
    window = seen(b'["' + b"a" * 50 + b'"], 2')
    with pytest.raises(LongError):
        window.value(20)
    assert window.peek() == ord("[")
    window.skip()
    window.take(b",")
    assert window.value(9) == b"2"


@pytest.mark.parametrize("data", [b'{"a": 1', b'"abc', b'["\\', b"[[]", b"", b"  "])
def test_the_end_inside_a_value_is_a_cut(data) -> None:
    with pytest.raises(CutError):
        seen(data).skip()
    with pytest.raises(CutError):
        seen(data).value(99)


def test_members_and_elements_are_given_one_by_one() -> None:
    window = seen(b'{"a" : 1, "b\\"": [true , {"x": 1}, "s",] } ')
    found = []
    for key in window.members():
        if window.peek() == ord("["):
            found.extend(window.value(99) for _ in window.elements())
        else:
            found.append((key, window.value(99)))
    assert found == [(b"a", b"1"), b"true", b'{"x": 1}', b'"s"']


def test_a_key_longer_than_any_is_empty_and_its_value_is_passed() -> None:
    window = seen(b'{"' + b"k" * 2_000 + b'": 1, "a": 2}')
    assert [(key, window.value(9)) for key in window.members()] == [(b"", b"1"), (b"a", b"2")]


@pytest.mark.parametrize("data", [b"{1}", b'{"a" 1}', b"[1}", b"{,", b"[:"])
def test_what_is_no_json_is_damage(data) -> None:
    window = seen(data)
    parts = window.members() if data[:1] == b"{" else window.elements()
    with pytest.raises((CutError, DamageError)):
        [window.skip() for _ in parts]


def test_a_value_that_is_missing_is_damage() -> None:
    with pytest.raises(DamageError):
        seen(b"}").value(9)
    with pytest.raises(DamageError):
        seen(b",").skip()


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_another_charset_comes_out_as_utf_8(charset) -> None:
    source = Recoded(Slow("红线 \U0001f600".encode(charset)), charset)
    found = b"".join(iter(lambda: source.read(3), b""))
    assert found.decode() == "红线 \U0001f600"
