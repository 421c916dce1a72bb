"""Which PI types a call gives: by the app sensor's catalogue, else by what a tool calls it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from hongxian.info.source import read
from hongxian.sensors.app.catalogue.apis import URI, Api, load_apis

if TYPE_CHECKING:
    from collections.abc import Iterable

QUERY = "android.content.ContentResolver.query"
_KEYED = (QUERY, "android.os.SystemProperties.get")
"""Calls whose argument says what is read; the catalogue has such arguments as strings."""
_VALUE = re.compile(r"：|获取的数据为")
_STUB = "$Stub$Proxy"


@lru_cache(maxsize=65_536)
def canonical(name: str) -> str:
    """Return ``package.Class.method`` with the class as the catalogue names it."""
    owner, _, method = name.rpartition(".")
    owner = owner.removeprefix("repeackage.").removesuffix(_STUB)
    return f"{_classes().get(owner, owner)}.{'<init>' if method == '$init' else method}"


@lru_cache(maxsize=65_536)
def info_of(name: str, keys: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    """Return the PI types that a call gives.

    Args:
        name: ``package.Class.method``.
        keys: text arguments, as far as they were recorded.

    Returns:
        Nothing for a call that is known to give no PI; ``None`` when that cannot be told: the
        call is not known, or it depends on an argument that was not recorded.
    """
    name = canonical(name)
    rows = _by_name().get(name, ())
    plain = [api for api in rows if not api.argument]
    asked = [api for api in rows if any(map(api.takes, keys))]
    if name in _KEYED:
        asked += [api for api in _strings() if any(map(api.holds, keys))]
    if found := plain + asked:
        return tuple(dict.fromkeys(info for api in found for info in api.info))
    if rows or name in _KEYED:
        return () if keys else None
    return _interfaces().get(name)


def meaning(word: str) -> tuple[str, ...] | None:
    """Return the PI types that a tool's word names; ``None`` when the word is not known."""
    return _words().get(bare(word))


def bare(word: str) -> str:
    """Return a tool's word without the value that it may have put behind it."""
    return _VALUE.split(word, maxsplit=1)[0].strip()


def sentry_name(function: str) -> str | None:
    """Return the interface that PrivacySentry means by a function; ``None`` when not known."""
    owner = _sentry().get(function)
    return f"{owner}.{function}" if owner else None


def uri_prefixes() -> tuple[str, ...]:
    """Return the beginnings of content URIs that lead to PI."""
    return tuple(text for api in _strings() for text in api.texts if text.startswith(URI))


@cache
def runtime_classes() -> dict[str, list[str]]:
    """Return for a class of the catalogue those that do its work at run time."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows("interfaces", "class"):
        if row.get("runtime"):
            found[row["of"]].append(row["class"])
    return dict(found)


@cache
def _classes() -> dict[str, str]:
    return {row["class"]: row["of"] for row in _rows("interfaces", "class")}


@cache
def _sentry() -> dict[str, str]:
    rows = _rows("interfaces", "sentry")
    return {function: row["class"] for row in rows for function in row["functions"]}


@cache
def _interfaces() -> dict[str, tuple[str, ...]]:
    return {row["name"]: tuple(row["info"]) for row in _rows("interfaces", "interface")}


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {row["text"]: tuple(row["info"]) for row in _rows("words", "word")}


@cache
def _by_name() -> dict[str, list[Api]]:
    found: dict[str, list[Api]] = defaultdict(list)
    for api in load_apis().values():
        if api.kind == "api":
            for method in api.methods:
                found[f"{api.owner}.{method}"].append(api)
    return dict(found)


@cache
def _strings() -> tuple[Api, ...]:
    return tuple(api for api in load_apis().values() if api.kind == "string")


def _rows(name: str, table: str) -> Iterable[dict[str, Any]]:
    rows: list[dict[str, Any]] = read("hongxian.sensors.session.hooks", name)[table]
    return rows
