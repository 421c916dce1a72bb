from __future__ import annotations

import struct

import pytest

from hongxian.errors import ArtefactError
from hongxian.sensors.app.dex.tables import decode_mutf8, read_dex


def patched(dex: bytes, offset: int, value: int) -> bytes:
    return dex[:offset] + struct.pack("<I", value) + dex[offset + 4 :]


def test_tables_of_a_real_file(lantern_dex: bytes) -> None:
    (dex,) = read_dex(lantern_dex, "classes.dex")
    names = {dex.string(int(index)) for index in dex.types}
    assert "Lcn/hongxian/lantern/MainActivity;" in names
    assert dex.version in range(35, 42)
    assert [dex.string(i) for i in range(len(dex.strings))] == sorted(
        dex.string(i) for i in range(len(dex.strings))
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d[:50], "no DEX: 50 bytes"),
        (lambda d: b"dey\n" + d[4:], "wrong magic"),
        (lambda d: d[:4] + b"099\0" + d[8:], "unknown version"),
        (lambda d: patched(d, 0x28, 0x78563412), "foreign byte order"),
        (lambda d: patched(d, 0x20, 3), "impossible sizes"),
        (lambda d: patched(d, 0x38, 2**30), "string_ids: .* reach beyond the file"),
        (lambda d: patched(d, 0x40, 3), "points outside type_ids"),
        (lambda d: patched(d, 0x70, len(d) + 9), "string data lies outside"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(lantern_dex: bytes, change, says) -> None:
    with pytest.raises(ArtefactError, match=says) as error:
        read_dex(change(lantern_dex), "classes.dex")
    assert str(error.value).startswith("classes.dex")
    assert "\n" not in str(error.value)


def test_a_superclass_outside_the_types_is_refused(lantern_dex: bytes) -> None:
    (classes,) = struct.unpack_from("<I", lantern_dex, 0x64)
    broken = patched(lantern_dex, classes + 8, 0x00FFFFFF)
    with pytest.raises(ArtefactError, match="superclass points outside"):
        read_dex(broken, "classes.dex")


def test_a_type_list_outside_the_file_is_refused(lantern_dex: bytes) -> None:
    (dex,) = read_dex(lantern_dex, "classes.dex")
    assert dex.type_list(0) == []
    with pytest.raises(ArtefactError, match="outside the file"):
        dex.type_list(len(lantern_dex))
    with pytest.raises(ArtefactError, match="reach beyond the file"):
        dex.type_list(len(lantern_dex) - 4)


def container(dex: bytes) -> bytes:
    """Two DEX files of version 041 one behind the other, offsets counted from their headers."""

    def part(at: int) -> bytes:
        body = bytearray(dex)
        body[4:7] = b"041"
        struct.pack_into("<I", body, 0x20, len(dex))
        if at:
            strings, offset = struct.unpack_from("<II", body, 0x38)
            for i in range(strings):
                (data,) = struct.unpack_from("<I", body, offset + 4 * i)
                struct.pack_into("<I", body, offset + 4 * i, data + at)
        return bytes(body)

    grown = dex + b"\0" * 8
    return part(0) + b"" if not grown else part(0) + part(len(dex))


def test_a_container_gives_each_of_its_files(lantern_dex: bytes) -> None:
    padded = bytearray(lantern_dex)
    struct.pack_into("<I", padded, 0x24, 0x78)
    first, second = read_dex(container(bytes(padded)), "classes.dex")
    assert second.name == f"classes.dex@0x{len(lantern_dex):x}"
    assert first.string(5) == second.string(5)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"abc", "abc"),
        (b"", ""),
        (b"a\xc0\x80b", "a\0b"),
        ("隐私".encode(), "隐私"),
        (b"\xed\xa0\xbd\xed\xb8\x80", "\N{GRINNING FACE}"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"\xed\xa0\xbd", "\ufffd"),
    ],
)
def test_mutf8(data: bytes, text: str) -> None:
    assert decode_mutf8(data) == text
