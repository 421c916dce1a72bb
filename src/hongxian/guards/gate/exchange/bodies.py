"""Bodies as text that recognisers read: decompressed within bounds, escapes undone."""

from __future__ import annotations

import re
import zlib
from typing import Any
from urllib.parse import unquote_to_bytes

CODINGS = ("gzip", "x-gzip", "deflate", "br", "zstd")
"""Codings that can be read."""

_ESCAPE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|.)", re.DOTALL)
_BLANK = re.compile(rb"\\[nrtbf]")
_PERCENT = re.compile(rb"%[0-9a-fA-F]{2}")
_FLOAT = re.compile(
    rb"(?<![\w.+-])(\d{5,20})\.0+(?![\w.])"
    rb"|(?<![\w.+-])(\d\.\d{4,19})[eE]\+?(\d\d?)(?![\w.])"
)
_MARKUP = (b"<", b">", b"&", b"'", "\u2028".encode(), "\u2029".encode())
_KEPT = {0x22, 0x5C, *range(0x20)}


class BodyError(Exception):
    """A body that cannot be read.

    Args:
        reason: ``coding`` that is not known, ``corrupt``, or ``large`` beyond the bound.
    """

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


def decoded(data: bytes, codings: bytes, most: int) -> bytes:
    """Return a body without its content codings.

    Args:
        data: the whole body.
        codings: value of ``Content-Encoding``.
        most: bytes that it may have afterwards.

    Raises:
        BodyError: it cannot be read.
    """
    names = [name.strip() for name in codings.decode("latin-1").lower().split(",")]
    for name in reversed([name for name in names if name not in ("", "identity")]):
        if name not in CODINGS:
            raise BodyError("coding")
        data = _inflated(data, name, most)
    return data


def _inflated(data: bytes, name: str, most: int) -> bytes:
    import brotli  # noqa: PLC0415 - not at each start

    try:
        if name == "br":
            made, done = _brotli(data, most)
        elif name == "zstd":
            made, done = _zstd(data, most)
        else:
            made, done = _zlib(data, name, most)
    except (zlib.error, brotli.error, EOFError, ValueError, OSError):
        raise BodyError("corrupt") from None
    if len(made) > most:
        raise BodyError("large")
    if not done:
        raise BodyError("corrupt")
    return made


def _zlib(data: bytes, name: str, most: int) -> tuple[bytes, bool]:
    raw = name == "deflate" and not (len(data) > 1 and data[0] & 15 == 8 and not _word(data) % 31)
    made: list[bytes] = []
    size = 0
    while True:  # members of gzip follow one another
        reader = zlib.decompressobj(-15 if raw else 15 if name == "deflate" else 31)
        made.append(reader.decompress(data, most + 1 - size))
        size += len(made[-1])
        data = reader.unused_data
        if size > most or not reader.eof or not data:
            return b"".join(made), reader.eof


def _word(data: bytes) -> int:
    return data[0] << 8 | data[1]


def _brotli(data: bytes, most: int) -> tuple[bytes, bool]:
    import brotli  # noqa: PLC0415 - not at each start

    reader = brotli.Decompressor()
    made = reader.process(data, output_buffer_limit=most + 1)
    while not reader.is_finished() and len(made) <= most:
        more = reader.process(b"", output_buffer_limit=most + 1 - len(made))
        if not more:
            break
        made += more
    return made, reader.is_finished()


def _zstd(data: bytes, most: int) -> tuple[bytes, bool]:
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415 - later Pythons have it
    except ImportError:
        from backports import zstd  # noqa: PLC0415 - the same
    reader: Any = zstd.ZstdDecompressor()
    try:
        made: bytes = reader.decompress(data, max_length=most + 1)
    except zstd.ZstdError:
        raise ValueError("no zstd") from None
    return made, reader.eof


def encoded(data: bytes, coding: str) -> bytes:
    """Return a body in a coding, quickly rather than small; what cannot be written stays plain."""
    if coding in ("gzip", "x-gzip"):
        import gzip  # noqa: PLC0415 - seldom

        return gzip.compress(data, 1, mtime=0)
    if coding == "br":
        import brotli  # noqa: PLC0415 - seldom

        made: bytes = brotli.compress(data, quality=1)
        return made
    return data


def plain(data: bytes) -> bytes:
    """Return text as it is meant: no zeros in between, percent signs and escapes undone."""
    if b"\0" in data:  # UTF-16 or UTF-32: digits and signs are what is left without the zeros
        data = data.translate(None, b"\0")
    if b"%" in data and data[:1] not in (b"{", b"[") and _PERCENT.search(data):
        data = unquote_to_bytes(data.replace(b"+", b" "))
    return unescaped(data)


def asked(data: bytes) -> bytes:
    """Return a request's text as :func:`plain` does; numbers have no needless fraction."""
    data = spaced(plain(data))
    return _FLOAT.sub(_whole, data) if b"." in data and _FLOAT.search(data) else data


def unescaped(data: bytes, within: bool = False) -> bytes:
    r"""Return JSON that means the same, without ``\u`` and ``\/`` where these are not needed.

    Args:
        data: JSON.
        within: whether a page may have it within: then nothing becomes markup that was none.
    """
    if b"\\u" in data or b"\\/" in data:
        return _ESCAPE.sub(_within if within else _character, data)
    return data


def _within(found: re.Match[bytes]) -> bytes:
    """Return a character as :func:`_character` does, but none that begins or ends a tag."""
    made, before = _character(found), found.string[found.start() - 1 : found.start()]
    return found[0] if made in _MARKUP or before == b"<" else made


def spaced(data: bytes) -> bytes:
    r"""Return JSON for the recognisers, as long as it was: ``\n`` is no letter before a value."""
    return _BLANK.sub(b"  ", data) if b"\\" in data else data


def _character(found: re.Match[bytes]) -> bytes:
    whole: bytes = found[0]
    if whole == b"\\/":
        return b"/"
    if found[1] is None:
        return whole
    first = int(found[1], 16)
    if first in _KEPT:
        return whole
    if found[2] is not None:
        if 0xD800 <= first < 0xDC00:
            second = int(found[2], 16)
            return chr(0x10000 + ((first - 0xD800) << 10) + second - 0xDC00).encode()
        return (whole[:6] if 0xD800 <= first < 0xE000 else chr(first).encode()) + whole[6:]
    return whole if 0xD800 <= first < 0xE000 else chr(first).encode()


def _whole(found: re.Match[bytes]) -> bytes:
    if found[1] is not None:
        return bytes(found[1])
    digits, _, fraction = found[2].partition(b".")
    power = int(found[3])
    rest = fraction[power:]
    if power > 30 or rest.strip(b"0"):
        return bytes(found[0])
    return bytes(digits + fraction[:power].ljust(power, b"0"))
