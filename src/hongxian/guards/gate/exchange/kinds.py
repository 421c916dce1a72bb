"""What the type of an answer says of its body: whether it is read, and whether it is JSON."""

from __future__ import annotations

import re

import orjson

READABLE = (
    b"application/json", b"text/", b"+json", b"application/x-ndjson", b"application/xml", b"+xml",
    b"application/javascript", b"application/x-www-form-urlencoded", b"application/graphql",
)  # fmt: skip
"""Types of answers that are read."""
_UTF8 = re.compile(rb"charset\s*=\s*[\"']?(?:utf-?8|us-ascii)")
_spoken: dict[bytes, tuple[bytes, bool, bool, bool]] = {}
_MOST_SPOKEN = 1_000
"""Types that are known again."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""Marks of UTF-16."""


def is_readable(kind: bytes) -> bool:
    """Return whether an answer of a type, in small letters, is read."""
    return any(one in kind for one in READABLE)


def spoken(kind: bytes) -> tuple[bytes, bool, bool, bool]:
    """Return a type in small letters, and whether it has JSON, is JSON alone, is in UTF-8."""
    known = _spoken
    found = known.get(kind)
    if found is None:
        if len(known) >= _MOST_SPOKEN:
            known.clear()
        found = known[kind] = _read(kind.lower())
    return found


def _read(kind: bytes) -> tuple[bytes, bool, bool, bool]:
    alone = b"json" in kind
    utf8 = b"charset" not in kind or _UTF8.search(kind) is not None
    return kind, alone or b"event-stream" in kind, alone, utf8


def is_utf8(text: bytes, told: bool) -> bool:
    """Return whether a text, which is not empty, is in UTF-8; ``told``: its type says so."""
    raw, size = text, len(text)
    if raw[0] == 0 or (size > 1 and (raw[1] == 0 or raw[:2] in _WIDE)):
        return False
    return told or text.isascii()


def is_json(kind: bytes, text: bytes) -> bool:
    """Return whether an answer of no type that says so is JSON all the same."""
    if text[:256].lstrip()[:1] not in (b"{", b"[", b'"'):
        return False
    if b"html" not in kind and b"xml" not in kind:
        return True
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True
