"""A file of bytes wherever it lies: on disk, in an archive, in an object store."""

from __future__ import annotations

import hashlib
import io
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from hongxian.sensors.store.sources.faults import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD = 1 << 18
"""Bytes from which format and encoding are told."""
IN_MEMORY = 1 << 23
"""A copy of a member below this stays in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a source may make of itself."""

    unpacked: int = 1 << 36
    """Bytes that one archive may unpack to."""
    ratio: int = 1000
    """Bytes that one packed byte may become, beyond the first megabytes."""
    copied: int = 1 << 33
    """Bytes of a member that are copied to disk because its format needs to jump about."""
    members: int = 100_000
    depth: int = 4
    """Archives within archives."""
    cell: int = 1 << 24
    """Bytes of one line or one value that are read in one piece."""
    document: int = 1 << 28
    """Bytes of a document, or of a JSON text that is one value."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that can be opened again and again."""

    name: str
    """The path as the user knows it, members behind ``!``."""
    opened: Callable[[], BinaryIO]
    size: int | None = None
    stamp: str = ""
    """Changes when the content does, as far as the place tells; empty when nothing tells."""
    path: Path | None = None
    """Where it lies on disk, if it does."""
    depth: int = 0
    """How many archives it lies in."""
    log: bool = False
    """Its place says that it is a log."""

    @property
    def suffix(self) -> str:
        """The last suffix, in lower case."""
        return PurePosixPath(self.name.rsplit("!", 1)[-1]).suffix.lower()

    def head(self, size: int = HEAD) -> bytes:
        """Return the first bytes."""
        with self.opened() as stream:
            return read_up_to(stream, size)

    @contextmanager
    def seekable(self, limits: Limits = LIMITS) -> Iterator[BinaryIO]:
        """Open the file so that one may jump about in it; a packed one is copied out first.

        Raises:
            SourceError: the copy grows beyond the limit.
        """
        with self.opened() as stream:
            if self.path is not None or stream.seekable():
                yield stream
                return
            with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
                done = 0
                while block := stream.read(1 << 20):
                    done += len(block)
                    if done > limits.copied:
                        raise SourceError("too_large", limit=limits.copied >> 20)
                    copy.write(block)
                copy.seek(0)
                yield cast("BinaryIO", copy)


def local_file(path: Path, name: str) -> File:
    """Return a file on disk."""
    status = path.stat()
    stamp = f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"
    return File(
        name=name, opened=lambda: path.open("rb"), size=status.st_size, path=path,
        stamp=hashlib.sha256(f"{path.resolve()}:{stamp}".encode()).hexdigest(),
        log=is_log_name(str(path)),
    )  # fmt: skip


def is_log_name(name: str) -> bool:
    """Whether a path says that it is a log: ``app.log.1``, ``/var/log/...``, ``logs/...``."""
    parts = name.lower().replace("\\", "/").replace("!", "/").split("/")
    last = parts[-1].split(".")
    return "log" in last[1:] or last[0] == "log" or bool({"log", "logs"}.intersection(parts[:-1]))


def read_up_to(stream: BinaryIO, size: int) -> bytes:
    """Return as many bytes as asked for, fewer only at the end: pipes hand over bits."""
    found = io.BytesIO()
    while size > 0 and (block := stream.read(size)):
        found.write(block)
        size -= len(block)
    return found.getvalue()
