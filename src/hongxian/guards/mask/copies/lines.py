"""Texts and logs: the PI in each line is covered, every other byte of the text stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from hongxian.guards.mask.cells import TextBytes
from hongxian.guards.mask.plan import Named
from hongxian.sensors.store.sources.encoding import blocks, tell
from hongxian.sensors.store.sources.file import LIMITS
from hongxian.sensors.store.sources.lines import LINE, line_batches

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan
    from hongxian.sensors.store.sources.file import File

_TEXT = Named(None, "text", "format")


def mask_lines(file: File, out: BinaryIO, plan: Plan, watch: Watch | None = None) -> int:
    """Write a masked copy of a text in its own encoding and return its lines.

    Whatever an audience gets for unknown columns, a text is covered text by text, unless the user
    names its column, ``line``, with another technique. A byte that is no character of the encoding
    becomes the mark for that.
    """
    head = file.head()
    encoding, mark = tell(head)
    out.write(head[:mark])
    own = plan if LINE in plan.named else replace(plan, named={**plan.named, LINE: _TEXT})
    rows = 0
    with file.opened() as stream:
        for batch in line_batches(blocks(stream, encoding, mark), LIMITS.cell):
            lines = batch.column(0)
            masked = own.column(LINE, lines)
            if watch:
                watch("before", _getter(lines))
                watch("after", _getter(masked))
            out.write(_bytes(masked, encoding))
            rows += len(lines)
    return rows


def _bytes(lines: Any, encoding: str) -> bytes:
    filled = lines.fill_null("\n") if lines.null_count else lines
    data: bytes = TextBytes(filled).layout()[1].tobytes()
    return data if encoding == "utf-8" else data.decode().encode(encoding, "replace")


def _getter(lines: Any) -> Callable[[str], Any]:
    return lambda name: lines if name == LINE else None
