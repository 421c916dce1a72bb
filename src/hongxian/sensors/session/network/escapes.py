"""Undoes the escapes that stand inside of texts: of scripts, of pages, of addresses."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from hongxian.sensors.session.network.forms import undone

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPED = re.compile(r"(?:\\+|%)u([0-9a-fA-F]{4})|\\+x([0-9a-fA-F]{2})|\\+([0-3][0-7]{2})")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_TIMES = 3


def variants(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what was undone and the text without it, for a text that has escapes."""
    how: tuple[str, ...] = ()
    for _ in range(_TIMES):
        before = text
        for step, pattern, undo in _STEPS:
            if pattern.search(text):
                text, how = undo(text), (*how, step)
        if text == before:
            return
        yield how, text


def _unescaped(text: str) -> str:
    plain = _ESCAPED.sub(
        lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else chr(int(m[3], 8)), text
    )
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_STEPS = (
    ("unicode", _ESCAPED, _unescaped),
    ("html", _ENTITY, html.unescape),
    ("percent", _PERCENT, undone),
)
