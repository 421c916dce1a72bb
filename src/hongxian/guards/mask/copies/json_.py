"""JSON and JSON Lines: only the values that a technique takes are changed, the rest stays."""

from __future__ import annotations

import io
import json
import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from hongxian.errors import Exit
from hongxian.guards.mask.copies.tree import mask_rows
from hongxian.sensors.store.sources.encoding import tell
from hongxian.sensors.store.sources.file import LIMITS
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan
    from hongxian.sensors.store.sources.file import File

ROWS = 1 << 14
"""Rows of a batch, unless they are long."""

BYTES = 1 << 23
"""Bytes of a batch, about."""

LONGEST = 1 << 26
"""Characters that a line may have."""


def mask_jsonl(file: File, out: BinaryIO, plan: Plan, watch: Watch | None = None) -> int:
    """Write a masked copy of JSON Lines, in UTF-8, and return its rows.

    Raises:
        HongxianError: a line is no JSON; the line names its number, never its text.
    """
    rows = 0
    for batch in _batches(file):
        mask_rows(batch, plan, watch)
        out.writelines(_encoded(row[0]) for row in batch)
        rows += len(batch)
    return rows


def mask_json(file: File, out: BinaryIO, plan: Plan, watch: Watch | None = None) -> int:
    """Write a masked copy of a JSON text, in UTF-8, and return its rows.

    The members of its outer array are the rows, else the value itself is.

    Raises:
        HongxianError: it is no JSON, or too large to be held.
    """
    with _text(file) as text:
        whole = text.read(LIMITS.document + 1)
    if len(whole) > LIMITS.document:
        raise WordedError("mask_large", file.name, Exit.SENSOR, most=LIMITS.document)
    try:
        value = _value(whole)
    except (ValueError, RecursionError):
        raise WordedError("mask_no_json", file.name, Exit.SENSOR) from None
    listed = isinstance(value, list)
    rows = [[one] for one in value] if listed else [[value]]
    for start in range(0, len(rows), ROWS):
        mask_rows(rows[start : start + ROWS], plan, watch)
    if listed:
        whole = ",\n".join(_encoded(row[0]).decode().rstrip("\n") for row in rows)
        out.write(f"[{whole}]\n".encode())
    else:
        out.write(_encoded(rows[0][0]))
    return len(rows)


def _encoded(value: Any) -> bytes:
    text = f"{json.dumps(value, ensure_ascii=False)}\n"
    return text.encode("utf-8", "backslashreplace")


@contextmanager
def _text(file: File) -> Iterator[io.TextIOWrapper]:
    """Open a text in its own encoding; a byte that is no character of it comes as half of one.

    Raises:
        HongxianError: the encoding has no place for such halves.
    """
    encoding, mark = tell(file.head())
    try:
        with file.opened() as stream:
            stream.read(mark)
            yield io.TextIOWrapper(stream, encoding, "surrogateescape", newline="\n")
    except UnicodeError:
        raise WordedError("mask_mixed", file.name, Exit.SENSOR, encoding=encoding) from None


def _batches(file: File) -> Iterator[list[list[Any]]]:
    """Yield rows, each alone in a list, so that it can be replaced whatever it is."""
    batch: list[list[Any]] = []
    size = 0
    with _text(file) as lines:
        number = 0
        while line := lines.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                raise WordedError(
                    "mask_long_line", file.name, Exit.SENSOR, line=number, most=LONGEST
                )
            if line.strip():
                batch.append([_row(line, file.name, number)])
                size += len(line)
            if len(batch) >= ROWS or size >= BYTES:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _row(line: str, name: str, number: int) -> Any:
    try:
        return _value(line)
    except (ValueError, RecursionError):
        raise WordedError("mask_no_json_line", name, Exit.SENSOR, line=number) from None


def _value(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        ValueError: it is none, or has a byte that is no character.
    """
    text.encode()
    return json.loads(text, parse_float=_float)


def _float(text: str) -> float:
    """Return a number; one that no float can hold would come back as none of JSON's.

    Raises:
        ValueError: it is too great.
    """
    value = float(text)
    if math.isinf(value):
        raise ValueError
    return value
