"""The rest of a log in parts, each read by one of several processes; pages come in order."""

from __future__ import annotations

import gc
import gzip
import marshal
import os
import zlib
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from typing import TYPE_CHECKING, BinaryIO, cast

from hongxian.sensors.traffic.columns.cut.fast import COMPILED
from hongxian.sensors.traffic.columns.exchanges import TextPages
from hongxian.sensors.traffic.columns.quick import QuickPages
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.readers.parquet import cuts_of, rows_of
from hongxian.sensors.traffic.readers.read import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from hongxian.sensors.traffic.columns.pages import Page
    from hongxian.sensors.traffic.hashed import Hashed
    from hongxian.sensors.traffic.readers import Log

BLOCK = 1 << 20
"""Bytes of a page's lines: what is made of them still stands in the processor's cache."""
PART = 8 << 20
"""Bytes that a process reads at a time."""
LEAST = 64 << 20
"""Bytes for which it is worth while to start processes."""
MOST_JOBS = 8
_WAITING = 2
"""Parts for each process that are under way."""

SELDOM = (200_000, 20, 20)
"""After how many new objects Python looks for rings of them: a block has thousands, and no ring."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a process reads at a time: some of the lines, or rows, of a log."""

    path: Path
    form: str
    start: int
    """The first byte, or row."""
    stop: int
    """Behind the last one."""
    packed: bool = False
    """Whether it has to be unpacked, from front to end: bytes are those that come out."""


_own: dict[str, Reading] = {}
"""What a process remembers from part to part."""


class Reading:
    """Makes pages of parts of logs.

    Args:
        secret: what identifiers are hashed with; ``None`` leaves that to whoever judges.
        hashed: where digests stand for identifiers.
    """

    def __init__(self, secret: bytes | None, hashed: Hashed = NOWHERE) -> None:
        """Know nothing yet."""
        self._secret, self._hashed = secret, hashed
        self._columns = QuickPages(secret, hashed)
        self._texts: dict[str, TextPages] = {}

    def pages(self, part: Part) -> Iterator[Page]:
        """Yield the pages of a part."""
        if part.form == "parquet":
            for rows in rows_of(part.path, part.start, part.stop):
                yield self._columns.rows(rows)
            return
        with part.path.open("rb") as file:
            source = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if part.packed else file
            source.seek(part.start)
            size = None if part.packed else part.stop - part.start
            for data in chunks(source, size):
                if part.form == "json" and COMPILED:
                    yield from self._columns.cut(data)
                else:
                    yield self.page(lines_of(data), part.form)

    def pages_of(self, records: Sequence[bytes]) -> Iterator[Page]:
        """Yield the pages of records of JSON, each of which may have several lines."""
        data = b"\n".join(records)
        if COMPILED and records and data.count(b"\n") == len(records) - 1:
            yield from self._columns.cut(data)
        else:
            yield self.page(records)

    def page(self, lines: Sequence[bytes], form: str = "json") -> Page:
        """Return the page of some lines."""
        if form == "json":
            return self._columns.page(lines)
        texts = self._texts.get(form)
        if texts is None:
            texts = self._texts[form] = TextPages(form, self._secret, self._hashed)
        return texts.page(lines)


class Parts:
    """Reads what is left of logs when their format is known.

    Args:
        secret: what identifiers are hashed with; ``None`` leaves that to whoever judges.
        jobs: processes; ``None`` for as many as there are cores, when the log is large.
        hashed: where digests stand for identifiers.
    """

    def __init__(
        self, secret: bytes | None, jobs: int | None = None, hashed: Hashed = NOWHERE
    ) -> None:  # fmt: skip
        """Start nothing yet."""
        self._secret, self._hashed = secret, hashed
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """What reads in this process."""
        self._reading = self._reading or Reading(self._secret, self._hashed)
        return self._reading

    def pages(self, log: Log) -> Iterator[Page]:
        """Yield the pages of the rest of a log, in its order."""
        jobs = self._jobs or (cores() if log.path.stat().st_size >= LEAST else 1)
        found = parts_of(log, PART)
        first = next(found, None)
        if first is None:
            return
        if jobs == 1 or first.packed:
            for part in chain([first], found):
                yield from self.reading.pages(part)
        else:
            for pages in self._ordered(chain([first], found), jobs):
                yield from pages

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _ordered(self, found: Iterator[Part], jobs: int) -> Iterator[list[Page]]:
        """Yield the pages of parts in their order; processes get them in this order as well."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                jobs,
                mp_context=get_context("fork"),
                initializer=_begin,
                initargs=(self._secret, self._hashed),
            )
        waiting: deque[Future[bytes]] = deque()
        for part in found:
            waiting.append(self._pool.submit(_part, part))
            if len(waiting) > _WAITING * jobs:
                yield _opened(waiting.popleft())
        while waiting:
            yield _opened(waiting.popleft())


def parts_of(log: Log, size: int) -> Iterator[Part]:
    """Yield the parts of what is left of a log whose format is known.

    Args:
        log: the log; ``place`` tells where the rest begins.
        size: bytes of a part, about; a packed log is one part.
    """
    if log.form == "parquet":
        for start, stop in cuts_of(log.path, log.place, size):
            yield Part(log.path, log.form, start, stop)
        return
    with log.path.open("rb") as source:
        if source.peek(2)[:2] == b"\x1f\x8b":
            yield Part(log.path, log.form, log.place, -1, packed=True)
            return
        end = os.fstat(source.fileno()).st_size
        for start, stop in cuts(source, log.place, end, size):
            yield Part(log.path, log.form, start, stop)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Have Python look for rings of objects seldom."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def cores() -> int:
    """Return how many processes are worth while; where they can't be forked safely it is one."""
    own = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else (0,)
    return min(len(own), MOST_JOBS)


def cuts(source: BinaryIO, start: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield beginning and end of parts of whole lines, of about so many bytes."""
    while start < end:
        stop = start + size
        source.seek(min(stop, end))
        while stop < end:
            chunk = source.read(1 << 16)
            at = chunk.find(b"\n")
            stop += at + 1 if at >= 0 else len(chunk)
            if at >= 0 or not chunk:
                break
        stop = min(stop, end)
        yield start, stop
        start = stop


def blocks(source: BinaryIO, size: int | None = None) -> Iterator[list[bytes]]:
    """Yield the lines of a stream in blocks, as :func:`chunks` does."""
    return map(lines_of, chunks(source, size))


def lines_of(data: bytes) -> list[bytes]:
    """Return the lines of a chunk; of one that is too long its beginning."""
    return [line[:LONGEST] for line in data.split(b"\n")]


def chunks(source: BinaryIO, size: int | None = None) -> Iterator[bytes]:
    """Yield whole lines of a stream, the last without its end.

    What was read before an error comes before it. Of a line that is too long its beginning comes.

    Args:
        source: the stream.
        size: bytes to read; ``None`` for all.
    """
    left = size if size is not None else 1 << 62
    held, skipping, trouble = b"", False, None
    chunk = b"x"
    while chunk:
        pieces, count = [held], 0
        while count < BLOCK and chunk:
            try:
                chunk = source.read1(min(BLOCK, left))  # type: ignore[attr-defined]
            except (OSError, EOFError, zlib.error) as error:
                trouble, chunk = error, b""
            pieces.append(chunk)
            count += len(chunk)
            left -= len(chunk)
        whole, end, held = b"".join(pieces).rpartition(b"\n")
        found = [whole] if end else []
        if skipping and end:
            _, more, rest = whole.partition(b"\n")
            found, skipping = [rest] if more else [], False
        elif skipping:
            held = b""
        if len(held) > LONGEST:
            found.append(held)
            held, skipping = b"", True
        if not chunk and held and trouble is None:
            found.append(held)
        if found:
            yield b"\n".join(found)
    if trouble is not None:
        raise trouble


def _opened(part: Future[bytes]) -> list[Page]:
    pages: list[Page] = marshal.loads(part.result())  # noqa: S302 - what a process of ours wrote
    return pages


def _begin(secret: bytes | None, hashed: Hashed) -> None:
    gc.set_threshold(*SELDOM)
    _own["reading"] = Reading(secret, hashed)


def _part(part: Part) -> bytes:
    """Return the pages of a part: plain data, so that handing it over costs little."""
    return marshal.dumps(list(_own["reading"].pages(part)))
