"""Files inside of a file: bounded as the scan bounds them, each copied by its own format."""

from __future__ import annotations

import io
import tempfile
import zipfile
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from hongxian.errors import Exit
from hongxian.guards.mask.run import Asked
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import IN_MEMORY, LIMITS, File, is_log_name
from hongxian.sensors.store.sources.packed import BROKEN, Bounded, most_of
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.guards.mask.job import Job, Unit


class Units(Protocol):
    """Tells what a file inside of another becomes."""

    def __call__(self, file: File, name: str, within: str, job: Job) -> Iterator[Unit]:
        """Yield it: several tables become several files.

        Raises:
            HongxianError: it cannot be copied, and is not to be left out.
        """


def check_depth(file: File) -> None:
    """See that a file does not lie in too many others.

    Raises:
        SourceError: it does.
    """
    if file.depth >= LIMITS.depth:
        raise SourceError("too_deep", limit=LIMITS.depth)


def member(file: File, name: str, place: str, size: int, opened: Callable[[], BinaryIO]) -> File:
    """Return a file inside of another.

    Args:
        file: the other.
        name: its name there, as it may be shown.
        place: what the other is called.
        size: bytes that it says it has; it gives no more.
        opened: opens it.
    """

    def bounded() -> BinaryIO:
        try:
            return cast("BinaryIO", Bounded(opened(), size))
        except BROKEN:
            raise SourceError("damaged") from None

    whole = f"{place}!{name}"
    return File(name=whole, opened=bounded, size=size, depth=file.depth + 1, log=is_log_name(whole))


def in_memory(file: File, name: str, place: str, data: bytes) -> File:
    """Return a file inside of another, whose bytes are at hand."""
    return member(file, name, place, len(data), lambda: io.BytesIO(data))


def copied(
    inner: File, name: str, place: str, job: Job, units: Units
) -> Iterator[tuple[Unit, BinaryIO]]:
    """Yield the copies of a file inside of another, each whole.

    Args:
        inner: the file.
        name: its name in the other.
        place: what the other is called.
        job: of the other; is told what came of it.
        units: tells what it becomes.

    Raises:
        HongxianError: it cannot be copied, and is not to be left out.
    """
    for unit in units(inner, name, f"{place}!", job):
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as made:
            plain = cast("BinaryIO", made)
            try:
                outcomes = unit.copied(plain, unit.packing, job.own(), Asked())
            except WordedError as error:
                if error.code is not Exit.SENSOR:
                    raise
                job.left_out(error)
                continue
            job.inner += outcomes
            made.seek(0)
            yield unit, plain


def zip_parts(file: File, archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """Yield the members of a zip archive, in their order.

    Raises:
        SourceError: there are too many, or they say that they become too much.
    """
    most, total = most_of(file.size, LIMITS), 0
    members = archive.infolist()
    if len(members) > LIMITS.members:
        raise SourceError("many_members", limit=LIMITS.members)
    for info in members:
        total += info.file_size
        if total > most:
            raise SourceError("bomb")
        yield info


def zip_info(info: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    """Return the head of a member's copy: time, permissions and packing stay, notes do not."""
    made = zipfile.ZipInfo(name, info.date_time)
    made.compress_type = info.compress_type
    made.external_attr, made.create_system = info.external_attr, info.create_system
    return made
