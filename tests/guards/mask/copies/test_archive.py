from __future__ import annotations

import gzip
import io
import os
import sqlite3
import stat
import tarfile
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from tests.guards.mask.copies.made import (
    COVERED_CSV,
    CSV,
    PHONE,
    PICTURE,
    copied,
    told,
    unzipped,
    zipped,
)  # fmt: skip

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.plan import Named
from hongxian.sensors.store.sources.file import Limits

if TYPE_CHECKING:
    from pathlib import Path

NAMED = {"phone": Named("basic.phone", "partial")}


def test_each_member_is_masked_by_its_own_format(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "s.db")) as made:
        made.execute("create table members (phone text)")
        made.execute("insert into members values (?)", (PHONE,))
        made.commit()
    (tmp_path / "in.zip").write_bytes(zipped({
        "a.csv": CSV, f"deep/{PHONE}/b.json": f'[{{"phone": "{PHONE}"}}]',
        "c.csv.gz": gzip.compress(CSV.encode()), "app.log": f"tel {PHONE}\n", "empty/": "",
        "s.db": (tmp_path / "s.db").read_bytes(), "in.zip": zipped({"x.csv": CSV}), "none": "",
    }))  # fmt: skip
    found = copied(tmp_path / "in.zip", tmp_path / "out.zip", **NAMED)
    assert told(found) == []
    members = unzipped((tmp_path / "out.zip").read_bytes())
    assert list(members) == [
        "a.csv", "deep/138____5678/b.json", "c.csv.gz", "app.log", "empty/", "s.db/members.csv",
        "in.zip", "none",
    ]  # fmt: skip
    assert members["a.csv"].decode() == COVERED_CSV
    assert gzip.decompress(members["c.csv.gz"]).decode() == COVERED_CSV
    assert unzipped(members["in.zip"]) == {"x.csv": COVERED_CSV.encode()}
    assert PHONE.encode() not in b"".join(members.values())
    places = [one.place for one in found.outcomes]
    assert places[0] == "in.zip!a.csv"
    assert "in.zip!in.zip!x.csv" in places
    assert all(PHONE not in place for place in places)


def test_times_and_permissions_of_a_zip_stay_and_notes_go(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as made:
        made.comment = PHONE.encode()
        info = zipfile.ZipInfo("a.csv", (2021, 2, 3, 4, 5, 6))
        info.external_attr, info.comment = 0o640 << 16, PHONE.encode()
        made.writestr(info, CSV)
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, f"{PHONE}.csv")
        made.writestr("QQ.csv", CSV)
    data = (tmp_path / "in.zip").read_bytes().replace(b"QQ.csv", "甲.csv".encode("gb18030"))
    (tmp_path / "in.zip").write_bytes(data)
    copied(tmp_path / "in.zip", tmp_path / "out.zip", **NAMED)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        first, second, third = archive.infolist()
        assert (first.date_time, first.external_attr >> 16) == ((2021, 2, 3, 4, 5, 6), 0o640)
        assert (archive.comment, first.comment) == (b"", b"")
        assert archive.read(second) == b"138____5678.csv"
        assert third.filename == "甲.csv"


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_what_cannot_be_masked_refuses_the_whole_unless_it_is_left_out(
    tmp_path: Path, kind: str
) -> None:
    members = {"a.csv": CSV.encode(), "z.png": PICTURE, "bad.csv": b"a,b\n1\n2,3,4\n"}
    source, target = tmp_path / f"in.{kind}", tmp_path / f"out.{kind}"
    source.write_bytes(zipped(members) if kind == "zip" else tarred(members))
    with pytest.raises(HongxianError, match=r"in\.\w+!z\.png: content.*--skip-unknown") as error:
        copied(source, target, **NAMED)
    assert error.value.code is Exit.SENSOR
    assert not target.exists()
    found = copied(source, target, skip=True, **NAMED)
    assert [line[:18].split(":")[0] for line in told(found)] == [
        f"in.{kind}!z.png", f"in.{kind}!bad.csv",
    ]  # fmt: skip
    names = unzipped(target.read_bytes()) if kind == "zip" else untarred(target)
    assert list(names) == ["a.csv"]


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as made:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(data), 1_600_000_000, 0o640
            info.uname, info.gname, info.uid = "zhangsan", "staff", 1001
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


def untarred(path: Path) -> dict[str, Any]:
    with tarfile.open(path) as archive:
        return {one.name: one for one in archive.getmembers()}


@pytest.mark.parametrize("end", ["tar", "tar.gz", "tgz", "tar.xz"])
def test_a_tar_is_copied_packed_or_not(tmp_path: Path, end: str) -> None:
    source = tmp_path / f"in.{end}"
    mode = {"tar": "w", "tar.gz": "w:gz", "tgz": "w:gz", "tar.xz": "w:xz"}[end]
    source.write_bytes(tarred({"张三.csv": CSV.encode(), "b/app.log": PHONE.encode()}, mode))
    found = copied(source, tmp_path / f"out.{end}", **NAMED)
    assert [one.rows for one in found.outcomes] == [1, 1]
    members = untarred(tmp_path / f"out.{end}")
    assert list(members) == ["张_.csv", "b/app.log"]
    first = members["张_.csv"]
    assert (first.mtime, first.mode, first.uname, first.uid) == (1_600_000_000, 0o640, "", 0)
    with tarfile.open(tmp_path / f"out.{end}") as archive:
        assert archive.extractfile("张_.csv").read().decode() == COVERED_CSV  # type: ignore[union-attr]


def test_links_and_folders_of_a_tar_stay_and_devices_do_not(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.csv").write_text(CSV)
    os.link(tmp_path / "d" / "a.csv", tmp_path / "d" / "hard.csv")
    (tmp_path / "d" / "soft.csv").symlink_to(f"{PHONE}.csv")
    os.mkfifo(tmp_path / "d" / "pipe")
    with tarfile.open(tmp_path / "in.tar", "w") as made:
        made.add(tmp_path / "d", "d")
    found = copied(tmp_path / "in.tar", tmp_path / "out.tar", skip=True, **NAMED)
    assert [line[:15] for line in told(found)] == ["in.tar!d/pipe: "]
    members = untarred(tmp_path / "out.tar")
    assert members["d"].isdir()
    assert members["d/soft.csv"].linkname == "138____5678.csv"
    assert members["d/hard.csv"].isreg()
    assert members["d/hard.csv"].size == members["d/a.csv"].size == len(COVERED_CSV)


def test_a_bomb_or_too_many_layers_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = zipped({"x.csv": CSV})
    for _ in range(4):
        data = zipped({"in.zip": data})
    (tmp_path / "in.zip").write_bytes(data)
    with pytest.raises(HongxianError, match="4"):
        copied(tmp_path / "in.zip", tmp_path / "out.zip", **NAMED)
    monkeypatch.setattr(
        "hongxian.guards.mask.copies.members.LIMITS", Limits(unpacked=1 << 10, members=2)
    )
    (tmp_path / "bomb.zip").write_bytes(zipped({"a.log": bytes(2048)}))
    (tmp_path / "many.zip").write_bytes(zipped(dict.fromkeys("abc", "")))
    for name in ("bomb", "many"):
        with pytest.raises(HongxianError, match=f"{name}.zip"):
            copied(tmp_path / f"{name}.zip", tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists()


def test_what_is_locked_or_damaged_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": CSV}))
    data[6] |= 1  # the member is encrypted, says its head
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    with pytest.raises(HongxianError, match=r"locked\.zip!a\.csv: is encrypted"):
        copied(tmp_path / "locked.zip", tmp_path / "out.zip")
    (tmp_path / "cut.zip").write_bytes(zipped({"a.csv": CSV})[:60])
    (tmp_path / "cut.tar").write_bytes(tarred({"a.csv": CSV.encode()})[:520])
    with zipfile.ZipFile(tmp_path / "crc.zip", "w") as made:
        made.writestr("a.log", "x" * 99)
    (tmp_path / "crc.zip").write_bytes((tmp_path / "crc.zip").read_bytes().replace(b"xx", b"xy"))
    for name in ("cut.zip", "cut.tar", "crc.zip"):
        with pytest.raises(HongxianError, match=name) as error:
            copied(tmp_path / name, tmp_path / "out.zip")
        assert error.value.code is Exit.SENSOR
    assert not (tmp_path / "out.zip").exists()


def test_an_archive_takes_no_form_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(zipped({"a.csv": CSV}))
    with pytest.raises(HongxianError, match="zip cannot be written as csv"):
        copied(tmp_path / "in.zip", tmp_path / "out.csv")
    found = copied(tmp_path / "in.zip", None, **NAMED)
    assert unzipped((tmp_path / "in.zip").read_bytes())["a.csv"].decode() == COVERED_CSV
    assert found.outcomes[0].backup == str(tmp_path / "in.zip.bak")
