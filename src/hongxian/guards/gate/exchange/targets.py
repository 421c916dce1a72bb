"""Targets of requests in one way of writing, whatever way they came."""

from __future__ import annotations

import re

_ODD = re.compile(r"[%;\\]|//|/\.")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")


def canonical(target: str) -> str:
    """Return a target whose path is written in the plainest way, so that rules cannot be evaded."""
    path, sign, query = target.partition("?")
    if path.startswith("/") and not _ODD.search(path):
        return target
    if not path.startswith("/"):  # absolute form
        path = "/" + path.partition("://")[2].partition("/")[2] if "://" in path else path
    plain = _ESCAPED.sub(lambda found: _spelled(found[0]), path).replace("\\", "/")
    parts: list[str] = []
    for part in plain.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part.partition(";")[0])  # parameters, which some servers leave out
    end = "/" if plain.endswith("/") and parts else ""
    return "/" + "/".join(parts) + end + sign + query


def _spelled(escape: str) -> str:
    """Return the character of an escape where it means the same in a path; else the escape."""
    one = chr(int(escape[1:], 16))
    return (
        one if one.isascii() and (one.isalnum() or one in "-._~/@:+,=&!$'()*") else escape.upper()
    )
