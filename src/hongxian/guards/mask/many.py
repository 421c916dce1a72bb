"""Masks whatever holds more than one table: a folder, a database, a workbook, a dump."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hongxian.errors import Exit
from hongxian.guards.mask.copies.file import MANY, ONE, copy_file, inner_file
from hongxian.guards.mask.copies.outputs import form_of, packing_of
from hongxian.guards.mask.copies.tables import mask_table
from hongxian.guards.mask.run import Asked, Outcome, beside, mask_file, write_copy
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.files import file_tables, walk
from hongxian.sensors.store.sources.query import query_table
from hongxian.sensors.store.sources.sources import open_source
from hongxian.words.worded import WordedError, nearest, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.facts.reason import Reason
    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan
    from hongxian.sensors.store.sources.table import Table

TABLES = ("sqlite", "postgresql", "mysql", "sql", "excel", "sqldump")
"""Kinds of tables that are read to the last row and the last value, so that a copy is faithful."""

_NAME = re.compile(r"[^\w.-]+")
"""What a table's name may have and a file's may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a source.

    Args:
        form: format of the files that tables become in a folder: ``parquet`` or ``csv``.
        tables: names of the tables that are masked; none are all.
        query: a SELECT whose rows are masked instead of tables.
        asked: what is to be measured.
    """

    form: str = "parquet"
    tables: tuple[str, ...] = ()
    query: str | None = None
    asked: Asked = field(default_factory=Asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """What came of masking a source.

    Args:
        outcomes: of each table and file.
        problems: what was not copied, and why; each can be said in both languages.
    """

    outcomes: tuple[Outcome, ...]
    problems: tuple[Reason | WordedError, ...] = ()


def mask_source(spec: str, target: Path | None, plan: Plan, wanted: Wanted) -> Masked:
    """Mask a file, a folder, or what an address names, to a copy.

    Args:
        spec: a path or an address, as ``scan`` takes them.
        target: a file for one table, else a folder; ``None`` masks a file in place.
        plan: what happens to each column.
        wanted: which tables, in which format, and what is measured.

    Raises:
        HongxianError: the source cannot be opened, or the target not be written.
    """
    path = None if "://" in spec else Path(spec)
    if wanted.query is None and path is not None and path.is_file() and _is_one(path):
        return Masked(outcomes=(mask_file(path, target, plan, wanted.asked),))
    if target is None:
        raise WordedError("mask_no_in_place", spec if path else None)
    if path is not None and not path.exists():
        raise WordedError("file_missing", path)
    problems: list[Any] = []
    units = list(_units(spec, path, wanted, problems))
    if form_of(target.name):
        return _one(units, target, plan, wanted, problems)
    if len(units) > 1 and (wanted.asked.quasi or wanted.asked.sensitive):
        raise WordedError("mask_risk_one")
    return _folder(units, target, plan, wanted.asked, problems, source=path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """One table or one file that becomes a file."""

    place: str
    name: str
    """Where its copy stands in the folder."""
    copy: Callable[[Any, Plan, Watch | None, str | None], int]
    packing: str | None = None
    mode: int | None = None


def _is_one(path: Path) -> bool:
    return inner_file(local_file(path, str(path)))[1] not in MANY


def _units(spec: str, path: Path | None, wanted: Wanted, problems: list[Any]) -> Iterator[_Unit]:
    """Yield what is to be masked.

    Raises:
        HongxianError: there is no such source, or no table of a name.
    """
    if wanted.query is not None:
        yield _table_unit(query_table(*_database(spec, path), wanted.query), "", wanted.form, set())
        return
    if path is None:
        yield from _chosen(list(open_source(spec).tables(problems)), "", wanted, problems)
        return
    for found, name in walk(path):
        yield from _file_units(found, name, wanted, problems, alone=found == path)


def _database(spec: str, path: Path | None) -> tuple[str, Path | None]:
    """Return the address of a database, or its file.

    Raises:
        HongxianError: the file is none of SQLite's.
    """
    if path is None and spec.lower().startswith(("sqlite://", "sqlite3://")):
        path = Path(urlsplit(spec).path)
    if path is not None and inner_file(local_file(path, str(path)))[1] != "sqlite":
        raise WordedError("query_no_source", path, scheme="file")
    return spec, path


def _file_units(
    path: Path, name: str, wanted: Wanted, problems: list[Any], *, alone: bool
) -> Iterator[_Unit]:
    try:
        file, kind, packed = inner_file(local_file(path, name))
    except WordedError as error:
        problems.append(error)
        return
    except OSError as error:
        problems.append(unreadable(name, error))
        return
    if kind in ONE:

        def copy(out: Any, plan: Plan, watch: Watch | None, form: str | None) -> int:
            return copy_file(file, kind, out, plan, watch, form=form)

        yield _Unit(place=name, name=name, copy=copy, packing=packed, mode=path.stat().st_mode)
    elif kind in MANY:
        tables = list(file_tables(file, problems))
        yield from _chosen(tables, "" if alone else f"{name}/", wanted, problems)
    else:
        problems.append(WordedError("mask_no_source", name, Exit.SENSOR, kind=kind))


def _chosen(
    tables: list[Table], folder: str, wanted: Wanted, problems: list[Any]
) -> Iterator[_Unit]:
    known = [one.name for one in tables]
    for name in wanted.tables:
        if name not in known:
            raise WordedError("mask_no_table", word=name, nearest=nearest(name, known))
    taken: set[str] = set()
    for table in tables:
        if wanted.tables and table.name not in wanted.tables:
            continue
        if table.kind not in TABLES or not table.name:
            problems.append(
                WordedError("mask_no_source", table.place, Exit.SENSOR, kind=table.kind)
            )
            continue
        yield _table_unit(table, folder, wanted.form, taken)


def _table_unit(table: Table, folder: str, form: str, taken: set[str]) -> _Unit:
    name = base = _NAME.sub("_", table.name).lstrip(".") or "table"
    number = 1
    while name.lower() in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name.lower())

    def copy(out: Any, plan: Plan, watch: Watch | None, other: str | None) -> int:
        return mask_table(table, out, other or form, plan, watch)

    return _Unit(place=table.place, name=f"{folder}{name}.{form}", copy=copy)


def _one(
    units: list[_Unit], target: Path, plan: Plan, wanted: Wanted, problems: list[Any]
) -> Masked:
    """Mask the one table that there is to one file.

    Raises:
        HongxianError: there are more, or none.
    """
    if len(units) > 1:
        raise WordedError("mask_many_tables", count=len(units))
    if not units:
        return Masked(outcomes=(), problems=tuple(problems))
    [unit], part = units, beside(target)
    try:
        outcome = write_copy(
            lambda out, watch: unit.copy(out, plan, watch, form_of(target.name)),
            part, plan, wanted.asked, packing_of(target.name),
        )  # fmt: skip
        plan.check_named()
        part.replace(target)
    except OSError as error:
        raise unreadable(error.filename or target, error) from None
    finally:
        part.unlink(missing_ok=True)
    return Masked(outcomes=(replace(outcome, place=unit.place),), problems=tuple(problems))


def _folder(  # noqa: PLR0913 - a source, where to, and how
    units: list[_Unit],
    target: Path,
    plan: Plan,
    asked: Asked,
    problems: list[Any],
    *,
    source: Path | None,
) -> Masked:
    """Mask everything to a folder, which takes its place in one step when it is whole."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WordedError("mask_output_there", target)
    outcomes: list[Outcome] = []
    seen: set[str] = set()
    try:
        part = Path(tempfile.mkdtemp(prefix=".hongxian-", dir=target.parent))
    except OSError as error:
        raise unreadable(target.parent, error) from None
    try:
        for unit in units:
            own = replace(plan, columns={}, seen=seen)
            try:
                outcomes.append(_copied(unit, part / unit.name, own, asked))
            except WordedError as error:
                if error.code is not Exit.SENSOR:
                    raise
                (part / unit.name).unlink(missing_ok=True)
                problems.append(error)
        if outcomes:
            plan.seen.update(seen)
            plan.check_named()
            _put(part, target, source, private=plan.reveal)
    except OSError as error:
        raise unreadable(error.filename or target, error) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Masked(outcomes=tuple(outcomes), problems=tuple(problems))


def _copied(unit: _Unit, path: Path, plan: Plan, asked: Asked) -> Outcome:
    path.parent.mkdir(parents=True, exist_ok=True)
    outcome = write_copy(
        lambda out, watch: unit.copy(out, plan, watch, None), path, plan, asked, unit.packing
    )
    if unit.mode is not None:
        path.chmod(unit.mode & 0o777)
    return replace(outcome, place=unit.place)


def _put(part: Path, target: Path, source: Path | None, *, private: bool) -> None:
    if source is not None and source.is_dir() and not private:
        part.chmod(source.stat().st_mode & 0o777)
    if target.exists():
        target.rmdir()
    part.replace(target)
