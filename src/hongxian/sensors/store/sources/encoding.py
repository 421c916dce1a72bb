"""Which encoding a file of text is in, told by its beginning, and its bytes as UTF-8."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 1 << 22
"""Bytes that are read at once."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CUT = 4
"""A character that the end of the head cuts off is at most this long."""
_ODD = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def tell(head: bytes) -> tuple[str, int]:
    """Return the encoding of a text and the length of its mark.

    A mark decides; then what is valid UTF-8 is UTF-8, then UTF-16 by its empty halves, then
    GB18030 when the bytes are valid in it, then Big5; Latin-1, which takes any byte, is the last.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    if _valid(head, "utf-8"):
        return "utf-8", 0
    if wide := _sixteen(head):
        return wide, 0
    for name in ("gb18030", "big5hkscs"):
        if _valid(head, name):
            return name, 0
    wrong = head.decode("utf-8", "replace").count("\ufffd")
    if wrong * 50 < len(head):
        return "utf-8", 0  # a broken byte here and there
    return "latin-1", 0


def is_text(head: bytes) -> bool:
    """Whether bytes look like text: hardly a control character once decoded."""
    encoding, mark = tell(head)
    if encoding.startswith(("utf-16", "utf-32")):
        text = head[mark : mark + 8192].decode(encoding, "ignore")
        return sum(one.isprintable() or one.isspace() for one in text) * 20 >= len(text) * 19
    sample = head[mark : mark + 65536]
    odd = len(_ODD.findall(sample))
    high = sum(byte >= 0x80 for byte in sample[:8192])
    if encoding == "latin-1" and high * 3 > len(sample[:8192]):
        return False
    return odd * 100 <= len(sample)


def blocks(stream: BinaryIO, encoding: str, mark: int = 0) -> Iterator[bytes]:
    """Yield the bytes of a text in UTF-8, a block at a time; no character is cut.

    A byte that is no character of the encoding becomes the mark for that.
    """
    stream.read(mark)
    if encoding == "utf-8":
        yield from _utf8_blocks(stream)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while block := stream.read(BLOCK):
        yield decoder.decode(block).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _utf8_blocks(stream: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while block := stream.read(BLOCK):
        block = rest + block if rest else block
        end = _whole(block)
        block, rest = block[:end] if end < len(block) else block, block[end:]
        if block:
            yield block if _is_utf8(block) else block.decode("utf-8", "replace").encode()
    if rest:
        yield rest.decode("utf-8", "replace").encode()


def _whole(block: bytes) -> int:
    """Return where the last character begins, if the end of the block cuts it off, else the end."""
    for back in range(1, min(_CUT, len(block) + 1)):
        byte = block[-back]
        if byte < 0x80:
            break
        if byte >= 0xC0:
            need = 2 + (byte >= 0xE0) + (byte >= 0xF0)
            return len(block) - back if need > back else len(block)
    return len(block)


def _is_utf8(block: bytes) -> bool:
    """Whether bytes are UTF-8, as told by Arrow, which is much faster at it than a decoder."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    ends = pa.py_buffer(len(block).to_bytes(8, "little").rjust(16, b"\x00"))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(block)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _valid(head: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(head)
    except UnicodeDecodeError as error:
        return error.start >= len(head) - _CUT > 0
    return True


def _sixteen(head: bytes) -> str:
    sample = head[:4096]
    if len(sample) < 16:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) // 8 or min(even, odd) > len(sample) // 100:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
