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
from multiprocessing import get_context
from typing import TYPE_CHECKING, BinaryIO, cast

from hongxian.sensors.traffic.columns.pages import Pages
from hongxian.sensors.traffic.readers.read import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from hongxian.sensors.traffic.columns.pages import Page
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

_own: dict[str, Pages] = {}
"""What a process remembers from part to part."""


class Parts:
    """Reads what is left of logs of JSON lines.

    Args:
        secret: what identifiers are hashed with; ``None`` leaves that to whoever judges.
        jobs: processes; ``None`` for as many as there are cores, when the log is large.
    """

    def __init__(self, secret: bytes | None, jobs: int | None = None) -> None:
        """Start nothing yet."""
        self._secret = secret
        self._jobs = jobs
        self._pages: Pages | None = None
        self._pool: ProcessPoolExecutor | None = None

    def pages(self, log: Log) -> Iterator[Page]:
        """Yield the pages of the rest of a log, in its order."""
        jobs = self._jobs or (cores() if log.path.stat().st_size >= LEAST else 1)
        with log.path.open("rb") as source:
            if source.peek(2)[:2] == b"\x1f\x8b":
                yield from self._unpacked(log, gzip.GzipFile(fileobj=source))
            elif jobs == 1:
                source.seek(log.place)
                yield from self._here(blocks(source))
            else:
                end = os.fstat(source.fileno()).st_size
                for packed in self._ordered(cuts(source, log.place, end), log.path, jobs):
                    yield from packed

    def page(self, lines: list[bytes]) -> Page:
        """Return the page of some lines that are here already."""
        self._pages = self._pages or Pages(self._secret)
        return self._pages.page(lines)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _here(self, found: Iterator[list[bytes]]) -> Iterator[Page]:
        return map(self.page, found)

    def _unpacked(self, log: Log, source: gzip.GzipFile) -> Iterator[Page]:
        """Yield the pages of a packed log: it has to be unpacked from front to end, by one."""
        packed = cast("BinaryIO", source)
        source.seek(log.place)
        yield from self._here(blocks(packed))

    def _ordered(
        self, found: Iterator[tuple[int, int]], path: Path, jobs: int
    ) -> Iterator[list[Page]]:
        """Yield the pages of parts in their order; processes get them in this order as well."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                jobs, mp_context=get_context("fork"), initializer=_begin, initargs=(self._secret,)
            )
        waiting: deque[Future[bytes]] = deque()
        for start, stop in found:
            waiting.append(self._pool.submit(_part, path, start, stop))
            if len(waiting) > _WAITING * jobs:
                yield _opened(waiting.popleft())
        while waiting:
            yield _opened(waiting.popleft())


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


def cuts(source: BinaryIO, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield beginning and end of parts of whole lines."""
    while start < end:
        stop = start + PART
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
    """Yield the lines of a stream in blocks; what was read before an error comes before it.

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
        lines = b"".join(pieces).split(b"\n")
        held = lines.pop()
        if skipping and lines:
            del lines[0]
            skipping = False
        elif skipping:
            held = b""
        if len(held) > LONGEST:
            lines.append(held)
            held, skipping = b"", True
        if not chunk and held and trouble is None:
            lines.append(held)
        if lines:
            yield [line[:LONGEST] for line in lines]
    if trouble is not None:
        raise trouble


def _opened(part: Future[bytes]) -> list[Page]:
    pages: list[Page] = marshal.loads(part.result())  # noqa: S302 - what a process of ours wrote
    return pages


def _begin(secret: bytes | None) -> None:
    gc.set_threshold(*SELDOM)
    _own["pages"] = Pages(secret)


def _part(path: Path, start: int, stop: int) -> bytes:
    """Return the pages of a part: plain data, so that handing it over costs little."""
    with path.open("rb") as source:
        source.seek(start)
        pages = _own["pages"]
        return marshal.dumps([pages.page(lines) for lines in blocks(source, stop - start)])
