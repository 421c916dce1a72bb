"""One list, three forms: a table for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

from hongxian.words import say
from hongxian.words.table import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMATS = ("table", "json", "csv")

_EMPTY: tuple[Any, ...] = (None, "", [], ())


def listing(
    records: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    form: str,
    lang: str,
    width: int | None = None,
) -> str:
    """Return records in a form; every form ends in a newline, an empty table is empty.

    Args:
        records: values by column key: text, number, truth value, list of texts or ``None``.
        columns: keys in order; ``laws.column_<key>`` is the title that a table prints. A table
            leaves out a column in which nothing stands.
        form: ``table``, ``json`` or ``csv``; the last two keep the keys as they are.
        lang: language of titles and truth values in a table.
        width: cells that a table may take; ``None`` wraps nothing.
    """
    if form == "json":
        rows = [{key: record.get(key) for key in columns} for record in records]
        return json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n"
    if form == "csv":
        return _csv(records, columns)
    columns = [key for key in columns if any(record.get(key) not in _EMPTY for record in records)]
    header = [say(f"laws.column_{key}", lang) for key in columns]
    rows_shown = [[_shown(record.get(key), lang) for key in columns] for record in records]
    return table(rows_shown, header, width)


def terminal_width() -> int | None:
    """Return the width of the terminal; ``None`` when the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _csv(records: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_plain(record.get(key)) for key in columns])
    return out.getvalue()


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    return "" if value is None else str(value)


def _shown(value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return say("laws.yes" if value else "laws.no", lang)
    if isinstance(value, list | tuple):
        return say("laws.comma", lang).join(map(str, value))
    return "" if value is None else str(value)
