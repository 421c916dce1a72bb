from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hongxian.guards.keep.lane import fast, shapes
from hongxian.guards.keep.lane.shapes import LONGEST
from hongxian.guards.keep.statements.postgres.shape import shape

KINDS: list[Any] = [shapes.Shapes, getattr(fast.compiled(), "Shapes", shapes.Shapes)]
PARTS = [
    "'", '"', "$", "&", ".", "_", "-", "--", "+", "/", "*", "\\", "0", "9", "12", "a", "e", "E",
    "x", "B", " ", "\0", "\1", "\2", "@", "[", "`", "{", "1e+5", "0x1F", "$1", "é", "\n", "1.5e-3",
    "select ", " = ", "n'", "'it'", '"a b"', '"a&"', "''", "0o17.2", "1$", "$$", "(", ",", ";",
]  # fmt: skip


def told(text: str) -> bytes | None:
    found = shape(text)
    return found.encode("ascii") if found is not None and found.isascii() else None


@pytest.mark.parametrize("kind", KINDS, ids=["plain", "as it is here"])
def test_shapes_of_statements(kind: Any) -> None:
    one = kind()
    for text, found in {
        b"update t set a = a + -12 where b = 'x'": b"update t set a = a + -\1 where b = \0",
        b'select "it""s 1" from t1 where a=$1': b'select "it""s 1" from t1 where a=$1',
        b"select 1.5e-3, 0x1F, 1e5": b"select \1, \1, \1",
        b"select 1 -- no": None,
        b"select /* no */ 1": None,
        b"select e'\\n'": None,
        b"select e'a'": None,
        b"select $$no$$": None,
        b"select 'no": None,
        b'select U&"no"': None,
        b'select "it\'s"': None,
        b"select '" + b"x" * LONGEST + b"'": None,
        "select 'é', 名 = '张三'".encode(): None,
        "select 'é', b = '张三'".encode(): b"select \0, b = \0",
        "select '名'".encode("gbk"): None,
        "select 'é".encode(): None,
        b"": b"",
    }.items():
        assert (one.of(text), one.scanned(text)) == (found, found), text


@pytest.mark.parametrize("kind", KINDS, ids=["plain", "as it is here"])
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
@example("1e+5.5'x'")
def test_shapes_are_those_by_which_judgements_are_kept(kind: Any, text: str) -> None:
    one, raw = kind(), text.encode()
    assert (one.of(raw), one.scanned(raw)) == (told(text), told(text))


@given(st.text(st.characters(max_codepoint=0x7F)) | st.text(st.sampled_from("'é名$ 1a\"")))
def test_any_text(text: str) -> None:
    for kind in KINDS:
        assert kind().scanned(text.encode()) == told(text)
