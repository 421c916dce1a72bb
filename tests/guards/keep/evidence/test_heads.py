from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.evidence.heads import Head, HeadError, read_head, read_heads
from hongxian.guards.keep.evidence.keys import SigningKey, make_key

AT = "2026-01-31T08:00:00.000000Z"
HEAD = Head("hongxian.keep/ab", 7, bytes(range(32)), AT)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return make_key(tmp_path_factory.mktemp("keys") / "key")


def test_a_head_is_read_and_whose_it_is(key: SigningKey, tmp_path: Path) -> None:
    note = HEAD.note(key)
    head = read_head(note)
    assert head.text() == HEAD.text()
    assert head.signed_by(key.public)
    assert not head.signed_by(make_key(tmp_path / "other").public)
    assert note.startswith("hongxian.keep/ab\n7\nAAECAwQF")


def test_witnesses_may_sign_too(key: SigningKey) -> None:
    note = HEAD.note(key) + "— witness.example AAAAAAAA\n"
    head = read_head(note)
    assert (len(head.signatures), head.signed_by(key.public)) == (1, True)


def test_a_file_of_heads(key: SigningKey) -> None:
    notes = [Head("a", size, bytes(32), AT).note(key) for size in (1, 2, 3)]
    assert [one.size for one in read_heads("\n".join(notes))] == [1, 2, 3]
    assert list(read_heads("")) == []


@given(st.data())
def test_no_altered_head_is_signed(key: SigningKey, data: st.DataObject) -> None:
    note = HEAD.note(key)
    text = HEAD.text()
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(min_codepoint=10, max_codepoint=126))
    altered = text[:place] + letter + text[place + 1 :] + note[len(text) :]
    try:
        head = read_head(altered)
    except HeadError:
        return
    assert altered == note or not head.signed_by(key.public)


@pytest.mark.parametrize(
    "note",
    ["", "a\n", "a\n1\nxx\nat x\n\n", HEAD.text(), f"{HEAD.text()}\nx",
     f"{HEAD.text()}\n— a AA=B\n", f"{HEAD.text()}\n— hongxian.keep/ab AAAAA\n"],
)  # fmt: skip
def test_what_is_no_head(note: str) -> None:
    with pytest.raises(HeadError):
        read_head(note)
