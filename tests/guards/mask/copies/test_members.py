from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import BinaryIO

import pytest
from tests.guards.mask.copies.made import zipped
from tests.guards.mask.tables import plan

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.copies.members import (
    Units,
    check_depth,
    copied,
    in_memory,
    member,
    zip_info,
    zip_parts,
)  # fmt: skip
from hongxian.guards.mask.job import Job, Unit
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import File
from hongxian.words.worded import WordedError


def archive(depth: int = 0) -> File:
    return File(name="a.zip", opened=io.BytesIO, depth=depth, size=1)


def test_a_file_inside_gives_no_more_than_it_says() -> None:
    inner = member(archive(), "logs/b.csv", "a.zip", 3, lambda: io.BytesIO(b"abcdef"))
    assert (inner.name, inner.depth, inner.suffix, inner.log) == (
        "a.zip!logs/b.csv", 1, ".csv", True,
    )  # fmt: skip
    with inner.opened() as stream, pytest.raises(SourceError, match="bomb"):
        stream.read()
    with in_memory(archive(), "b", "a", b"abc").opened() as stream:
        assert stream.read() == b"abc"


def test_a_file_that_cannot_be_opened_is_damaged() -> None:
    def broken() -> io.BytesIO:
        raise zipfile.BadZipFile

    with pytest.raises(SourceError, match="damaged"):
        member(archive(), "b", "a", 3, broken).opened()


def test_there_are_only_so_many_layers() -> None:
    check_depth(archive(3))
    with pytest.raises(SourceError, match="too_deep"):
        check_depth(archive(4))


def test_members_come_in_their_order_and_keep_time_and_permissions() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped({"b": "x", "a": "y"}))) as found:
        infos = list(zip_parts(archive(), found))
        assert [one.filename for one in infos] == ["b", "a"]
        infos[0].extra, infos[0].comment = b"x", b"y"
        made = zip_info(infos[0], "c")
    assert (made.filename, made.extra, made.comment) == ("c", b"", b"")
    assert (made.date_time, made.compress_type) == (infos[0].date_time, infos[0].compress_type)


def units(*found: Unit) -> Units:
    return lambda *_: iter(found)


def writes(data: bytes) -> Callable[[BinaryIO, Job], int]:
    def copy(out: BinaryIO, job: Job) -> int:
        out.write(data)
        if data == b"bad":
            raise WordedError("mask_damaged", "b", Exit.SENSOR, kind="csv")
        if data == b"worse":
            raise WordedError("mask_no_alphabet")
        return len(job.problems)

    return copy


def test_files_inside_are_copied_whole_or_left_out() -> None:
    made = [Unit(place=name, name=name, copy=writes(data)) for name, data in
            (("a", b"abc"), ("b", b"bad"), ("c", b"def"))]  # fmt: skip
    job, inner = Job(plan=plan(), skip=True), in_memory(archive(), "x", "a.zip", b"")
    found = [(unit.name, data.read()) for unit, data in
             copied(inner, "x", "a.zip", job, units(*made))]  # fmt: skip
    assert found == [("a", b"abc"), ("c", b"def")]
    assert [one.place for one in job.inner] == ["a", "c"]
    assert [one.where for one in job.problems] == ["b"]
    with pytest.raises(HongxianError, match="--skip-unknown"):
        list(copied(inner, "x", "a.zip", Job(plan=plan()), units(made[1])))
    with pytest.raises(HongxianError) as told:
        list(
            copied(
                inner, "x", "a.zip", job, units(Unit(place="d", name="d", copy=writes(b"worse")))
            )
        )
    assert told.value.code is Exit.USAGE
