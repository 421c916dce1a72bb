"""From a path to its tables: folders are walked, formats told, archives looked into."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.columnar import (
    arrow_table,
    orc_table,
    parquet_part,
    parquet_table,
)
from hongxian.sensors.store.sources.delimited import delimited_table, delimiter_of
from hongxian.sensors.store.sources.documents import attachments, document_table, mail_table
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import LIMITS, local_file
from hongxian.sensors.store.sources.kinds import kind_of
from hongxian.sensors.store.sources.lines import text_table
from hongxian.sensors.store.sources.packed import SUFFIXES, tar_members, unpacked, zip_members
from hongxian.sensors.store.sources.records import json_lines_table, json_table
from hongxian.sensors.store.sources.sqldump import dump_tables
from hongxian.sensors.store.sources.sqlite import sqlite_tables
from hongxian.sensors.store.sources.workbook import workbook_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.store.sources.file import File, Limits
    from hongxian.sensors.store.sources.table import Table

_MAILS = ("mail", "mbox")
_IGNORED = frozenset({".git", ".hg", ".svn", "__pycache__", "node_modules", ".venv"})
"""Folders of tools, in which no data of people lie."""


def path_tables(path: Path, problems: list[Reason], limits: Limits = LIMITS) -> Iterator[Table]:
    """Yield the tables of a file or of all files of a folder, in the order of their names.

    Args:
        path: the file or folder.
        problems: takes what could not be opened.
        limits: how much a file may make of itself.
    """
    for found, name in walk(path):
        try:
            file = local_file(found, name)
        except OSError as error:
            problems.append(Reason("store.unopened", {"reason": error.strerror or "?"}, name))
            continue
        yield from file_tables(file, problems, limits)


def count_bytes(path: Path) -> int:
    """Return the bytes of a file or of all files of a folder."""
    return sum(found.stat().st_size for found, _ in walk(path) if found.is_file())


def walk(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield a file, or all files of a folder in the order of their names, with those names."""
    if not path.is_dir():
        yield path, path.name
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name not in _IGNORED)
        for name in sorted(names):
            found = Path(folder) / name
            if found.is_file() and not found.is_symlink():  # a link shows what lies elsewhere
                yield found, found.relative_to(path).as_posix()


def file_tables(file: File, problems: list[Reason], limits: Limits = LIMITS) -> Iterator[Table]:
    """Yield the tables of one file; what is wrong with it is told in ``problems``."""
    with _told(file, problems):
        yield from _opened(file, problems, limits)


def file_part(
    file: File, problems: list[Reason], part: int, parts: int
) -> Iterator[tuple[Table, int]]:
    """Yield a part of a large Parquet file as a table, with the number of rows in front of it.

    Args:
        file: the file, of which :func:`parts_of` said that it has parts.
        problems: takes what is wrong with it.
        part: number of the part, from 0.
        parts: how many there are.
    """
    with _told(file, problems):
        yield parquet_part(file, part, parts)


def parts_of(path: Path, size: int) -> int:
    """Return in how many parts of about so many bytes a file can be read: Parquet alone has any."""
    try:
        parts = path.stat().st_size // size
        if parts < 2:
            return 1
        with path.open("rb") as stream:
            return parts if stream.read(4) == b"PAR1" else 1
    except OSError:  # told when it is opened
        return 1


@contextmanager
def _told(file: File, problems: list[Reason]) -> Iterator[None]:
    try:
        yield
    except SourceError as error:
        problems.append(error.reason(file.name))
    except OSError as error:
        problems.append(Reason("store.unopened", {"reason": error.strerror or "?"}, file.name))
    except ValueError:  # what Arrow raises on damaged files
        problems.append(Reason("store.damaged", {}, file.name))


def _opened(file: File, problems: list[Reason], limits: Limits) -> Iterator[Table]:
    head = file.head()
    kind = kind_of(file, head)
    if kind == "empty":
        return
    if kind in SUFFIXES or kind in ("zip", "tar", *_MAILS):
        if kind in _MAILS:
            yield mail_table(file, kind, limits)
        if file.depth >= limits.depth:
            raise SourceError("too_deep", limit=limits.depth)
        for member in _members(file, kind, problems, limits):
            yield from file_tables(member, problems, limits)
        return
    if kind == "unknown":
        raise SourceError("unknown_format")
    yield from _tables(file, kind, head, limits)


def _members(file: File, kind: str, problems: list[Reason], limits: Limits) -> Iterable[File]:
    if kind == "zip":
        return zip_members(file, problems, limits)
    if kind == "tar":
        return tar_members(file, problems, limits)
    if kind in _MAILS:
        return attachments(file, kind, limits)
    return [unpacked(file, kind, limits)]


def _tables(file: File, kind: str, head: bytes, limits: Limits) -> Iterable[Table]:
    if kind in _ONE:
        return [_ONE[kind](file)]
    if kind == "csv":
        return [delimited_table(file, delimiter_of(head, file.suffix) or ",")]
    if kind == "excel":
        return workbook_tables(file, limits)
    if kind == "sqlite":
        return sqlite_tables(file)
    if kind == "sqldump":
        return dump_tables(file, limits)
    return [text_table(file, limits)]


_ONE = {
    "parquet": parquet_table, "orc": orc_table, "arrow": arrow_table, "json": json_table,
    "jsonl": json_lines_table, "document": document_table,
}  # fmt: skip
