"""The values of records as lines of a log, of whatever format the first of them tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from hongxian.sensors.traffic.readers.json_lines import json_line
from hongxian.sensors.traffic.readers.read import form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hongxian.sensors.traffic.model import Exchange
    from hongxian.sensors.traffic.readers.read import Log

SHIPPED = ("shipped", "shipped-json")
"""Forms of lines that a shipper of logs put into a JSON object of its own."""

_INNER = ("message", "log")
"""Fields in which it puts them."""


def told_by(values: Sequence[bytes], lines: Sequence[bytes]) -> str:
    """Return the form that records have, by the first of them that is a request.

    Args:
        values: of the records.
        lines: what stands within them, if a shipper put it there.

    Returns:
        ``json``, a format of :data:`~hongxian.sensors.traffic.readers.lines.FORMATS`, one of
        :data:`SHIPPED`, or nothing when none is a request.
    """
    for value, line in zip(values, lines, strict=True):
        if is_request(value, ""):
            return form_of(value)[0]
        if line is not value and is_request(line, ""):
            return SHIPPED[line.lstrip()[:1] == b"{"]
    return ""


def lines_of(log: Log, lines: Iterable[bytes]) -> Iterator[Exchange]:
    """Yield the exchanges of lines of text, and count them in a log."""
    for number, line in enumerate(lines):
        if _empty(line):
            continue
        reader = form_of(line)[1]
        found = reader(line, log.locator(number)) if reader else None
        if found is None:
            log.bad += 1
            continue
        log.read += 1
        log.spans(found.at, found.at)
        yield found


def is_request(line: bytes, form: str) -> bool:
    """Return whether a line is a request of a form, of any when it is empty; so is no line."""
    if _empty(line):
        return form != ""
    reader = json_line if form.endswith("json") else form_of(line)[1]
    return reader is not None and reader(line, "") is not None


def unwrapped(values: Sequence[bytes]) -> list[bytes]:
    """Return the lines within records that a shipper of logs put them into; others stay."""
    return [_inner(value) for value in values]


def _empty(line: bytes) -> bool:
    return not line or line.isspace() or line.startswith(b"#")


def _inner(value: bytes) -> bytes:
    try:
        row = orjson.loads(value)
    except (orjson.JSONDecodeError, RecursionError):
        return value
    if isinstance(row, dict):
        for name in _INNER:
            if isinstance(row.get(name), str):
                return str(row[name]).encode("utf-8", "surrogatepass")
    return value
