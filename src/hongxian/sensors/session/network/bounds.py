"""Guards against look-alikes: what stands beside a match, also inside hexadecimal and base64."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from hongxian.sensors.session.network.patterns import SKIPPED

if TYPE_CHECKING:
    from hongxian.sensors.session.network.patterns import Pattern

_BESIDE = {
    "digit": (re.compile(rb"[0-9]\.?\Z"), re.compile(rb"[0-9]")),
    "hex": (re.compile(rb"[0-9A-Fa-f]\Z"), re.compile(rb"[0-9A-Fa-f]")),
    "word": (re.compile(rb"[0-9A-Za-z_*]\Z"), re.compile(rb"[0-9A-Za-z_*]")),
    "package": (re.compile(rb"[0-9A-Za-z_.]\Z"), re.compile(rb"[0-9A-Za-z_]|\.[A-Za-z]")),
    "mail": (re.compile(rb"[0-9A-Za-z_.+*-]\Z"), re.compile(rb"[0-9A-Za-z_-]|\.[A-Za-z]")),
}
_CHINESE = re.compile("[\u3400-\u9fff]")
_RUN = re.compile(rb"[A-Za-z0-9+/_-]*")
_QUOTES = b" \t\r\n\"'"


def holds(pattern: Pattern, text: bytes, start: int, end: int) -> bool:
    """Whether a match is the value indeed, and no part of something longer.

    Args:
        pattern: what was looked for.
        text: where, in its own capitals.
        start: where the match begins.
        end: where it ends.
    """
    if pattern.rest:
        rest = text[end : end + len(pattern.rest)]
        if (rest.lower() if pattern.folded else rest) != pattern.rest:
            return False
    if pattern.coding == "hex":
        return _in_hex(pattern, text, start, end)
    if pattern.coding == "base64":
        return _in_base64(pattern, text, start, end)
    return free(pattern.bound, text, start, end)


def free(bound: str, text: bytes, start: int, end: int) -> bool:
    """Whether nothing stands beside that would make it a part of something longer."""
    if bound == "none":
        return True
    if bound == "whole":
        return text.strip(_QUOTES) == text[start:end]
    if bound == "chinese":
        before = text[max(0, start - 3) : start].decode("utf-8", "replace")
        behind = text[end : end + 3].decode("utf-8", "replace")
        return not _CHINESE.search(before) and not _CHINESE.search(behind)
    left, right = _BESIDE[bound]
    return not left.search(text[max(0, start - 2) : start]) and not right.match(text[end : end + 2])


def _in_hex(pattern: Pattern, text: bytes, start: int, end: int) -> bool:
    before = _from_hex(text[max(0, start - 4) : start]) or _from_hex(
        text[max(0, start - 2) : start]
    )
    behind = _from_hex(text[end : end + 4]) or _from_hex(text[end : end + 2])
    inside = before + pattern.plain + behind
    return free(pattern.bound, inside, len(before), len(before) + len(pattern.plain))


def _from_hex(digits: bytes) -> bytes:
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return b""


def _in_base64(pattern: Pattern, text: bytes, start: int, end: int) -> bool:
    first = start - SKIPPED[pattern.shift]
    if first < 0 or _run(text, first) < end:
        return False
    if first >= 4 and _run(text, first - 4) >= end:
        first -= 4
    piece = text[first : min(_run(text, first), end + 6)]
    piece = piece[: len(piece) - 1] if len(piece) % 4 == 1 else piece
    coded = piece.replace(b"-", b"+").replace(b"_", b"/") + b"=" * (-len(piece) % 4)
    inside = base64.b64decode(coded)
    at = inside.find(pattern.plain)
    return at >= 0 and free(pattern.bound, inside, at, at + len(pattern.plain))


def _run(text: bytes, start: int) -> int:
    """Return where the run of base64 that begins here ends."""
    found = _RUN.match(text, start, start + 8192)
    return found.end() if found else start
