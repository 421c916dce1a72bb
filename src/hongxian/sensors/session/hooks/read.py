"""Reads a log of hooked calls, whatever tool wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, cast

from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.device.text import charset_of
from hongxian.sensors.session.hooks import xls, xlsx
from hongxian.sensors.session.hooks.document import document, is_document, records_of
from hongxian.sensors.session.hooks.lines import LineReader
from hongxian.sensors.session.hooks.sheets import SheetReader
from hongxian.sensors.session.hooks.tally import Tally
from hongxian.sensors.session.joined import Joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from hongxian.facts import Reason
    from hongxian.sensors.session.model import Call

MOST_DOCUMENT = 64 << 20
"""Bytes of a JSON document; lines are read as a stream and have no such end."""
_HEAD = 1 << 16


def read_calls(
    source: BinaryIO, name: str, unread: list[Reason], *, zone: tzinfo, around: float | None
) -> Iterator[Call]:
    """Yield the calls of a log, in the order in which it holds them.

    Args:
        source: our JSON lines, a workbook of camille, PrivacySentry or AppScan, or what MobSF
            reports; told apart by what stands in it.
        name: the log as the user knows it.
        unread: gets what could not be read, once all was read.
        zone: of the local times that some tools write.
        around: when the log was made, for times without a year.

    Raises:
        SessionError: it is none of these, or nothing of it can be read.
    """
    tally = Tally(name)
    head = source.read(_HEAD)
    try:
        if head.startswith(xls.MAGIC):
            rows = xls.xls_rows(_whole(head, source, name, xls.MOST_BYTES), tally)
            yield from SheetReader(tally, zone, around).calls(rows)
        elif head.startswith(xlsx.MAGIC):
            rows = xlsx.xlsx_rows(_whole(head, source, name, xls.MOST_BYTES), tally)
            yield from SheetReader(tally, zone, around).calls(rows)
        else:
            yield from _text_calls(Joined(head, source), tally, LineReader(tally, zone, around))
    finally:
        unread.extend(tally.reasons())


def _text_calls(source: Joined, tally: Tally, reader: LineReader) -> Iterator[Call]:
    if not source.head.strip():
        raise SessionError(tally.name, "session_hooks.empty")
    word = "unknown"
    if _opens_document(source.head):
        whole = source.read(MOST_DOCUMENT + 1)
        if len(whole) <= MOST_DOCUMENT and is_document(data := document(whole)):
            yield from _listed(data, tally, reader)
            return
        word = "unknown" if len(whole) <= MOST_DOCUMENT else "too_large"
        source = Joined(whole, source)
    yield from reader.calls(cast("BinaryIO", source))
    if not reader.understood:
        raise SessionError(tally.name, f"session_hooks.{word}", limit=MOST_DOCUMENT >> 20)


def _listed(data: Any, tally: Tally, reader: LineReader) -> Iterator[Call]:
    for place, record in records_of(data):
        call = reader.call(record, f"{tally.name} {place}")
        if call is not None:
            yield tally.take(call)


def _opens_document(head: bytes) -> bool:
    """Whether a text begins a JSON document, rather than being JSON by the line."""
    charset, mark = charset_of(head)
    first = head[mark:].decode(charset, "replace").lstrip().partition("\n")[0].strip()
    if not first.startswith(("{", "[")):
        return False
    data = document(first.rstrip(", ").encode())
    return data is None or is_document(data)


def _whole(head: bytes, source: BinaryIO, name: str, most: int) -> bytes:
    data = head + source.read(most + 1 - len(head))
    if len(data) > most:
        raise SessionError(name, "session_hooks.too_large", limit=most >> 20)
    return data
