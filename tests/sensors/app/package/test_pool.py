import struct

import pytest
from tests.sensors.app.package import makers

from hongxian.sensors.app.package import pool as module
from hongxian.sensors.app.package.pool import StringPool

TEXTS = ["", "灯", "lamp 💡", "a" * 200, "隐私政策" * 100]


def read(data: bytes) -> StringPool:
    return StringPool(data, 0, len(data))


@pytest.mark.parametrize("utf8", [True, False])
def test_reads_what_was_written(utf8: bool) -> None:
    strings = read(makers.pool(TEXTS, utf8=utf8))
    assert [strings.get(i) for i in range(len(strings))] == TEXTS
    assert not strings.damaged


def test_reads_a_text_longer_than_two_bytes_can_say() -> None:
    text = "长" * 70_000
    assert read(makers.pool([text], utf8=False)).get(0) == text


def test_an_index_out_of_range_gives_an_empty_text() -> None:
    assert read(makers.pool(["a"])).get(7) == ""


def test_reads_surrogate_pairs_and_broken_bytes_in_utf8() -> None:
    pair = makers.pool(["123456"]).replace(b"123456", b"\xed\xa0\xbd\xed\xb2\xa1")
    assert read(pair).get(0) == "💡"
    assert read(makers.pool(["12"]).replace(b"12", b"\xff\xfe")).get(0) == "��"


def test_keeps_the_targets_of_links() -> None:
    links = {1: "https://a.com/p"}
    strings = read(makers.pool(["plain", "see here", "b"], links=links))
    assert [strings.links(i) for i in range(3)] == [(), ("https://a.com/p",), ()]
    assert strings.get(2) == "b"


@pytest.mark.parametrize(
    ("offset", "value"),
    [(8, 1 << 30), (20, 1 << 30), (4, 4)],
    ids=["too many strings", "strings outside", "size too small"],
)
def test_a_false_header_gives_no_error(offset: int, value: int) -> None:
    data = bytearray(makers.pool(TEXTS))
    struct.pack_into("<L", data, offset, value)
    strings = read(bytes(data))
    assert isinstance(strings.get(1), str)
    assert isinstance(strings.links(0), tuple)


def test_cut_off_anywhere_gives_no_error() -> None:
    for utf8 in (True, False):
        whole = makers.pool(["灯" * 90, "b"], utf8=utf8)
        for size in range(len(whole)):
            strings = read(whole[:size])
            assert all(isinstance(strings.get(i), str) for i in range(3))


def test_overlapping_strings_end_at_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TEXT_BUDGET", 10)
    strings = read(makers.pool(["123456789012", "b"]))
    assert [strings.get(0), strings.get(1)] == ["123456789012", ""]


def test_a_utf16_length_at_the_very_end() -> None:
    data = bytearray(makers.pool(["a"], utf8=False))
    data[-2:] = b"\x00\x80"
    struct.pack_into("<L", data, 28, 6)
    assert read(bytes(data)).get(0) == ""
