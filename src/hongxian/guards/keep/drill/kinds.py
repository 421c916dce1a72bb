"""Which code marks and tries a server of a kind."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from hongxian.guards.keep.drill.postgresql.course import PostgresCourse
from hongxian.guards.keep.drill.postgresql.marks import mark as mark_postgresql
from hongxian.guards.keep.drill.postgresql.ready import ready
from hongxian.guards.keep.drill.postgresql.restore import restore
from hongxian.guards.keep.drill.settings import MariaTried, SourceSettings
from hongxian.guards.keep.programs import ProgramError
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.drill.course import Course
    from hongxian.guards.keep.drill.marks import Mark
    from hongxian.guards.keep.drill.settings import AnySource
    from hongxian.guards.keep.vault.objects import Store

try:
    import pymysql
except ModuleNotFoundError:  # an extra of its own
    pymysql = None

FAULTS: tuple[type[Exception], ...] = (
    ProgramError, asyncpg.PostgresError, *([pymysql.Error] if pymysql else []),
)  # fmt: skip
"""What programs and drivers raise while a copy is brought back and looked at."""


def mark_of(source: AnySource, folder: Path) -> Mark:
    """Mark a source and keep the mark in a folder.

    Raises:
        HongxianError: the source is not told how it is reached, or does not let it.
    """
    if isinstance(source, MariaTried):
        _driver(source)
        from hongxian.guards.keep.drill.mariadb.marks import mark  # noqa: PLC0415 - an extra

        return mark(source, folder)
    assert isinstance(source, SourceSettings)  # noqa: S101 - there are two kinds
    return asyncio.run(mark_postgresql(source, folder))


def course_of(
    store: Store, source: AnySource, folder: Path, told: list[Mark], until: float | None
) -> Course[Any]:
    """Return a drill that has not begun.

    Args:
        store: the vault.
        source: whose copy.
        folder: of the drill.
        told: the marks of the source.
        until: a moment (seconds since 1970) to which its log is replayed; ``None``: to its end.

    Raises:
        HongxianError: the driver of this kind of server is not installed.
    """
    if isinstance(source, MariaTried):
        _driver(source)
        from hongxian.guards.keep.drill.mariadb.course import MariaCourse  # noqa: PLC0415 - an extra

        return MariaCourse(store, source, folder, told, until)
    assert isinstance(source, SourceSettings)  # noqa: S101 - there are two kinds
    return PostgresCourse(store, source, folder, told, until)


@dataclass(frozen=True, slots=True)
class Brought:
    """A server that was brought back: its base, bytes, data directory.

    ``wal`` is the folder from which it replays when it is started; ``None``: it holds all already.
    """

    base: str
    size: int
    data: Path
    wal: Path | None


def brought(store: Store, source: AnySource, folder: Path, until: float | None) -> Brought:
    """Bring a copy of a source back into an empty folder, ready to be started as a server.

    Args:
        store: the vault.
        source: whose copy.
        folder: where to.
        until: a moment (seconds since 1970) to which its log is replayed; ``None``: to its end.

    Raises:
        HongxianError: there is no base, or an object was altered.
        ProgramError: a program of the database failed.
    """
    if not isinstance(source, MariaTried):
        restored = restore(store, source.name, folder, until)
        ready(restored, until, source.programs)
        return Brought(restored.base.number, restored.size, restored.data, restored.wal)
    _driver(source)
    from hongxian.guards.keep.drill.mariadb.course import MariaCourse  # noqa: PLC0415 - an extra

    course = MariaCourse(store, source, folder, [], until)
    try:
        course.restore()
        course.replay()
        course.leave()
    finally:
        course.end()
    return Brought(str(course.base), course.size, folder / "data", None)


def _driver(source: AnySource) -> None:
    if pymysql is None:
        raise WordedError("no_driver", source.name, package="hongxian[mysql]")
