"""Reports: one model, one file per format."""

from __future__ import annotations

import os
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from hongxian.errors import HongxianError
from hongxian.reports.build import build_report
from hongxian.reports.model import Origin, Report
from hongxian.words import say
from hongxian.words.worded import WordedError

FORMATS = {"table": "table", "html": "html", "sarif": "sarif", "json": "json_", "csv": "csv_"}
"""Format -> module; each has ``render(report, lang, **options) -> str``."""

__all__ = ["FORMATS", "Origin", "Report", "build_report", "deliver", "write"]

_WIDTH = 100
"""Cells of a line where there is no terminal."""


def write(report: Report, form: str, output: Path | str | None, lang: str, **options: Any) -> None:
    """Write a report.

    Args:
        report: the model.
        form: one of :data:`FORMATS`.
        output: the file; ``None`` is stdout.
        lang: ``zh`` or ``en``.
        options: of the format: ``everything`` (sarif), ``width`` and ``colour`` (table).

    Raises:
        HongxianError: there is no such format, or the file cannot be written.
    """
    if form not in FORMATS:
        raise WordedError("no_format", word=form, known=", ".join(FORMATS))
    if form == "table":
        options = terminal(output) | options
    text = import_module(f"hongxian.reports.{FORMATS[form]}").render(report, lang, **options)
    # spreadsheets need the mark for Chinese
    deliver(text, output, lang, "utf-8-sig" if form == "csv" else "utf-8")


def deliver(text: str, output: Path | str | None, lang: str, coding: str = "utf-8") -> None:
    """Write a finished text to a file, or to stdout when there is none.

    Raises:
        HongxianError: the file cannot be written.
    """
    if output is None:
        sys.stdout.write(text)
        return
    try:
        with Path(output).open("w", encoding=coding, newline="") as file:
            file.write(text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise HongxianError(say("report.not_writable", lang, path=output, reason=reason)) from None


def terminal(output: Path | str | None) -> dict[str, Any]:
    """Return width and colour of the table: colours only on a terminal, and not if NO_COLOR."""
    if output is not None or not sys.stdout.isatty():
        return {"width": _WIDTH, "colour": False}
    width = shutil.get_terminal_size((_WIDTH, 24)).columns
    return {"width": width, "colour": not os.environ.get("NO_COLOR")}
