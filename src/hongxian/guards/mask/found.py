"""Files that a source names, on disk or in an object store, and whether a target is the source."""

from __future__ import annotations

import errno
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from hongxian.errors import Exit
from hongxian.guards.mask.targets.target import path_of, scheme_of
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.files import walk
from hongxian.sensors.store.sources.remote import listed, opener, reached
from hongxian.sensors.store.sources.sources import plain_name
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hongxian.sensors.store.sources.file import File


class AwayError(OSError):
    """A file system that does not answer any more, in the middle of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The files of a source.

    Args:
        shown: the source, as it may be printed.
        files: each with its path in the source, and its permissions where there are any.
        alone: the source is one file, no folder.
        mode: permissions of the folder.
    """

    shown: str
    files: Sequence[tuple[File, str, int | None]]
    alone: bool
    mode: int | None = None


def found_files(spec: str, path: Path | None) -> Found:
    """Return the files of a source.

    Args:
        spec: a path or an address of a file system.
        path: the path, if it is one.

    Raises:
        HongxianError: it cannot be listed, or nothing is there.
    """
    if path is not None:
        files = [(local_file(one, name), name, one.stat().st_mode) for one, name in walk(path)]
        return Found(
            shown=str(path), files=files, alone=path.is_file(), mode=path.stat().st_mode
        )  # fmt: skip
    shown = plain_name(spec)
    opened = opener(spec, shown)
    found = listed(spec, shown)
    if not found:
        raise WordedError("mask_nothing", shown, Exit.SENSOR)
    remote = [_guarded(opened(one), shown) for one in found]
    alone = len(found) == 1 and found[0].path == found[0].root
    return Found(shown=shown, files=[(one, one.name, None) for one in remote], alone=alone)


def _guarded(file: File, shown: str) -> File:
    """Return a file whose system may go away while it is read."""
    own = file.opened
    return replace(file, opened=lambda: _away(shown, lambda: _Guarded(own(), shown)))


def _away(shown: str, done: Callable[[], Any]) -> Any:
    try:
        return done()
    except Exception as error:  # noqa: BLE001 - every file system has errors of its own
        raise AwayError(errno.EIO, type(error).__name__, shown) from None


class _Guarded(io.RawIOBase):
    """A stream of a file system, whose errors are all of one kind."""

    def __init__(self, stream: Any, shown: str) -> None:
        super().__init__()
        self.stream, self.shown = stream, shown

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Whether one may jump about in it."""
        return bool(self.stream.seekable())

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes."""
        return cast(
            "bytes", _away(self.shown, lambda: self.stream.read(-1 if size is None else size))
        )

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return int(_away(self.shown, lambda: self.stream.seek(offset, whence)))

    def tell(self) -> int:
        """Return the place."""
        return int(self.stream.tell())

    def close(self) -> None:
        """Close it."""
        if not self.closed:
            self.stream.close()
        super().close()


def check_apart(spec: str, target: str | Path) -> None:
    """See that a copy does not take the place of its source, or of a part of it.

    Raises:
        HongxianError: it would.
    """
    path, place = path_of(spec), path_of(target)
    if path is not None or place is not None:
        if path and place and place.is_file() and path.is_file() and place.samefile(path):
            raise WordedError("mask_same_file", place)
        return
    if scheme_of(spec) != scheme_of(str(target)):
        return
    shown = plain_name(str(target))
    (system, root), (other, there) = reached(spec, plain_name(spec)), reached(str(target), shown)
    ends = [getattr(one, "endpoint_url", None) for one in (system, other)]
    if all(ends) and ends[0] != ends[1]:
        return
    one, two = f"{root.strip('/')}/", f"{there.strip('/')}/"
    if one.startswith(two) or two.startswith(one):
        raise WordedError("mask_same_file", shown)
