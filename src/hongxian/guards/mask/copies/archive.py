"""Archives (zip, tar): each member is masked by its own format into a new archive."""

from __future__ import annotations

import stat
import tarfile
import zipfile
from contextlib import contextmanager
from shutil import copyfileobj
from typing import TYPE_CHECKING, BinaryIO, cast

from hongxian.errors import Exit
from hongxian.guards.mask.copies.members import (
    check_depth,
    copied,
    member,
    zip_info,
    zip_parts,
)
from hongxian.guards.mask.names import shown_name, unlike
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import LIMITS
from hongxian.sensors.store.sources.packed import BROKEN, member_name
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.mask.copies.members import Units
    from hongxian.guards.mask.job import Job
    from hongxian.sensors.store.sources.file import File


def mask_zip(file: File, place: str, out: BinaryIO, job: Job, units: Units) -> int:
    """Write a masked copy of a zip archive and return how many files it holds.

    Args:
        file: the archive.
        place: what it is called.
        out: takes the bytes.
        job: what is to happen.
        units: tells what a member becomes.

    Raises:
        HongxianError: a member cannot be copied, and is not to be left out.
        SourceError: it is damaged, a bomb, or lies in too many others.
    """
    check_depth(file)
    taken: set[str] = set()
    with (
        file.seekable() as stream,
        _opened_zip(stream) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in zip_parts(file, archive):
            _zip_member(_Zip(file, archive, made, taken), info, place, job, units)
    return len(made.namelist())


class _Zip:
    """An archive that is read, and one that is written."""

    def __init__(
        self, file: File, archive: zipfile.ZipFile, made: zipfile.ZipFile, taken: set[str]
    ) -> None:
        self.file, self.archive, self.made, self.taken = file, archive, made, taken

    def write(self, info: zipfile.ZipInfo, name: str, data: BinaryIO | bytes) -> None:
        """Write a member under a name that no other has."""
        head = zip_info(info, unlike(name, self.taken))
        if isinstance(data, bytes):
            self.made.writestr(head, data)
            return
        with self.made.open(head, "w", force_zip64=info.file_size > 1 << 30) as into:
            copyfileobj(data, into, 1 << 20)


def _zip_member(own: _Zip, info: zipfile.ZipInfo, place: str, job: Job, units: Units) -> None:
    old = member_name(info)
    name = shown_name(old)
    if info.is_dir():
        own.write(info, name, b"")
        return
    if info.flag_bits & 1:
        job.left_out(WordedError("mask_locked", f"{place}!{name}", Exit.SENSOR))
        return
    if stat.S_ISLNK(info.external_attr >> 16):
        own.write(
            info, name, shown_name(own.archive.read(info).decode("utf-8", "replace")).encode()
        )
        return
    inner = member(
        own.file, name, place, info.file_size, lambda: cast("BinaryIO", own.archive.open(info))
    )
    for unit, data in copied(inner, name, place, job, units):
        own.write(info, unit.name, data)


@contextmanager
def _opened_zip(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN:
        raise SourceError("damaged") from None
    with archive:
        yield archive


def mask_tar(file: File, place: str, out: BinaryIO, job: Job, units: Units) -> int:
    """Write a masked copy of a tar archive and return how many files it holds.

    Names and numbers of owners are left out. A hard link becomes a copy of what it leads to.

    Args:
        file: the archive.
        place: what it is called.
        out: takes the bytes.
        job: what is to happen.
        units: tells what a member becomes.

    Raises:
        HongxianError: a member cannot be copied, and is not to be left out.
        SourceError: it is damaged, has too many members, or lies in too many others.
    """
    check_depth(file)
    taken: set[str] = set()
    count = 0
    with (
        file.seekable() as stream,
        _opened_tar(stream) as archive,
        tarfile.open(fileobj=out, mode="w|") as made,
    ):
        for number, info in enumerate(_infos(archive)):
            if number >= LIMITS.members:
                raise SourceError("many_members", limit=LIMITS.members)
            count += _tar_member((file, archive, made, taken), info, place, job, units)
    return count


def _opened_tar(stream: BinaryIO) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=stream, mode="r:")
    except BROKEN:
        raise SourceError("damaged") from None


def _infos(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yield the heads of members; a damaged one ends them with an error."""
    infos = iter(archive)
    while True:
        try:
            info = next(infos, None)
        except BROKEN:
            raise SourceError("damaged") from None
        if info is None:
            return
        yield info


def _tar_member(
    own: tuple[File, tarfile.TarFile, tarfile.TarFile, set[str]],
    info: tarfile.TarInfo,
    place: str,
    job: Job,
    units: Units,
) -> int:
    """Copy one member; returns how many it became."""
    file, archive, made, taken = own
    name = shown_name(info.name)
    if info.isdir() or info.issym():
        made.addfile(_tar_info(info, unlike(name, taken), 0, shown_name(info.linkname)))
        return 1
    if not (info.isreg() or info.islnk()):
        job.left_out(WordedError("mask_no_source", f"{place}!{name}", Exit.SENSOR, kind="device"))
        return 0
    inner = member(file, name, place, _size(archive, info), lambda: _content(archive, info))
    count = 0
    for unit, data in copied(inner, name, place, job, units):
        size = data.seek(0, 2)
        data.seek(0)
        made.addfile(_tar_info(info, unlike(unit.name, taken), size), data)
        count += 1
    return count


def _size(archive: tarfile.TarFile, info: tarfile.TarInfo) -> int:
    try:
        return archive.getmember(info.linkname).size if info.islnk() else info.size
    except KeyError:
        return 0


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    """Open a member; a link may lead to nothing.

    Raises:
        ValueError: there is nothing.
    """
    try:
        found = archive.extractfile(info)
    except tarfile.TarError:
        found = None
    if found is None:
        raise ValueError
    return cast("BinaryIO", found)


def _tar_info(info: tarfile.TarInfo, name: str, size: int, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.mode, made.mtime = size, info.mode, int(info.mtime)
    made.type = info.type if info.isdir() or info.issym() else tarfile.REGTYPE
    made.linkname = link if info.issym() else ""
    return made
