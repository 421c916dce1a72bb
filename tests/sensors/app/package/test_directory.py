import struct

import pytest
from tests.sensors.app.package.makers import M, zipped

from hongxian.sensors.app.package.directory import Directory, data_start, read_directory
from hongxian.sensors.app.package.faults import PackageError

MEMBERS = (M("a.txt", b"aaaa" * 50), M("b.bin", b"bbbb", method=0))


def read(data: bytes, limit: int = 100) -> Directory:
    return read_directory(data, "x.apk", limit)


def names(data: bytes) -> list[str]:
    return [member.name for member in read(data).members]


@pytest.mark.parametrize(
    "data",
    [
        zipped(*MEMBERS),
        zipped(*MEMBERS, comment=b"from a market"),
        zipped(*MEMBERS, zip64=True),
        zipped(*MEMBERS, block=b"\0" * 100),
        b"#!/bin/sh\n" + zipped(*MEMBERS),
    ],
    ids=["plain", "comment", "zip64", "block", "bytes before"],
)
def test_reads_all_members(data: bytes) -> None:
    found = read(data)
    assert [m.name for m in found.members] == ["a.txt", "b.bin"]
    assert found.flaw == ""
    start = data_start(data, found.members[1])
    assert start is not None
    assert data[start : start + 4] == b"bbbb"
    assert data[found.start : found.start + 4] == b"PK\1\2"


def test_a_name_that_is_no_utf8_is_kept_readable() -> None:
    data = zipped(M("xx", b"1")).replace(b"xx", b"\xff\xfe")
    assert names(data) == ["\\xff\\xfe"]


def test_without_directory_the_members_are_found_by_their_headers() -> None:
    whole = zipped(*MEMBERS)
    found = read(whole[: whole.index(b"PK\1\2")])
    assert [m.name for m in found.members] == ["a.txt", "b.bin"]
    assert found.flaw == "truncated"


@pytest.mark.parametrize("method", [0, 8])
def test_sizes_behind_the_data_are_measured(method: int) -> None:
    body = zipped(M("a", b"A" * 3000, method=method, flags=8, size=0, packed=0, crc=0))
    second = zipped(M("b", b"B"))
    data = body[: body.index(b"PK\1\2")] + second[: second.index(b"PK\1\2")]
    first = read(data).members[0]
    assert (first.name, first.size) == ("a", 3000)


def test_damaged_data_end_the_measuring() -> None:
    body = zipped(M("a", flags=8, size=0, packed=0, body=b"\xff" * 50))
    assert read(body[: body.index(b"PK\1\2")]).members[0].size == 0


def test_a_wrong_count_is_told() -> None:
    data = bytearray(zipped(*MEMBERS))
    struct.pack_into("<2H", data, len(data) - 14, 9, 9)
    found = read(bytes(data))
    assert (len(found.members), found.flaw) == (2, "directory_damaged")


def test_a_damaged_directory_keeps_what_is_before() -> None:
    data = bytearray(zipped(*MEMBERS))
    data[data.rindex(b"PK\1\2")] = 0
    found = read(bytes(data))
    assert ([m.name for m in found.members], found.flaw) == (["a.txt"], "directory_damaged")


def test_more_members_than_the_limit_are_told() -> None:
    assert read(zipped(*MEMBERS), limit=1).flaw == "too_many_members"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "x.apk: the file is empty"),
        (b"MZ" * 100, "x.apk: not a ZIP file, so not an app package"),
        (b"PK\3\4", "x.apk: not a ZIP file, so not an app package"),
        (b"PK\5\6", "x.apk: not a ZIP file, so not an app package"),
    ],
)
def test_no_zip_is_one_clear_line(data: bytes, line: str) -> None:
    with pytest.raises(PackageError) as caught:
        read(data)
    assert str(caught.value) == line


def test_an_empty_zip_has_no_members() -> None:
    assert names(zipped()) == []


def test_a_directory_that_is_elsewhere_falls_back_to_the_headers() -> None:
    data = bytearray(zipped(*MEMBERS))
    struct.pack_into("<L", data, len(data) - 6, 3)
    struct.pack_into("<L", data, len(data) - 10, 0xFFFFFF)
    assert read(bytes(data)).flaw == "truncated"


@pytest.mark.parametrize("cut", [4, 20])
def test_a_zip64_directory_without_its_record_is_not_trusted(cut: int) -> None:
    data = bytearray(zipped(*MEMBERS, zip64=True))
    data[data.index(b"PK\6\6" if cut == 4 else b"PK\6\7")] = 0
    assert read(bytes(data)).flaw == "truncated"


def test_a_member_outside_the_file_has_no_data() -> None:
    found = read(zipped(*MEMBERS)).members[0]
    assert data_start(b"PK", found) is None
