"""What is known of a log before it is read, and the pieces in which processes may read it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.traffic.columns.exchanges import TextPages
from hongxian.sensors.traffic.columns.parts import Part, Reading, parts_of
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.readers import Log, kept, read_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hongxian.facts import Reason
    from hongxian.sensors.traffic.columns.pages import Page
    from hongxian.sensors.traffic.hashed import Hashed
    from hongxian.sensors.traffic.model import Exchange

AT_ONCE = 2_000
"""Exchanges of a capture that become a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A log, surveyed."""

    path: Path
    digest: bytes
    """sha256 of the file."""
    begins: float
    """When its first request came; 0 when it does not tell."""
    form: str
    parts: tuple[Part, ...]
    """What is left behind its head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What one process reads of a log."""

    log: int
    """Number of the log among all."""
    number: int
    """Number of the piece among those of the log; the first is its head."""
    path: Path
    part: Part | None = None
    """``None`` for the head: as much as tells the format, or the whole of a capture."""


@dataclass(slots=True)
class Found:
    """What became of a piece while it was read."""

    form: str = ""
    unread: list[Reason] = field(default_factory=list)


def survey(path: Path, size: int) -> Survey:
    """Look at a log.

    Args:
        path: the log.
        size: bytes of a part.

    Raises:
        HongxianError: it cannot be read.
    """
    log = Log(path)
    first = next(read_log(log, head=True), None)
    log = Log(path)
    for _ in read_log(log, head=True):
        if log.form == "capture":
            break
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").digest()
    parts = tuple(kept(log, parts_of(log, size))) if log.place else ()
    return Survey(path=path, digest=digest, begins=first.at if first else 0.0, form=log.form,
                  parts=parts)  # fmt: skip


def pieces_of(surveys: list[Survey]) -> list[Piece]:
    """Return the pieces of some logs, in the order in which one process would read them."""
    return [
        Piece(log=log, number=number, path=one.path, part=part)
        for log, one in enumerate(surveys) for number, part in enumerate((None, *one.parts))
    ]  # fmt: skip


def pages_of(
    piece: Piece, secret: bytes | None, found: Found, hashed: Hashed = NOWHERE
) -> Iterator[Page]:
    """Yield the pages of a piece.

    Args:
        piece: what to read.
        secret: what identifiers are hashed with.
        found: takes what else there is to tell.
        hashed: where digests stand for identifiers.
    """
    log = Log(piece.path)
    if piece.part is not None:
        yield from kept(log, Reading(secret, hashed).pages(piece.part))
    else:
        yield from _head(log, secret, hashed)
    found.form, found.unread = log.form, log.unread


def _head(log: Log, secret: bytes | None, hashed: Hashed) -> Iterator[Page]:
    pages = TextPages(log.form, secret, hashed)
    lines = bad = 0
    held: list[Exchange] = []
    numbers: list[int | str] = []
    for one in read_log(log, head=True):
        held.append(one)
        numbers.append(one.locator if log.form == "capture" else log.line - 1 - lines)
        if len(held) >= AT_ONCE:
            yield pages.of(held, numbers, log.line - lines, log.bad - bad)
            lines, bad, held, numbers = log.line, log.bad, [], []
    yield pages.of(held, numbers, log.line - lines, log.bad - bad)
