from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from backports import zstd
from tests.sensors.store.made import csv_text, file_of

from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import File, Limits
from hongxian.sensors.store.sources.packed import tar_members, unpacked, zip_members

PACKERS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "zstd": zstd.compress}
SUFFIXES = {"gzip": "gz", "bzip2": "bz2", "xz": "xz", "zstd": "zst"}


def content(file: File) -> bytes:
    with file.opened() as stream:
        return b"".join(iter(lambda: stream.read(1000), b""))


def zipped(members: dict[str, bytes], **more: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", PACKERS)
def test_packed_streams_give_their_content(tmp_path: Path, kind: str) -> None:
    data = csv_text(500).encode()
    inner = unpacked(file_of(tmp_path, f"a.csv.{SUFFIXES[kind]}", PACKERS[kind](data)), kind)
    assert inner.name == "a.csv"
    assert content(inner) == data
    assert content(inner) == data, "it can be opened again"


@pytest.mark.parametrize("kind", PACKERS)
def test_a_damaged_stream_is_told(tmp_path: Path, kind: str) -> None:
    data = PACKERS[kind](csv_text(500).encode())
    inner = unpacked(file_of(tmp_path, "a.bin", data[: len(data) // 2]), kind)
    assert inner.name == "a.bin!content"
    with pytest.raises(SourceError, match="damaged"):
        content(inner)


def test_a_bomb_is_stopped(tmp_path: Path) -> None:
    file = file_of(tmp_path, "a.gz", gzip.compress(bytes(5 << 20)))
    with pytest.raises(SourceError, match="bomb"):
        content(unpacked(file, "gzip", Limits(unpacked=1 << 20)))


def test_members_of_an_archive_are_files(tmp_path: Path) -> None:
    file = file_of(tmp_path, "a.zip", zipped({"x/": b"", "x/用户.csv": b"a,b\n", "logs/b": b"c"}))
    problems: list[Reason] = []
    members = list(zip_members(file, problems))
    assert [(one.name, content(one), one.log) for one in members] == [
        ("a.zip!x/用户.csv", b"a,b\n", False), ("a.zip!logs/b", b"c", True),
    ]  # fmt: skip
    assert problems == []
    assert len({one.stamp for one in members}) == 2


def test_names_in_gbk_are_read_as_such(tmp_path: Path) -> None:
    data = zipped({"AAAA.csv": b"1"}).replace(b"AAAA", "用户".encode("gbk"))
    [member] = zip_members(file_of(tmp_path, "a.zip", data), [])
    assert member.name == "a.zip!用户.csv"


def test_an_archive_that_unpacks_to_too_much_stops_there(tmp_path: Path) -> None:
    file = file_of(tmp_path, "a.zip", zipped({"a": bytes(900), "b": bytes(900)}))
    problems: list[Reason] = []
    assert len(list(zip_members(file, problems, Limits(unpacked=1000)))) == 1
    assert len(list(zip_members(file, problems, Limits(members=1)))) == 1
    assert [one.word for one in problems] == ["store.bomb", "store.many_members"]


def test_locked_and_damaged_archives_are_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a": b"secret"}))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    problems: list[Reason] = []
    assert list(zip_members(file_of(tmp_path, "a.zip", bytes(data)), problems)) == []
    assert [one.word for one in problems] == ["store.locked"]
    with pytest.raises(SourceError, match="damaged"):
        list(zip_members(file_of(tmp_path, "b.zip", b"PK\x03\x04"), problems))


def test_a_member_whose_head_is_damaged_is_told_when_it_is_opened(tmp_path: Path) -> None:
    data = zipped({"a": b"something"})
    [member] = zip_members(file_of(tmp_path, "a.zip", b"XX" + data[2:]), [])
    with pytest.raises(SourceError, match="damaged"):
        content(member)


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "a"
        archive.addfile(link)
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_a_tar_gives_its_files_packed_or_not(tmp_path: Path, *, packed: bool) -> None:
    data = tarred({"用户.csv": csv_text(500).encode(), "logs/b": b"c"}, "w:gz" if packed else "w")
    file = file_of(tmp_path, "a.tar", data)
    members = list(tar_members(unpacked(file, "gzip") if packed else file, []))
    assert [(one.name.split("!")[-1], one.log) for one in members] == [
        ("用户.csv", False), ("logs/b", True),
    ]  # fmt: skip
    assert content(members[0]) == csv_text(500).encode()
    with members[0].opened() as one, members[1].opened() as other:
        assert (one.read(3), other.read(), one.read(4)) == (
            csv_text(500).encode()[:3], b"c", csv_text(500).encode()[3:7],
        )  # fmt: skip
        assert (one.seek(-2, 2), one.seekable(), len(one.read()), one.tell()) == (
            members[0].size - 2, True, 2, members[0].size,  # type: ignore[operator]
        )  # fmt: skip
    with io.BufferedReader(members[0].opened()) as lines:  # type: ignore[type-var]
        assert lines.readline() == csv_text(500).encode().splitlines(keepends=True)[0]
    assert len({one.stamp for one in members} - {""}) == (2 if members[0].stamp else 0)


def test_a_tar_that_is_cut_or_has_too_many_files_is_told(tmp_path: Path) -> None:
    data = tarred({"a": b"x" * 9_000, "b": b"y"})
    problems: list[Reason] = []
    file = file_of(tmp_path, "a.tar", data)
    assert len(list(tar_members(file, problems, Limits(members=1)))) == 1
    assert problems[0].word == "store.many_members"
    for name, cut in (("b.tar", data[:4_000]), ("c.tar", b"x" * 600)):
        with pytest.raises(SourceError, match="damaged"):
            list(tar_members(file_of(tmp_path, name, cut), []))
    [first, _] = tar_members(file, [])
    (tmp_path / "a.tar").write_bytes(data[:4_000])  # it was cut after it was listed
    with pytest.raises(SourceError, match="damaged"):
        content(first)
