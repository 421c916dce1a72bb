"""Masks a source of any kind: files, folders, object stores, databases; unit by unit."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hongxian.errors import Exit
from hongxian.guards.mask.copies.file import MANY, inner_file
from hongxian.guards.mask.copies.outputs import form_of, packing_of
from hongxian.guards.mask.found import AwayError, check_apart, found_files
from hongxian.guards.mask.job import Job, Unit
from hongxian.guards.mask.names import shown_name, unlike
from hongxian.guards.mask.run import Asked, Masked, Outcome, Wanted
from hongxian.guards.mask.targets.target import TargetError, open_target, path_of, scheme_of
from hongxian.guards.mask.units import chosen, file_unit, file_units, table_unit
from hongxian.sensors.store.sources import mongo, redis_
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.query import query_table
from hongxian.sensors.store.sources.remote import schemes
from hongxian.sensors.store.sources.sources import open_source, plain_name
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.mask.found import Found
    from hongxian.guards.mask.plan import Plan
    from hongxian.guards.mask.targets.target import Target

__all__ = ["Masked", "Wanted", "mask_source"]

SERVERS = {
    **dict.fromkeys(mongo.SCHEMES, "mongodb"), **dict.fromkeys(redis_.SCHEMES, "redis"),
}  # fmt: skip
"""Databases without tables, by the kind of an address."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""What the system says of a place that takes no more."""

BACKUP = ".bak"
"""What is put behind the name of a file that is masked in place."""


def mask_source(spec: str, target: str | Path | None, plan: Plan, wanted: Wanted) -> Masked:
    """Mask a file, a folder, or what an address names, to a copy.

    Args:
        spec: a path or an address, as ``scan`` takes them.
        target: a path or an address: of a file for one table, else of a folder, or of a database
            of the source's own kind; ``None`` masks in place and leaves a backup.
        plan: what happens to each column.
        wanted: which tables, in which format, and what is measured.

    Raises:
        HongxianError: the source cannot be opened, or the target not be written.
    """
    path = path_of(spec)
    if wanted.query is None and scheme_of(spec) in SERVERS:
        return _server(spec, target, plan, wanted)
    if wanted.query is None and (path is not None or scheme_of(spec) in schemes()):
        return _files(spec, path, target, plan, wanted)
    if target is None:
        raise WordedError("mask_no_in_place")
    problems: list[Any] = []
    if wanted.query is not None:
        table = query_table(*_database(spec, path), wanted.query)
        units = [table_unit(table, "", wanted.form, set())]
    else:
        tables = list(open_source(spec).tables(problems))
        units = list(chosen(tables, "", wanted.form, wanted.tables, problems))
    return _to(units, target, plan, wanted, problems)


def _server(spec: str, target: str | Path | None, plan: Plan, wanted: Wanted) -> Masked:
    """Mask a database without tables to another of its own kind.

    Raises:
        HongxianError: the target is of another kind.
    """
    kind, other = SERVERS[scheme_of(spec) or ""], None if target is None else str(target)
    if other is not None and SERVERS.get(scheme_of(other) or "") != kind:
        raise WordedError("mask_own_kind", plain_name(spec), kind=kind)
    if kind == "mongodb":
        from hongxian.guards.mask.databases.mongo import mask_mongo  # noqa: PLC0415 - an extra

        return mask_mongo(spec, other, plan, wanted)
    from hongxian.guards.mask.databases.redis_ import mask_redis  # noqa: PLC0415 - an extra

    return mask_redis(spec, other, plan, wanted)


def _files(
    spec: str, path: Path | None, target: str | Path | None, plan: Plan, wanted: Wanted
) -> Masked:
    """Mask files, on disk or elsewhere."""
    if path is not None and not path.exists():
        raise WordedError("file_missing", path)
    with _told(spec if target is None else target):
        found = found_files(spec, path)
        if found.alone and inner_file(found.files[0][0])[1] not in MANY:
            return _single(found, spec, target, plan, wanted)
        if target is None:
            raise WordedError("mask_no_in_place", found.shown)
        check_apart(spec, target)
        problems: list[Any] = []
        units = [
            unit
            for file, name, mode in found.files
            for unit in file_units(
                file, name, wanted.form, problems,
                tables=wanted.tables, mode=mode, alone=found.alone,
            )
        ]  # fmt: skip
        return _to(units, target, plan, wanted, problems, mode=found.mode)


def _single(
    found: Found, spec: str, target: str | Path | None, plan: Plan, wanted: Wanted
) -> Masked:
    """Mask the one file there is, in its own form unless the copy's name asks for another.

    Raises:
        HongxianError: it is of a kind that is not copied, or the copy would take its place.
    """
    [(file, name, mode)] = found.files
    place = open_target(spec if target is None else target)
    if target is not None:
        check_apart(spec, target)
    inner, kind, packing = inner_file(file)
    unit = file_unit(inner, kind, name, shown_name(name))
    if unit is None:
        raise WordedError("mask_no_source", found.shown, Exit.SENSOR, kind=kind)
    if unit.form is not None and (target is None or not _plain(place.name).endswith(unit.form)):
        raise WordedError("mask_only_as", found.shown, kind=kind, form=unit.form)
    form = None if target is None else _form(name, place.name, kind)
    backup = f"{name}{BACKUP}" if target is None else None
    job = Job(plan=plan, form=form, tables=wanted.form, skip=wanted.skip)
    with place.file(None if plan.reveal else mode, backup) as plain:
        packing = packing_of(place.name) if target is not None else packing
        outcomes = unit.copied(plain, packing, job, wanted.asked)
        plan.check_named()
    kept = f"{place.shown}{BACKUP}" if backup else None
    return _masked([replace(one, backup=kept) for one in outcomes], job)


def _masked(outcomes: list[Outcome], job: Job) -> Masked:
    return Masked(outcomes=tuple(outcomes), problems=tuple(job.problems), notes=tuple(job.notes))


def _plain(name: str) -> str:
    """Return a name without the end that tells how a file is packed."""
    path = PurePath(name)
    return path.stem if packing_of(name) else path.name


def _form(source: str, target: str, kind: str) -> str | None:
    """Return the format that a copy's name asks for; ``None`` when it is the source's own."""
    form = form_of(target)
    separated = form in ("csv", "tsv")
    return None if form == form_of(source) and separated == (kind == "csv") else form


def _database(spec: str, path: Path | None) -> tuple[str, Path | None]:
    """Return the address of a database, or its file.

    Raises:
        HongxianError: the file is none of SQLite's.
    """
    if path is None and spec.lower().startswith(("sqlite://", "sqlite3://")):
        path = Path(urlsplit(spec).path)
    if path is not None:
        if not path.exists():
            raise WordedError("file_missing", path)
        if inner_file(local_file(path, str(path)))[1] != "sqlite":
            raise WordedError("query_no_source", path, scheme="file")
    return spec, path


def _to(  # noqa: PLR0913 - what, where to, and how
    units: list[Unit],
    target: str | Path,
    plan: Plan,
    wanted: Wanted,
    problems: list[Any],
    *,
    mode: int | None = None,
) -> Masked:
    """Mask units to one file, if the target's name is one of a table, else to a folder."""
    place = open_target(target)
    job = Job(plan=plan, tables=wanted.form, skip=wanted.skip, problems=problems)
    with _told(target):
        if form_of(place.name):
            return _table(units, place, job, wanted.asked)
        if len(units) > 1 and (wanted.asked.quasi or wanted.asked.sensitive):
            raise WordedError("mask_risk_one")
        return _folder(units, place, job, wanted.asked, mode)


def _table(units: list[Unit], place: Target, job: Job, asked: Asked) -> Masked:
    """Mask the one table that there is to one file.

    Raises:
        HongxianError: there are more.
    """
    if len(units) > 1:
        raise WordedError("mask_many_tables", count=len(units))
    outcomes: list[Outcome] = []
    job.form = form_of(place.name)
    for unit in units:
        with place.file(None) as plain:
            outcomes = unit.copied(plain, packing_of(place.name), job, asked)
            job.plan.check_named()
    return _masked(outcomes, job)


def _folder(units: list[Unit], place: Target, job: Job, asked: Asked, mode: int | None) -> Masked:
    """Mask everything to a folder; what cannot be copied is told, and the rest is."""
    outcomes: list[Outcome] = []
    taken: set[str] = set()
    with place.folder(None if job.plan.reveal else mode) as folder:
        for unit in units:
            own = job.own()
            try:
                with folder.file(unlike(unit.name, taken), unit.mode) as plain:
                    outcomes += unit.copied(plain, unit.packing, own, asked)
            except WordedError as error:
                if error.code is not Exit.SENSOR or isinstance(error, TargetError):
                    raise
                job.problems.append(error)
        if outcomes:
            job.plan.check_named()
    return _masked(outcomes, job)


@contextmanager
def _told(target: str | Path) -> Iterator[None]:
    """Make one line of what the operating system or another file system says."""
    try:
        yield
    except AwayError as error:
        raise WordedError("mask_away", error.filename, Exit.SENSOR, kind=error.strerror) from None
    except OSError as error:
        shown = path_of(target) or plain_name(str(target))
        if error.errno in _FULL:
            raise WordedError("mask_not_written", shown, Exit.SENSOR, kind=error.strerror) from None
        raise unreadable(error.filename or shown, error) from None
