"""Pairs of names and values: query strings, form bodies, cookies, path segments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from hongxian.sensors.session.network.charsets import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.network.charsets import Named

_NAME = re.compile(r"[\w.\-\[\]$:%@+~]{1,128}")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_WORD = re.compile(r"[A-Za-z][\w-]{1,40}")
_KNOWN = 0.8
"""So many of the pieces between ampersands must be pairs for a text to be a form."""


def undone(text: str, *, plus: bool = False) -> str:
    """Return text without percent-encoding, in whatever charset it was.

    Args:
        text: as it stands in an address.
        plus: whether a plus sign stands for a space, as in forms.
    """
    if plus:
        text = text.replace("+", " ")
    if "%" not in text:
        return text
    found = text_of(unquote_to_bytes(text))
    return text if found is None else found


def pairs(text: str) -> Iterator[Named]:
    """Yield the names and values of a query string or form body."""
    for piece in text.replace(";", "&").split("&") if "&" not in text else text.split("&"):
        name, equals, value = piece.partition("=")
        if equals or name:
            yield _dotted(undone(name, plus=True)), undone(value, plus=True)


def form_in(text: str) -> Iterator[Named] | None:
    """Return the pairs of a text that has the form of a query string, else ``None``."""
    if "=" not in text or text[0] in "{[<" or re.search(r"\s", text.strip()):
        return None
    pieces = text.strip().split("&")
    good = sum(_is_pair(piece) for piece in pieces)
    return pairs(text.strip()) if good and good >= _KNOWN * len(pieces) else None


def _is_pair(piece: str) -> bool:
    name, equals, value = piece.partition("=")
    return bool(equals) and value not in ("", "=") and _NAME.fullmatch(name) is not None


def _dotted(name: str) -> str:
    """Return ``user[phone]`` as ``user.phone``; a number in brackets stays an index."""
    return _BRACKETS.sub(lambda m: m[0] if m[1].isdigit() or not m[1] else f".{m[1]}", name)


def query_in(text: str) -> Iterator[Named] | None:
    """Return the pairs in the query of a text that is an address, else ``None``."""
    if not re.match(r"[a-z][\w+.-]{0,30}://|/[\w/.-]{0,200}\?", text, re.IGNORECASE):
        return None
    _, mark, query = text.partition("?")
    return pairs(query.replace("#", "&").replace("?", "&")) if mark else None


def segments(path: str) -> Iterator[Named]:
    """Yield the segments of a path, each named by the one before it and its place."""
    before = ""
    for place, raw in enumerate(path.strip("/").split("/")):
        value = undone(raw)
        if value:
            yield f"{before}[{place}]", value
        before = value if _WORD.fullmatch(value) else ""


def cookies(header: str) -> Iterator[Named]:
    """Yield the names and values of a ``Cookie`` or ``Set-Cookie`` header."""
    for piece in header.split(";"):
        name, equals, value = piece.strip().partition("=")
        if equals:
            yield name, undone(value.strip('"'))
