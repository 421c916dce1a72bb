from __future__ import annotations

import pytest

from hongxian.guards.keep.lane.encodings import codec_of, decoded, hides_a_backslash

SAFE = (
    "UTF8",
    "unicode",
    "SQL_ASCII",
    "LATIN1",
    "ISO_8859_5",
    "win1252",
    "EUC_JP",
    "EUC-CN",
    "KOI8R",
)
UNSAFE = (
    "SJIS",
    "SHIFT_JIS_2004",
    "BIG5",
    "GBK",
    "UHC",
    "GB18030",
    "JOHAB",
    "MULE_INTERNAL",
    "x",
    "",
)


@pytest.mark.parametrize("name", SAFE)
def test_a_byte_of_ascii_is_always_itself(name: str) -> None:
    codec = codec_of(name)
    assert codec
    for first in range(128, 256):
        for second in range(128):
            try:
                text = bytes([first, second]).decode(codec)
            except UnicodeDecodeError:
                continue
            assert text.endswith(chr(second))


@pytest.mark.parametrize("name", UNSAFE)
def test_others_are_refused(name: str) -> None:
    assert codec_of(name) is None


def test_texts_are_read_as_the_server_does() -> None:
    assert decoded("删".encode(), "utf-8") == "删"
    assert decoded(b"\xff", "utf-8") is None


@pytest.mark.parametrize(
    ("text", "hides"), [("select '\\'", False), ("'é\\'", True), ("'é'\\", False), ("é", False)]
)
def test_backslashes_that_could_vanish(text: str, hides: bool) -> None:
    assert hides_a_backslash(text.encode()) is hides
