"""Packed files: gzip, bzip2, xz and Zstandard streams, zip and tar archives; bombs are bounded."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import sys
import tarfile
import zipfile
import zlib
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from weakref import finalize

from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import LIMITS, File, is_log_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.sensors.store.sources.file import Limits

SUFFIXES = {"gzip": ".gz", "bzip2": ".bz2", "xz": ".xz", "zstd": ".zst"}
FREE = 1 << 26
"""Bytes that may be unpacked whatever the ratio."""
BROKEN = (
    EOFError, OSError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError,
    NotImplementedError, KeyError, tarfile.TarError,
)  # fmt: skip
"""What readers of packed data raise on damage."""


class Bounded(io.RawIOBase):
    """A stream that ends with an error once it has unpacked more than it may."""

    def __init__(self, stream: Any, most: int, under: Any = None) -> None:
        """Take a stream, the bytes that may come out of it, and what it was opened upon."""
        super().__init__()
        self.stream, self.left, self.under = stream, most, under

    def readable(self) -> bool:
        """Say yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        Raises:
            SourceError: there are too many, or the packed data are damaged.
        """
        try:
            block: bytes = self.stream.read(1 << 20 if size is None or size < 0 else size)
        except SourceError:
            raise
        except BROKEN:
            raise SourceError("damaged") from None
        self.left -= len(block)
        if self.left < 0:
            raise SourceError("bomb")
        return block

    def close(self) -> None:
        """Close the stream inside and what lies under it too."""
        self.stream.close()
        if self.under is not None:
            self.under.close()
        super().close()


def unpacked(file: File, kind: str, limits: Limits = LIMITS) -> File:
    """Return the file inside of a packed stream.

    Args:
        file: the packed file.
        kind: ``gzip``, ``bzip2``, ``xz`` or ``zstd``.
        limits: how much it may become.
    """
    opener = _OPENERS[kind]
    most = most_of(file.size, limits)
    name = file.name.removesuffix(SUFFIXES[kind])

    def opened() -> BinaryIO:
        under = file.opened()
        return cast("BinaryIO", Bounded(opener(under), most, under))

    return File(
        name=name if name != file.name else f"{name}!content",
        opened=opened, stamp=file.stamp, depth=file.depth + 1, log=file.log,
    )  # fmt: skip


def most_of(size: int | None, limits: Limits) -> int:
    """Return how many bytes may come out of a packed file of so many."""
    return limits.unpacked if size is None else min(limits.unpacked, FREE + size * limits.ratio)


def _zstd(stream: BinaryIO) -> BinaryIO:
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - only where it is needed
    else:
        from backports import zstd  # noqa: PLC0415 - the same
    return cast("BinaryIO", zstd.open(stream))


def _gzip(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb"))


def _bzip2(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", bz2.BZ2File(stream))


def _xz(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", lzma.LZMAFile(stream))


_OPENERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "gzip": _gzip, "bzip2": _bzip2, "xz": _xz, "zstd": _zstd,
}  # fmt: skip


def zip_members(file: File, problems: list[Reason], limits: Limits = LIMITS) -> Iterator[File]:
    """Yield the members of a zip archive; those that cannot be read are told.

    Raises:
        SourceError: it is no zip archive.
    """
    most = most_of(file.size, limits)
    with file.seekable(limits) as stream:
        try:
            members = zipfile.ZipFile(stream).infolist()
        except BROKEN:
            raise SourceError("damaged") from None
    if len(members) > limits.members:
        reason = Reason("store.many_members", {"limit": limits.members}, file.name)
        problems.append(reason)
    total = 0
    for member in members[: limits.members]:
        if member.is_dir():
            continue
        total += member.file_size
        name = f"{file.name}!{member_name(member)}"
        if total > most:
            problems.append(Reason("store.bomb", {}, name))
            return
        if member.flag_bits & 1:
            problems.append(Reason("store.locked", {}, name))
            continue
        yield File(
            name=name, opened=_Member(file, member, limits), size=member.file_size,
            stamp=_stamp(file, f"{member.filename}:{member.CRC}:{member.file_size}"),
            depth=file.depth + 1, log=is_log_name(name),
        )  # fmt: skip


def tar_members(file: File, problems: list[Reason], limits: Limits = LIMITS) -> Iterator[File]:
    """Yield the files of a tar archive; links, which show what lies elsewhere, are left out.

    Raises:
        SourceError: it is damaged.
    """
    whole = _Whole(file, limits)
    try:
        with tarfile.open(fileobj=whole.stream, mode="r:") as archive:
            members = list(islice((one for one in archive if one.isreg()), limits.members + 1))
    except BROKEN:
        raise SourceError("damaged") from None
    if len(members) > limits.members:
        problems.append(Reason("store.many_members", {"limit": limits.members}, file.name))
    for member in members[: limits.members]:
        name = f"{file.name}!{member.name}"
        if member.issparse():
            problems.append(Reason("store.unknown_format", {}, name))
            continue
        yield File(
            name=name, opened=_opens(whole, member.offset_data, member.size),
            size=member.size, depth=file.depth + 1, log=is_log_name(name),
            stamp=_stamp(file, f"{member.name}:{member.mtime}:{member.size}:{member.offset_data}"),
        )  # fmt: skip


def _opens(whole: _Whole, start: int, size: int) -> Callable[[], BinaryIO]:
    return lambda: cast("BinaryIO", _Stretch(whole, start, size))


class _Whole:
    """A file in which one may jump about, kept open as long as a member of it is known.

    A packed one is copied out once, not for every member.
    """

    def __init__(self, file: File, limits: Limits) -> None:
        keeper = ExitStack()
        self.stream = keeper.enter_context(file.seekable(limits))
        finalize(self, keeper.close)


class _Stretch(io.RawIOBase):
    """A stretch of a whole as a stream."""

    def __init__(self, whole: _Whole, start: int, size: int) -> None:
        super().__init__()
        self.whole, self.start, self.size, self.at = whole, start, size, 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def tell(self) -> int:
        """Return the place."""
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        self.at = max(0, offset + (0, self.at, self.size)[whence])
        return self.at

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes.

        Raises:
            SourceError: the whole ends too early.
        """
        left = max(0, self.size - self.at)
        wanted = left if size is None or size < 0 else min(size, left)
        self.whole.stream.seek(self.start + self.at)
        block = self.whole.stream.read(wanted)
        if len(block) < wanted:
            raise SourceError("damaged")
        self.at += len(block)
        return block

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer."""
        block = self.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def _stamp(file: File, more: str) -> str:
    return hashlib.sha256(f"{file.stamp}:{more}".encode()).hexdigest() if file.stamp else ""


def member_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; archives made in China carry GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


class _Member:
    """Opens a member of a zip archive anew."""

    def __init__(self, file: File, member: zipfile.ZipInfo, limits: Limits) -> None:
        self.file, self.member, self.limits = file, member, limits

    def __call__(self) -> BinaryIO:
        keeper = self.file.seekable(self.limits)
        stream = keeper.__enter__()  # the member's stream closes it
        try:
            archive = zipfile.ZipFile(stream)
            inner = archive.open(self.member)
        except BROKEN:
            keeper.__exit__(None, None, None)
            raise SourceError("damaged") from None
        return cast("BinaryIO", _Kept(inner, self.member.file_size, keeper))


class _Kept(Bounded):
    """A member's stream that lets go of its archive when it is closed."""

    def __init__(self, stream: Any, most: int, keeper: Any) -> None:
        super().__init__(stream, most)
        self.keeper = keeper

    def close(self) -> None:
        """Close the member and the archive."""
        if not self.closed:
            super().close()
            self.keeper.__exit__(None, None, None)
