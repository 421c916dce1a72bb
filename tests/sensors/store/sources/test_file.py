from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.sensors.store.made import file_of

from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import File, Limits, is_log_name, local_file, read_up_to


class _Pipe(io.RawIOBase):
    """Hands bytes over one at a time, and cannot be jumped about in."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def read(self, size: int = -1) -> bytes:
        block, self.data = self.data[:1], self.data[1:]
        return block if size else b""


def test_the_stamp_of_a_file_changes_with_its_content(tmp_path: Path) -> None:
    first = file_of(tmp_path, "a.txt", "one")
    assert local_file(tmp_path / "a.txt", "a.txt").stamp == first.stamp
    assert file_of(tmp_path, "a.txt", "longer").stamp != first.stamp
    assert first.suffix == ".txt"
    assert first.head(2) == b"lo"


@pytest.mark.parametrize(
    ("name", "log"),
    [
        ("a/app.log", True),
        ("app.log.1.gz", True),
        ("logs/today.txt", True),
        ("var/log/syslog", True),
        ("catalog.csv", False),
        ("blog/post.txt", False),
        ("log.txt", True),
        ("login.csv", False),
    ],
)
def test_logs_are_known_by_their_place(name: str, log: bool) -> None:
    assert is_log_name(name) is log


def test_a_pipe_is_copied_before_one_jumps_about_in_it() -> None:
    file = File(name="p", opened=lambda: _Pipe(b"abcdef"))
    with file.seekable() as stream:
        stream.seek(3)
        assert stream.read() == b"def"
    assert read_up_to(_Pipe(b"abc"), 10) == b"abc"


def test_a_copy_is_bounded() -> None:
    file = File(name="p", opened=lambda: _Pipe(b"abcdef"))
    with pytest.raises(SourceError, match="too_large"), file.seekable(Limits(copied=3)):
        pass
