from __future__ import annotations

import io
import zipfile

import pytest
from tests.guards.mask.copies.made import zipped

from hongxian.guards.mask.copies.members import check_depth, in_memory, member, zip_info, zip_parts
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import File


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
