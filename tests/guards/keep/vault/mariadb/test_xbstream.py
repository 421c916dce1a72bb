from __future__ import annotations

import io
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from tests.guards.keep.mariadbs import maria
from tests.sensors.store.sources.servers import program

from hongxian.errors import HongxianError
from hongxian.guards.keep.vault.mariadb.xbstream import LARGEST, chunks, unpack


def head(path: bytes, kind: bytes = b"P", magic: bytes = b"XBSTCK01") -> bytes:
    return struct.pack("<8sBcI", magic, 0, kind, len(path)) + path


def part(path: bytes, data: bytes, offset: int = 0, checksum: int | None = None) -> bytes:
    found = zlib.crc32(data) if checksum is None else checksum
    return head(path) + struct.pack("<QQI", len(data), offset, found) + data


def ended(path: bytes) -> bytes:
    return head(path, b"E")


def test_files_come_out_as_mbstream_takes_them_out(tmp_path: Path) -> None:
    with maria() as shop:
        shop.sql("create database shop; create table shop.orders (id int)")
        words = shop.copied.backup
        stream = subprocess.run(words, capture_output=True, check=True).stdout
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    size = unpack(io.BytesIO(stream), ours)
    subprocess.run([program("mbstream"), "-x", "-C", str(theirs)], input=stream, check=True)

    def held(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()
        }  # fmt: skip

    assert held(ours) == held(theirs)
    assert "ibdata1" in held(ours)
    assert size == sum(len(data) for data in held(ours).values())


def test_parts_of_files_may_stand_between_each_other(tmp_path: Path) -> None:
    stream = b"".join([part(b"./a/b", b"1"), part(b"c", b"x"), part(b"a/b", b"2", 1), ended(b"c"),
                       ended(b"./a/b"), ended(b"empty")])  # fmt: skip
    assert unpack(io.BytesIO(stream), tmp_path) == 3
    assert (tmp_path / "a" / "b").read_bytes() == b"12"
    assert (tmp_path / "empty").read_bytes() == b""


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        (part(b"a", b"1"), "a"), (part(b"a", b"1")[:-1], "end"), (b"XBST", "header"),
        (head(b"a", magic=b"XBSTCK02"), "header"), (head(b"a", b"S"), "header"),
        (part(b"a", b"1", checksum=7), "a"), (part(b"a", b"1", 5), "a"),
        (head(b"a") + struct.pack("<QQI", LARGEST + 1, 0, 0), "a"),
        (ended(b"a") + part(b"a", b"1"), "a"), (ended(b"../a"), "path"), (ended(b"/a"), "path"),
        (ended(b"a/../../b"), "path"), (ended(b"a//b"), "path"), (ended(b""), "path"),
        (ended(b"a" * 5000), "header"),
    ],
)  # fmt: skip
def test_what_is_not_whole_or_leads_elsewhere_is_refused(stream: bytes, reason: str) -> None:
    with pytest.raises(HongxianError, match=rf"\({reason}\)"):
        list(chunks(io.BytesIO(stream)))
