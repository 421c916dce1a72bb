from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.info.recognise import filters, kernel
from hongxian.info.recognise.automaton import build
from hongxian.info.recognise.forms import KINDS
from hongxian.info.recognise.tables import load_tables

PATTERNS = ("1[0-9]{2}-[0-9]{3}", "ab[0-9a-z]{4}", "x:y", "A{3}( A{3})?", r"[a-c]{2,}\.[a-c]+")
WORD = re.compile(rb"[0-9A-Za-z_]+")


@cache
def tables() -> tuple[bytes, bytes, bytes]:
    automaton = build([list(enumerate(PATTERNS))])
    row = automaton.starts[0]
    return (
        filters.pair_table(automaton, row),
        filters.length_table(automaton, row, KINDS),
        filters.begin_table(KINDS),
    )


def passes(text: bytes) -> bool:
    pairs, following, begins = tables()
    word = WORD.match(text)
    assert word is not None
    begin = begins[text[0]] * 2 + any(48 <= byte <= 57 for byte in word[0])
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


def stops(before: str, text: str) -> bool:
    """Whether the gate stops within the first character of a text behind another."""
    gate, sides = load_tables().gate, load_tables().sides
    raw = (before.encode() or b"\x00")[-1:] + text.encode() + b"\x00"
    classes = [sides[byte] for byte in raw]
    pairs = [
        gate[classes[at] << kernel.SIDES | classes[at + 1]]
        for at in range(len(text[0].encode()) + 1)
    ]
    return any(here & ahead >> kernel.AHEAD for here, ahead in pairwise(pairs))


def test_the_gate_stops_where_a_value_or_a_label_s_sign_may_stand() -> None:
    for before, text in (
        ("", "13812345678"), (",", "11010519491231002X"), ("密码", "abcdef"), ("：", "abc"),
        (" ", "LSVAU218XN2183294"), ("=", "secret"), ('"', "k"), ("a", "@b.cn"), ("", "+86138"),
        ("password", ": abc"), ("pwd", "=-x"), ("密码", "：!"), ("八", "年三月"), (" ", "eyJhbGci"),
    ):  # fmt: skip
        assert stops(before, text), (before, text)


def test_the_gate_passes_over_what_begins_nothing() -> None:
    for before, text in (
        (" ", "hello"), ("h", "ello"), ("a", "1"), ("", "中文"), ("，", "中"), ("中", "，"),
        ("a", "@ b"), ("a", "+1"), (" ", "+ 1"), ("b", "=1"), ("key", ":value"), ("", "ß"),
        ("", "😀"), (",", " "),
    ):  # fmt: skip
        assert not stops(before, text), (before, text)


def test_the_gate_tells_fewer_classes_apart_than_it_has_room_for() -> None:
    tables = load_tables()
    assert max(tables.sides) < 1 << kernel.SIDES
    assert len(tables.gate) == 1 << 2 * kernel.SIDES
