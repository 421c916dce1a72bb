"""Values in scripts (JavaScript, JSON within a page) covered, so that the script still runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Hit = tuple[int, int, Callable[[str], str]]

_STRING = re.compile(
    rb'"(?:[^"\\\n]++|\\.)*+"?|' rb"'(?:[^'\\\n]++|\\.)*+'?|" rb"`(?:[^`\\]++|\\.)*+`?|"
    rb"//[^\n]*+|/\*.*?(?:\*/|\Z)",
    re.DOTALL,
)  # fmt: skip
"""Strings and comments; a string in simple marks ends with its line."""
_ESCAPE = re.compile(rb"\\\\|\\(?:u00|x)([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})")
_TAME = re.compile(rb"[0-9A-Za-z@.+ -]")
_NUMBER = re.compile(rb"[0-9]+")


def spelled(data: bytes) -> bytes:
    r"""Return a script that means the same, with digits, letters and signs of PI not escaped.

    ``\\u0031`` is ``1`` afterwards. What a page could take for markup, or what ends a string or a
    line, stays escaped.
    """
    return _ESCAPE.sub(_plain, data) if b"\\" in data else data


def _plain(found: re.Match[bytes]) -> bytes:
    whole: bytes = found[0]
    if found[1] is not None:
        one = bytes((int(found[1], 16),))
        return one if _TAME.fullmatch(one) else whole
    code = int(found[2], 16) if found[2] is not None else 0
    return chr(code).encode() if 0x3400 <= code <= 0x9FFF else whole


def masked_script(data: bytes, hits: Iterable[Hit]) -> bytes:
    """Return a script with values covered; a number that stands for itself becomes a string.

    Args:
        data: the script.
        hits: start and end (in bytes) of each value, and what covers it; in order.
    """
    strings = [found.span() for found in _STRING.finditer(data)]
    shown: list[bytes] = []
    at = place = 0
    for start, end, cover in hits:
        if start < at:
            continue
        while place < len(strings) and strings[place][1] <= start:
            place += 1
        inside = place < len(strings) and strings[place][0] < start
        new = cover(data[start:end].decode("utf-8", "surrogateescape"))
        made = new.encode("utf-8", "surrogateescape")
        bare = not inside and _NUMBER.fullmatch(data, start, end) is not None
        shown += (data[at:start], b'"%b"' % made if bare else made)
        at = end
    return b"".join((*shown, data[at:]))
