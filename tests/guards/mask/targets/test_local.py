from __future__ import annotations

import os
import resource
from typing import TYPE_CHECKING

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.mask.targets.local import LocalTarget, beside

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = ZeroDivisionError


def test_a_file_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("older")
    target = LocalTarget(path)
    assert (target.name, target.shown) == ("a.csv", str(path))
    with pytest.raises(BROKEN), target.file(0o644) as out:  # noqa: PT012 - what it is about
        out.write(b"half")
        raise BROKEN
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text() == "older"
    with target.file(0o640) as out:
        out.write(b"new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_backup_keeps_what_stood_there_and_takes_none_away(tmp_path: Path) -> None:
    path, kept = tmp_path / "a.csv", tmp_path / "a.csv.bak"
    path.write_text("older")
    with LocalTarget(path).file(None, "a.csv.bak") as out:
        out.write(b"new")
    assert (path.read_text(), kept.read_text()) == ("new", "older")
    with (
        pytest.raises(HongxianError, match="the backup is there already"),
        LocalTarget(path).file(None, "a.csv.bak"),
    ):
        pass


def test_a_folder_takes_its_place_when_it_holds_something(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path / "out")
    with target.folder(0o750):
        pass
    assert list(tmp_path.iterdir()) == []
    with target.folder(0o750) as folder:
        with pytest.raises(BROKEN), folder.file("deep/er/a.csv", None) as out:
            raise BROKEN
        with folder.file("deep/b.csv", 0o600) as out:
            out.write(b"b")
    assert sorted(str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")) == [
        "out", "out/deep", "out/deep/b.csv",
    ]  # fmt: skip
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "out" / "deep" / "b.csv").stat().st_mode & 0o777 == 0o600
    with pytest.raises(HongxianError, match="is there already"), target.folder(None):
        pass


def test_a_place_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        beside(tmp_path / "none" / "a.csv")
    with (
        pytest.raises(HongxianError, match="No such file"),
        LocalTarget(tmp_path / "none" / "out").folder(None),
    ):
        pass


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("older")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        with pytest.raises(OSError, match=os.strerror(27)), LocalTarget(path).file(None) as out:
            out.write(bytes(2 << 20))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("a.csv", "older")]
