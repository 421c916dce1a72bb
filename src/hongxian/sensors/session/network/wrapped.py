"""Text that wraps something else: base64, hexadecimal, JWT, HTTP authorization."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from hongxian.sensors.session.network.charsets import text_of
from hongxian.sensors.session.network.codings import coding_by_magic
from hongxian.sensors.session.network.files import file_kind
from hongxian.sensors.session.network.msgpack_ import msgpack_in
from hongxian.sensors.session.network.protobuf import fields_in, likely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.network.charsets import Named

LEAST = 8
"""Fewer characters are no base64 worth a try: an ordinary word decodes to something."""
_OTHER_CHARSET = 32
"""Fewer random bytes are text in an older charset too often."""
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_DATA_URL = re.compile(r"data:[\w/+.;=-]{0,100}?;base64,")
_HEX = re.compile(r"(?:0x)?((?:[0-9a-fA-F]{2}){6,})")
_JWT = re.compile(r"(?:Bearer\s{1,9})?([\w-]{8,8000})\.([\w-]{4,100000})\.([\w-]*)", re.IGNORECASE)
_BASIC = re.compile(r"Basic\s{1,9}([A-Za-z0-9+/_-]+={0,2})", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def from_base64(text: str) -> bytes | None:
    """Return what a text in any kind of base64 holds, else ``None``.

    A plus sign that a form took for a space is one again; line breaks do not matter.
    """
    text = _DATA_URL.sub("", text.strip(), count=1) if text.startswith("data:") else text.strip()
    if " " in text and "\n" not in text:
        text = text.replace(" ", "+")
    text = _SPACES.sub("", text)
    if len(text) < LEAST or not _BASE64.fullmatch(text):
        return None
    text = text.rstrip("=")
    if len(text) % 4 == 1:
        return None
    return base64.urlsafe_b64decode(
        text.replace("+", "-").replace("/", "_") + "=" * (-len(text) % 4)
    )


def from_hex(text: str) -> bytes | None:
    """Return what a text of hexadecimal digits holds, else ``None``."""
    found = _HEX.fullmatch(text.strip())
    return bytes.fromhex(found[1]) if found else None


def meaningful(data: bytes) -> bool:
    """Whether bytes that came out of a wrapping are something: then it was a wrapping indeed."""
    if coding_by_magic(data) or file_kind(data):
        return True
    text = text_of(data)
    if text is not None:
        return len(data) >= _OTHER_CHARSET or _is_utf_8(data)
    fields = fields_in(data) if len(data) >= 12 else None
    return bool(fields and likely(fields)) or msgpack_in(data) is not None


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def wrapped_in(text: str) -> tuple[str, bytes] | None:
    """Return the way of wrapping and the content of a text that wraps something, else ``None``."""
    for how, undo in (("hex", from_hex), ("base64", from_base64)):
        data = undo(text)
        if data is not None and meaningful(data):
            return how, data
    basic = _BASIC.fullmatch(text.strip())
    data = from_base64(basic[1]) if basic else None
    return ("base64", data) if data is not None else None


def jwt_in(text: str) -> Iterator[Named] | None:
    """Return head and claims of a JSON Web Token, else ``None``."""
    found = _JWT.fullmatch(text.strip())
    if found is None:
        return None
    parts = [from_base64(piece) for piece in (found[1], found[2])]
    if not all(part and part.lstrip()[:1] == b"{" for part in parts):
        return None
    return iter([("head", parts[0] or b""), ("claims", parts[1] or b"")])
