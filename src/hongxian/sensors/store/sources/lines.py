"""Texts as tables of one column: each line is a row, cut without a loop over lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.sources.encoding import blocks, tell
from hongxian.sensors.store.sources.file import LIMITS
from hongxian.sensors.store.sources.ranges import count_lines, cuts_of_lines
from hongxian.sensors.store.sources.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.store.sources.file import File, Limits
    from hongxian.sensors.store.sources.table import Sample

LINE = "line"
"""Name of the one column."""
_TIME = re.compile(
    rb"(?:^|[\s\[\"'=:|])(?:\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}|\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:"
    rb"|[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}|\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3}"
    rb"|1[5-9]\d{8,11}\b)"
)


def text_table(file: File, limits: Limits = LIMITS) -> Table:
    """Return a text as a table of lines; a log when its name or most of its lines say so."""
    head = file.head()
    log = file.log or looks_like_log(head)
    encoding, mark = tell(head)

    def read(sample: Sample | None) -> Iterator[Any]:
        del sample  # files are read in full
        with file.opened() as stream:
            yield from line_batches(blocks(stream, encoding, mark), limits.cell)

    return Table(
        where=file.name, name="", medium="log" if log else "text", kind="log" if log else "text",
        read=read, columns=(Column(name=LINE, type="text"),), size=file.size,
        fingerprint=file.stamp,
        cuts=cuts_of_lines(
            file, encoding, mark, lambda pieces, _: count_lines(pieces),
            lambda pieces, _: line_batches(pieces, limits.cell),
        ),
    )  # fmt: skip


def looks_like_log(head: bytes) -> bool:
    """Whether two in five of the first lines, and three at least, carry a time near their start."""
    lines = [line[:80] for line in head.splitlines()[:60] if line.strip()]
    timed = sum(_TIME.search(line) is not None for line in lines)
    return timed >= 3 and timed * 5 >= len(lines) * 2


def line_batches(pieces: Iterable[bytes], cell: int = LIMITS.cell) -> Iterator[Any]:
    """Yield lines as batches; a line longer than a cell is cut where a space stands, if one does.

    Args:
        pieces: bytes in UTF-8, cut anywhere.
        cell: bytes that one row may have.
    """
    rest = b""
    for piece in pieces:
        whole = rest + piece if rest else piece
        end = whole.rfind(b"\n") + 1
        if not end and len(whole) < cell:
            rest = whole
            continue
        end = end or _break(whole)
        rest = whole[end:]
        yield batch_of(whole[:end])
    if rest:
        yield batch_of(rest)


def batch_of(data: bytes) -> Any:
    """Return the lines of a block as a record batch that lies on the block itself."""
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow as pa  # noqa: PLC0415 - heavy

    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == 10) + 1
    if not len(ends) or ends[-1] != len(data):
        ends = np.append(ends, len(data))
    offsets = np.concatenate(([0], ends)).astype(np.int32)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    lines = pa.Array.from_buffers(pa.string(), len(ends), buffers)
    return pa.record_batch([lines], names=[LINE])


def _break(data: bytes) -> int:
    """Return where a line that is too long is cut: behind the last blank or comma near its end."""
    at = max(data.rfind(sign, len(data) - 65536) for sign in (b" ", b",", b"\t", b">", b";"))
    if at > 0:
        return at + 1
    end = len(data)
    while end > len(data) - 4 and data[end - 1] & 0xC0 == 0x80:
        end -= 1
    return end - 1 if data[end - 1] >= 0xC0 else len(data)
