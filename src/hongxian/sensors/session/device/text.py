"""The text of what a device printed: charsets, torn lines, durations, local times."""

from __future__ import annotations

import codecs
import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from hongxian.sensors.session.bundle.faults import SessionError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

MOST_BYTES = 16 << 20
"""A dump that is larger counts as cut here; logs are read as a stream and have no such end."""
LONGEST_LINE = 64 << 10
"""Characters of one line; the rest of it is dropped, and the line is told to be cut."""
_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNITS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_DURATION = re.compile(r"[+-]?(?:\d{1,9}(?:ms|[dhms])){1,5}|[+-]?0")
_PART = re.compile(r"(\d{1,9})(ms|[dhms])")
_TIME = "%Y-%m-%d %H:%M:%S"


def charset_of(head: bytes) -> tuple[str, int]:
    """Return the charset of a text by its first bytes, and how long its byte order mark is.

    A shell on Windows writes UTF-16 when its output goes to a file.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    if head[1:40:2].count(0) > 10:
        return "utf-16-le", 0
    if head[0:40:2].count(0) > 10:
        return "utf-16-be", 0
    return "utf-8", 0


def decoded(data: bytes) -> tuple[str, bool]:
    """Return a dump as text, and whether each byte had a meaning; too much of it is left out."""
    charset, mark = charset_of(data)
    body = data[mark:MOST_BYTES]
    for name in (charset, "gb18030"):
        try:
            return body.decode(name), len(data) <= MOST_BYTES
        except UnicodeDecodeError as error:
            if error.end == len(body) and len(body) - error.start < 4:
                return body.decode(name, "ignore"), False
    return body.decode(charset, "replace"), False


def lines_of(source: BinaryIO | bytes) -> Iterator[tuple[int, str, bool]]:
    """Yield number (from 1), text and whether it was cut, for each line of a stream.

    Memory stays within a few megabytes, however long the stream and its lines are.
    """
    stream = BytesIO(source) if isinstance(source, bytes) else source
    head = stream.read(_CHUNK)
    charset, mark = charset_of(head)
    decoder = codecs.getincrementaldecoder(charset)("replace")
    number, rest, cut = 0, "", False
    chunk = head[mark:]
    while chunk:
        *whole, last = (rest + decoder.decode(chunk)).split("\n")
        for line in whole:
            number += 1
            yield number, line[:LONGEST_LINE].rstrip("\r"), cut or len(line) > LONGEST_LINE
            cut = False
        cut = cut or len(last) > LONGEST_LINE
        rest = last[:LONGEST_LINE]
        chunk = stream.read(_CHUNK)
    if rest:
        yield number + 1, rest.rstrip("\r"), cut


def seconds(text: str) -> float | None:
    """Return a duration as Android prints it (``+1h2m3s4ms``, ``-12ms``, ``0``) in seconds."""
    if not _DURATION.fullmatch(text):
        return None
    total = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(text))
    return -total if text.startswith("-") else total


def moment(text: str, zone: tzinfo | None) -> float | None:
    """Return ``2026-11-24 09:00:00.123`` in a zone as seconds since 1970.

    Without a zone, out of the calendar, or at the beginning of the count there is no moment.
    """
    if zone is None:
        return None
    whole, _, rest = text.partition(".")
    try:
        at = datetime.strptime(whole, _TIME).replace(tzinfo=zone).timestamp()
    except (OverflowError, ValueError):
        return None
    part = float(f"0.{rest[:9]}") if rest.isascii() and rest.isdigit() else 0.0
    return at + part if at > _UNITS["d"] else None


def refused(name: str, text: str) -> SessionError | None:
    """Return the error for an output that holds only the device's refusal, if it is one."""
    head = text[:400].lstrip()
    if not head:
        return SessionError(name, "session_device.empty")
    for word, starts in _REFUSALS.items():
        if head.startswith(starts):
            return SessionError(name, f"session_device.{word}")
    return None


_REFUSALS = {
    "denied": ("Permission Denial", "Security exception", "java.lang.SecurityException"),
    "no_service": ("Can't find service", "cmd: Can't find service", "/system/bin/sh:", "sh: "),
    "no_package": ("Unable to find package", "Error: No UID for", "Error: Unknown package"),
    "no_dump": ("ERROR: could not get idle state", "ERROR: null root node", "Killed"),
}
