"""Reads a log, whatever wrote it: told apart by its first lines, read once from front to end."""

from __future__ import annotations

import gzip
import re
import zlib
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from hongxian.errors import ArtefactError
from hongxian.facts.reason import Reason
from hongxian.sensors.traffic.readers.json_lines import json_line, json_row
from hongxian.sensors.traffic.readers.lines import FORMATS
from hongxian.sensors.traffic.readers.parquet import MAGIC, rows_of
from hongxian.words.worded import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hongxian.sensors.session.model import Flow
    from hongxian.sensors.traffic.model import Exchange

T = TypeVar("T")
LONGEST = 4 << 20
"""Bytes of a line; the rest of a longer one is not read."""
PROBED = 20
"""Lines by which a format is told."""
_HEAD = 1 << 16
_PACKETS = (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x0a\x0d\x0d\x0a", b"\x4d\x3c\xb2\xa1")
_HAR = re.compile(rb'\s*\{\s*"log"\s*:\s*\{')
_MITM = re.compile(rb"\d{1,12}:\d{1,6}:")


@dataclass(slots=True)
class Log:
    """A log while it is read."""

    path: Path
    form: str = ""
    """``json``, ``combined``, ``envoy``, ``alb``, ``parquet`` or ``capture``."""
    read: int = 0
    """Requests."""
    bad: int = 0
    """Lines that are none."""
    unread: list[Reason] = field(default_factory=list)
    line: int = 0
    """Lines that were read."""
    place: int = 0
    """Bytes of them, unpacked, or rows; known once the format is."""
    first: float = 0.0
    last: float = 0.0

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return self.path.name

    @property
    def label(self) -> str:
        """What it is called before a reason."""
        return str(self.path)

    def locator(self, number: int) -> str:
        """Return where a line stands, counted from those that were read."""
        return f"{self.path.name}:{self.line + number + 1}"

    def spans(self, first: float, last: float) -> None:
        """Take in from when to when requests came; 0 where that is not known."""
        if first:
            self.first = min(self.first or first, first)
            self.last = max(self.last, last)

    @property
    def reasons(self) -> list[Reason]:
        """Why not the whole of it was read."""
        told = list(self.unread)
        if self.bad:
            told.append(Reason("traffic.bad_lines", {"bad": self.bad}, self.label))
        if not self.read and not told:
            told.append(Reason("traffic.no_requests", {}, self.label))
        return told


def read_log(log: Log, *, head: bool = False) -> Iterator[Exchange]:
    """Yield the exchanges of a log, and count in it what was read.

    What was read before an error is kept; the error stands among the log's reasons.

    Args:
        log: the log.
        head: of lines and rows, read only as many as tell what they are.

    Raises:
        HongxianError: the file is not there.
    """
    with _opened(log) as source:
        yield from kept(log, _counted(log, source, head=head))


def log_flows(log: Log) -> Iterator[Exchange | Flow]:
    """Yield as :func:`read_log` does; of a capture its flows, those too that nobody can read.

    Raises:
        HongxianError: the file is not there.
    """
    with _opened(log) as source:
        if not _is_capture(source):
            yield from kept(log, _counted(log, source, head=False))
            return
        from hongxian.sensors.session.network.read import read_flows  # noqa: PLC0415 - heavy

        log.form = "capture"
        for flow in kept(log, read_flows(source, log.path.name, log.unread)):
            if flow.method != "QUERY":  # a question for a name
                log.read += 1
                log.spans(flow.at or 0.0, flow.at or 0.0)
                yield flow


def kept(log: Log, found: Iterator[T]) -> Iterator[T]:
    """Yield what is read of a log until an error, which then stands among its reasons."""
    try:
        yield from found
    except ArtefactError as error:
        log.unread.append(Reason("traffic.capture", {"error": error.what}, log.label))
    except (OSError, EOFError, zlib.error, BrokenProcessPool):
        log.unread.append(Reason("traffic.damaged", {}, log.label))


@contextmanager
def _opened(log: Log) -> Iterator[BinaryIO]:
    """Open a log; one that is packed as what is in it."""
    try:
        raw = log.path.open("rb")
    except OSError as error:
        raise unreadable(log.path, error) from None
    with raw:
        packed = raw.peek(2)[:2] == b"\x1f\x8b"
        yield cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw


def _begin(source: BinaryIO) -> bytes:
    begin: bytes = source.peek(_HEAD)  # type: ignore[attr-defined]
    return begin[:_HEAD]


def _is_capture(source: BinaryIO) -> bool:
    try:
        begin = _begin(source)
    except (OSError, EOFError, zlib.error):
        return False  # whoever reads it says so
    return bool(begin.startswith(_PACKETS) or _HAR.match(begin) or _MITM.match(begin))


def _counted(log: Log, source: BinaryIO, *, head: bool) -> Iterator[Exchange]:
    begin = _begin(source)
    if _is_capture(source):
        from hongxian.sensors.traffic.readers.flows import (  # noqa: PLC0415 - heavy
            flow_exchanges,
        )

        log.form = "capture"
        found = flow_exchanges(source, log.path.name, log.unread)
    elif begin.startswith(MAGIC):
        log.form = "parquet"
        found = _rows(log, head=head)
    else:
        found = _lines(log, source, head=head)
    for one in found:
        log.read += 1
        log.spans(one.at, one.at)
        yield one


def _lines(log: Log, source: BinaryIO, *, head: bool) -> Iterator[Exchange]:
    reader: Callable[[bytes, str], Exchange | None] | None = None
    for line in _split(source):
        where = log.locator(0)
        log.line += 1
        if not line or line.isspace() or line.startswith(b"#"):
            continue
        found = reader(line, where) if reader else None
        if found is None and log.read + log.bad < PROBED:
            form, told = form_of(line)
            if told is not None:
                log.form, reader = form, told
                found = reader(line, where)
        if found is None:
            log.bad += 1
        else:
            yield found
        if head and log.read + log.bad >= PROBED:
            log.place = source.tell()
            return


def _rows(log: Log, *, head: bool) -> Iterator[Exchange]:
    for rows in rows_of(log.path):
        for row in rows:
            found = json_row(row, log.locator(0))
            log.line += 1
            if found is None:
                log.bad += 1
            else:
                yield found
            if head and log.line >= PROBED:
                log.place = log.line
                return


def _split(source: BinaryIO) -> Iterator[bytes]:
    """Yield lines; of one that is too long its beginning."""
    while line := source.readline(LONGEST):
        rest = line
        while not rest.endswith(b"\n") and len(rest) == LONGEST:
            rest = source.readline(LONGEST)
        yield line


def form_of(line: bytes) -> tuple[str, Callable[[bytes, str], Exchange | None] | None]:
    """Return the format of a line, and its reader."""
    if line.lstrip()[:1] == b"{":
        return "json", json_line
    for form, read in FORMATS.items():
        if read(line.decode("utf-8", "replace"), "") is not None:
            return form, _decoding(read)
    return "", None


def reader_of(form: str) -> Callable[[bytes, str], Exchange | None] | None:
    """Return the reader of lines of a form; ``None`` when no form could be told."""
    if form == "json":
        return json_line
    return _decoding(FORMATS[form]) if form in FORMATS else None


def _decoding(
    read: Callable[[str, str], Exchange | None],
) -> Callable[[bytes, str], Exchange | None]:
    def decoded(line: bytes, where: str) -> Exchange | None:
        return read(line.decode("utf-8", "replace"), where)

    return decoded
