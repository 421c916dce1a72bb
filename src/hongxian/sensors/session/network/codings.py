"""Undoes compression, bounded: gzip, deflate (both kinds), Brotli, Zstandard.

Labels are often wrong, so a known beginning counts for more than what a header says.
"""

from __future__ import annotations

import sys
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 32 << 20
"""So many bytes come out of one body at most."""
RATIO = 400
"""A body that grows more than this is a bomb once it is larger than :data:`SUSPECT`; JSON of one
repeated record grows about 200 times with gzip (ours)."""
SUSPECT = 4 << 20
_KEPT = 1 << 20
"""Of a bomb so much is kept."""
_STEP = 1 << 20
_MAGIC = ((b"\x1f\x8b\x08", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))
_ZLIB_SECOND = frozenset((0x01, 0x5E, 0x9C, 0xDA))
_KNOWN = {
    "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate", "zlib": "deflate", "br": "br",
    "brotli": "br", "zstd": "zstd", "zst": "zstd",
}  # fmt: skip
_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 27}
_FAULTS = (zlib.error, brotli.error, zstd.ZstdError)
PLAIN = frozenset(("", "identity", "none", "utf-8", "aws-chunked", "binary"))
"""Words in ``Content-Encoding`` that change nothing."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out of a coding."""

    data: bytes
    coding: str
    """Which it really was; empty when nothing had to be undone."""
    fault: str = ""
    """A word of ``WHY_OPAQUE`` when not all of it came out."""


def coding_by_magic(data: bytes) -> str:
    """Return the coding that the first bytes show, or nothing."""
    for magic, coding in _MAGIC:
        if data.startswith(magic):
            return coding
    if len(data) > 8 and data[0] == 0x78 and data[1] in _ZLIB_SECOND:
        return "deflate"
    return ""


def unpacked(data: bytes, label: str) -> Unpacked:
    """Undo one coding.

    Args:
        data: what is packed.
        label: the coding's name as a header has it.
    """
    label = label.strip().lower()
    if label in PLAIN:
        return Unpacked(data, "")
    coding = coding_by_magic(data) or _KNOWN.get(label, "")
    if not coding:
        return Unpacked(data, "", "unknown_coding")
    out, fault = _bounded(data, coding)
    if out or not fault:
        return Unpacked(out, coding, fault)
    return Unpacked(data, "", "damaged")


def _bounded(data: bytes, coding: str) -> tuple[bytes, str]:
    out, fault = bytearray(), ""
    try:
        for piece in _UNPACK[coding](data):
            out += piece
            if len(out) > LARGEST or len(out) > max(SUSPECT, RATIO * len(data)):
                return bytes(out[:_KEPT]), "bomb"
    except EOFError:
        fault = "cut"
    except _FAULTS:
        fault = "damaged"
    return bytes(out), fault


def _gzip(data: bytes) -> Iterator[bytes]:
    if coding_by_magic(data) != "gzip":
        raise zlib.error
    while data[:2] == b"\x1f\x8b":
        machine = zlib.decompressobj(31)
        yield from _inflated(machine, data)
        data = machine.unused_data.lstrip(b"\0")


def _deflate(data: bytes) -> Iterator[bytes]:
    window = 15
    try:
        zlib.decompressobj(window).decompress(data[:64], 1)
    except zlib.error:
        window = -15  # the bare kind, which some servers and apps take the word for
    yield from _inflated(zlib.decompressobj(window), data)


def _inflated(machine: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while data and not machine.eof:
        yield machine.decompress(data, _STEP)
        data = machine.unconsumed_tail
    if not machine.eof:
        yield machine.flush(_STEP)
        raise EOFError


def _brotli(data: bytes) -> Iterator[bytes]:
    machine = brotli.Decompressor()
    piece = machine.process(data, output_buffer_limit=_STEP)
    while piece:
        yield piece
        piece = machine.process(b"", output_buffer_limit=_STEP)
    if not machine.is_finished():
        raise EOFError


def _zstd(data: bytes) -> Iterator[bytes]:
    while data:
        machine = zstd.ZstdDecompressor(options=_WINDOW)
        yield machine.decompress(data, _STEP)
        while not machine.eof:
            if machine.needs_input:
                raise EOFError
            yield machine.decompress(b"", _STEP)
        data = machine.unused_data


_UNPACK = {"gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
