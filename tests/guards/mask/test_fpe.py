from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.vectors import KEY

from hongxian.guards.mask.ciphers import BlockCipher
from hongxian.guards.mask.formats.letters import Classes
from hongxian.guards.mask.formats.phone import Phone
from hongxian.guards.mask.fpe import encrypt_column

CIPHER = BlockCipher("aes", KEY)


@given(st.lists(st.none() | st.text("aZ09-中é ", max_size=30)))
def test_any_text_comes_back_or_is_suppressed_and_counted(values: list[str | None]) -> None:
    column = pa.array(values, pa.string())
    found = encrypt_column(column, Classes(), CIPHER, b"d")
    back = encrypt_column(found.values, Classes(), CIPHER, b"d", decrypt=True).values.to_pylist()
    lost = [now is None and was is not None for was, now in zip(values, back, strict=True)]
    assert [now for now, gone in zip(back, lost, strict=True) if not gone] == [
        was for was, gone in zip(values, lost, strict=True) if not gone
    ]
    assert found.refused == sum(lost)


def test_a_column_of_many_layouts_keeps_each() -> None:
    values = ["+86 138-1234-5678", "13812345678", "138 1234 5678", None, "138.1234.5678", "-"]
    found = encrypt_column(pa.array(values), Phone(), CIPHER, b"d")
    plus, plain, spaced, *rest = found.values.to_pylist()
    assert plus.startswith("+86 1")
    assert [plus[7], plus[12]] == ["-", "-"]
    assert spaced.replace(" ", "") == plain  # one number, written in two ways
    assert rest == [None, None, None]  # dots are no part of a telephone number
    assert found.refused == 2


def test_domains_keys_and_ciphers_differ() -> None:
    column = pa.array(["13812345678"])
    others = [
        encrypt_column(column, Phone(), BlockCipher(name, key), domain).values.to_pylist()[0]
        for name, key in (("aes", KEY), ("aes", KEY[::-1]), ("sm4", KEY[:16]))
        for domain in (b"a", b"b")
    ]
    assert len(set(others)) == 6


def test_a_number_of_a_parquet_column_is_taken_as_its_digits() -> None:
    number, text = pa.array([13812345678]), pa.array(["13812345678"])
    found = encrypt_column(number, Phone(), CIPHER, b"")
    assert found.values == encrypt_column(text, Phone(), CIPHER, b"").values


def test_what_is_longer_than_any_identifier_does_not_fit() -> None:
    assert encrypt_column(pa.array(["1" * 129]), Classes(), CIPHER, b"").refused == 1
