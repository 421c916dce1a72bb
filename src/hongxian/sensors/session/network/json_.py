"""JSON in the forms that traffic has: whole, one a line, as a call (JSONP), cut off."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.network.charsets import Named

_CALL = re.compile(r"[\w$.]{1,80}\s*\(\s*(?=[\[{])")
_GUARD = re.compile(r"\s*(?:\)\]\}'|while\s*\(1\);|for\s*\(;;\);)\s*")
"""What some servers put before JSON so that no script can take it in."""
_SALVAGED = re.compile(
    r'"([^"\\]{1,100})"\s{0,20}:\s{0,20}(?:"((?:[^"\\]|\\.){0,10000}+)"?|(-?\d[\d.eE+-]{0,40}+))'
)
_NAME = 100
"""Characters of a name that are kept."""


class _Pairs(tuple[Any, ...]):
    """The members of an object, doubled names and all."""

    __slots__ = ()


def json_in(text: str) -> Iterator[Named] | None:
    """Return names and values of every leaf of a JSON text, else ``None``."""
    text = text.strip().lstrip("\ufeff")
    guard = _GUARD.match(text)
    if guard:
        text = text[guard.end() :]
    call = _CALL.match(text)
    if call:
        text = text[call.end() :].rstrip("; \r\n").removesuffix(")")
    if text[:1] not in ("{", "[", '"'):
        return None
    found = _loaded(text)
    if found is not None:
        return leaves(found[0])
    return _lines(text) or _salvaged(text)


def leaves(data: Any) -> Iterator[Named]:
    """Yield the leaves of JSON-able data in their order, without recursion."""
    waiting = [("", data)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, _Pairs):
            inside = [(_joined(name, key), item) for key, item in value]
        elif isinstance(value, dict):
            inside = [(_joined(name, str(key)), item) for key, item in value.items()]
        elif isinstance(value, list):
            inside = [(f"{name}[{place}]", item) for place, item in enumerate(value)]
        else:
            if value is not None and value != "":
                yield name, value if isinstance(value, str | bytes) else str(value)
            continue
        waiting += reversed(inside)


def _joined(name: str, key: str) -> str:
    return f"{name}.{key[:_NAME]}" if name else key[:_NAME]


def _loaded(text: str) -> tuple[Any] | None:
    try:
        return (json.loads(text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str),)
    except (ValueError, RecursionError):
        return None


def _lines(text: str) -> Iterator[Named] | None:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or any(line.lstrip()[0] not in "{[" for line in lines):
        return None
    loaded = [_loaded(line) for line in lines]
    if None in loaded:
        return None
    return leaves([one[0] for one in loaded if one])


def _salvaged(text: str) -> Iterator[Named] | None:
    """Return the pairs that can be seen in JSON that is cut off, damaged or too deep."""
    if _SALVAGED.search(text) is None:
        return None
    return (
        (found[1], _unescaped(found[2]) if found[2] is not None else found[3])
        for found in _SALVAGED.finditer(text)
    )


def _unescaped(text: str) -> str:
    loaded = _loaded(f'"{text}"') if "\\" in text else None
    return str(loaded[0]) if loaded else text
