from __future__ import annotations

import re
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.info.recognise import filters, kernel
from hongxian.info.recognise.automaton import build
from hongxian.info.recognise.forms import byte_kinds

PATTERNS = ("1[0-9]{2}-[0-9]{3}", "ab[0-9a-z]{4}", "x:y", "A{3}( A{3})?", r"[a-c]{2,}\.[a-c]+")
WORD = re.compile(rb"[0-9A-Za-z_]+")


@cache
def tables() -> tuple[bytes, bytes]:
    automaton = build([list(enumerate(PATTERNS))])
    row = automaton.starts[0]
    return (
        filters.pair_table(automaton, row),
        filters.length_table(automaton, row, byte_kinds()),
    )


def passes(text: bytes) -> bool:
    pairs, following = tables()
    word = WORD.match(text)
    assert word is not None
    begin = 0 if text[:1].isdigit() else 1 if text[:1].isupper() else 2
    length = min(word.end(), kernel.LENGTHS - 1)
    after = (text + b"\x00\x00")[word.end()]
    place = (begin * kernel.LENGTHS + length) * 256 + after
    return bool(pairs[text[0] << 8 | (text + b"\x00")[1]] and following[place])


@settings(max_examples=300)
@given(st.one_of(*[st.from_regex(pattern, fullmatch=True) for pattern in PATTERNS]),
       st.sampled_from(["", " ", ",", "。", "."]))  # fmt: skip
def test_no_value_is_ever_hidden(value: str, behind: str) -> None:
    assert passes((value + behind).encode())


def test_words_that_begin_nothing_are_told_early() -> None:
    for text in (b"hello world", b"12 34", b"ab12", b"AB", b"99", b"a"):
        assert not passes(text), text


def test_the_filter_of_labels_passes_every_label() -> None:
    table = filters.tail_table(["phone", "qq", "手机", "idcard"])

    def asked(text: bytes) -> bool:
        place = filters.tail_place(*text[-3:])
        return bool(table[place >> 3] >> (place & 7) & 1)

    for text in (b"phone", b"xqq", "手机".encode(), b"\x00qq", b"\x01rd"):
        assert asked(text), text
    assert sum(byte.bit_count() for byte in table) < 300
