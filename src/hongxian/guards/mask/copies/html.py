"""Pages of HTML: texts, attributes, comments and scripts are covered, every other byte stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from hongxian.guards.mask.copies.texts import changing
from hongxian.guards.mask.formats.html import html_markup
from hongxian.sensors.policy.reading.charset import decode
from hongxian.sensors.store.sources.documents import content
from hongxian.sensors.store.sources.encoding import tell

if TYPE_CHECKING:
    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan
    from hongxian.sensors.store.sources.file import File


def mask_html(file: File, out: BinaryIO, plan: Plan, watch: Watch | None = None) -> int:
    """Write a masked copy of a page in its own encoding and return how many texts it has.

    Raises:
        HongxianError: the page is too large to be held, or a column is to be measured.
    """
    if watch:
        watch("before", lambda _: None)  # a page has no columns to measure
    data = content(file)
    coding, mark = _coding(data)
    text = data[mark:].decode(coding, "surrogateescape")
    made = html_markup(text)
    out.write(data[:mark])
    new = made.changed(changing(plan))
    try:
        out.write(new.encode(coding, "surrogateescape"))
    except UnicodeEncodeError:  # signs that the page's encoding does not have
        out.write(new.encode(coding, "xmlcharrefreplace"))
    return len(made.groups.get("line", ()))


def _coding(data: bytes) -> tuple[str, int]:
    """Return the encoding of a page and the length of its mark; what it declares counts."""
    coding, mark = tell(data)
    return (coding, mark) if mark or coding == "utf-8" else (decode(data)[1], 0)
