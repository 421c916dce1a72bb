"""What is to be masked, piece by piece: each table or file that becomes a file."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from hongxian.errors import Exit
from hongxian.guards.mask.copies.archive import mask_tar, mask_zip
from hongxian.guards.mask.copies.docx import mask_docx
from hongxian.guards.mask.copies.file import MANY, ONE, copy_file, inner_file
from hongxian.guards.mask.copies.mail import mask_mail, mask_mbox
from hongxian.guards.mask.copies.pdf import mask_pdf
from hongxian.guards.mask.copies.tables import TableError, mask_table
from hongxian.guards.mask.job import Job, Unit
from hongxian.guards.mask.names import shown_name
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.files import file_tables
from hongxian.words.worded import WordedError, nearest, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.sensors.store.sources.file import File
    from hongxian.sensors.store.sources.table import Table

TABLES = ("sqlite", "postgresql", "mysql", "sql", "excel", "sqldump")
"""Kinds of tables that are read to the last row and the last value, so that a copy is faithful."""

HOLD: dict[str, Callable[..., int]] = {
    "zip": mask_zip, "tar": mask_tar, "mail": mask_mail, "mbox": mask_mbox, "docx": mask_docx,
}  # fmt: skip
"""Kinds of files with files inside, and what copies them."""

_NAME = re.compile(r"[^\w.-]+")
"""What a table's name may have and a file's may not."""


def file_units(  # noqa: PLR0913 - a file, where it stands, and how its tables are copied
    file: File,
    name: str,
    form: str,
    problems: list[Any],
    *,
    tables: tuple[str, ...] = (),
    mode: int | None = None,
    alone: bool = False,
    within: str = "",
) -> Iterator[Unit]:
    """Yield what a file becomes.

    Args:
        file: the file, packed or not.
        name: where it stands in the folder.
        form: the format of tables that have no file of their own.
        problems: takes what cannot be copied.
        tables: names of the only tables that are wanted.
        mode: its permissions.
        alone: it is the whole source, so that its tables need no folder of their own.
        within: what it lies in.
    """
    name = shown_name(name)
    place = f"{within}{name}"
    try:
        inner, kind, packing = inner_file(file)
    except WordedError as error:
        problems.append(error)
        return
    except OSError as error:
        problems.append(unreadable(place, error))
        return
    if kind in MANY:
        yield from chosen(
            list(file_tables(inner, problems)), "" if alone else f"{name}/", form, tables, problems
        )
        return
    unit = file_unit(inner, kind, name, place, packing=packing, mode=mode)
    if unit is None:
        problems.append(WordedError("mask_no_source", place, Exit.SENSOR, kind=kind))
    else:
        yield unit


def file_unit(  # noqa: PLR0913 - a file, and how it is called
    file: File,
    kind: str,
    name: str,
    place: str,
    *,
    packing: str | None = None,
    mode: int | None = None,
) -> Unit | None:
    """Return what a file that is not of several tables becomes; ``None`` when it cannot be copied.

    Args:
        file: what is inside of a packed file.
        kind: its kind.
        name: where it stands in the folder.
        place: what it is called.
        packing: how it was packed.
        mode: its permissions.
    """
    common: dict[str, Any] = {"place": place, "packing": packing, "mode": mode}
    if kind in ONE:
        return Unit(name=name, copy=partial(_one, file, kind), **common)
    if kind == "pdf":
        name = f"{name}.txt"
        return Unit(name=name, copy=partial(_pdf, file, place), form=".txt", **common)
    if kind in HOLD:
        return Unit(name=name, copy=partial(_held, file, kind, place), holds=True, **common)
    return None


def _one(file: File, kind: str, out: BinaryIO, job: Job) -> int:
    return copy_file(file, kind, out, job.plan, job.watch, form=job.form)


def _pdf(file: File, place: str, out: BinaryIO, job: Job) -> int:
    job.notes.append(WordedError("mask_pdf_text", place))
    return mask_pdf(file, out, job.plan, job.watch)


def _held(file: File, kind: str, place: str, out: BinaryIO, job: Job) -> int:
    if job.form is not None:
        raise WordedError("mask_output_kind", place, kind=kind, form=job.form)
    try:
        return HOLD[kind](file, place, out, job, _member_units)
    except SourceError as error:
        raise TableError(error.reason(place)) from None


def _member_units(file: File, name: str, within: str, job: Job) -> Iterator[Unit]:
    """Yield what a file inside of another becomes.

    Raises:
        HongxianError: it cannot be copied, and is not to be left out.
    """
    problems: list[Any] = []
    found = list(file_units(file, name, job.tables, problems, within=within))
    for problem in problems:
        job.left_out(problem)
    yield from found


def chosen(
    tables: list[Table],
    folder: str,
    form: str,
    wanted: tuple[str, ...],
    problems: list[Any],
) -> Iterator[Unit]:
    """Yield the tables that are wanted.

    Args:
        tables: all there are.
        folder: where their copies stand; ends with a slash unless it is empty.
        form: the format of the copies.
        wanted: names; none are all.
        problems: takes what cannot be copied.

    Raises:
        HongxianError: there is no table of a name.
    """
    known = [one.name for one in tables]
    for name in wanted:
        if name not in known:
            raise WordedError("mask_no_table", word=name, nearest=nearest(name, known))
    taken: set[str] = set()
    for table in tables:
        if wanted and table.name not in wanted:
            continue
        if table.kind not in TABLES or not table.name:
            problems.append(
                WordedError("mask_no_source", table.place, Exit.SENSOR, kind=table.kind)
            )
            continue
        yield table_unit(table, folder, form, taken)


def table_unit(table: Table, folder: str, form: str, taken: set[str]) -> Unit:
    """Return what a table becomes; its name is made one that a file may have."""
    name = base = _NAME.sub("_", table.name).lstrip(".") or "table"
    number = 1
    while name.lower() in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name.lower())

    def copy(out: BinaryIO, job: Job) -> int:
        return mask_table(table, out, job.form or form, job.plan, job.watch)

    return Unit(place=table.place, name=f"{folder}{name}.{form}", copy=copy)
