"""Boxes of mails in one file (mbox, RFC 4155), mail by mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.sources.file import File, Limits

_BOX = re.compile(rb"From \S+ .{0,40}\d{4}[^\n]{0,40}\r?\n(?:>?From |[\w-]+:)")
"""How a box begins: with a line that is no head of a mail, and then with one that is."""
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_BLOCK = 1 << 20


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins so is a box of mails."""
    return _BOX.match(head) is not None


def mails(file: File, limits: Limits = LIMITS) -> Iterator[tuple[bytes, bytes]]:
    """Yield the line in front of each mail, and the mail itself, with the empty line behind it.

    Raises:
        SourceError: a mail is too large.
    """
    first, size, empty = b"", 0, True
    lines: list[bytes] = []
    with file.opened() as stream:
        for line in _lines(stream, limits):
            if empty and line.startswith(b"From "):
                if first:
                    yield first, _QUOTED.sub(rb"\1", b"".join(lines))
                first, lines, size = line, [], 0
                continue
            empty = not line.strip()
            lines.append(line)
            size += len(line)
            if size > limits.document:
                raise SourceError("too_large", limit=limits.document >> 20)
    if first:
        yield first, _QUOTED.sub(rb"\1", b"".join(lines))


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Yield the lines of a stream; one that is too long comes in pieces."""
    rest = b""
    while block := stream.read(_BLOCK):
        *whole, rest = (rest + block).split(b"\n")
        yield from (line + b"\n" for line in whole)
        if len(rest) > limits.cell:
            yield rest
            rest = b""
    if rest:
        yield rest
