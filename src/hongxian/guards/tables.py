"""Tables of settings: what may stand in one, and what is wrong with what does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hongxian.guards.policy_source import Fault

    Check = Callable[[str, Any], WordedError | None]

_SPAN = re.compile(r"([1-9]\d{0,5})(ms|[smhd])")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]*):(\d{1,5})")


def span_of(text: str) -> float:
    """Return the seconds of ``50ms``, ``15s``, ``1h``; 0 when it is none of these."""
    found = _SPAN.fullmatch(text)
    return int(found[1]) * _SECONDS[found[2]] if found else 0.0


def address_of(text: str) -> tuple[str, int]:
    """Return host and port of ``127.0.0.1:8080``, ``[::1]:80`` or ``:8080``."""
    host, _, port = text.rpartition(":")
    return host.strip("[]") or "0.0.0.0", int(port)  # noqa: S104 - the user says so


def span(key: str, value: str) -> WordedError | None:
    """Return what is wrong with a span of time, as a check of a value."""
    del key
    return None if span_of(value) else WordedError("setting_span", word=value)


def address(key: str, value: str) -> WordedError | None:
    """Return what is wrong with an address to listen at, as a check of a value."""
    found = _ADDRESS.fullmatch(value)
    fits = found is not None and int(found[2]) < 65_536
    return None if fits else WordedError("setting_address", key=key, word=value)


def one_of(*known: str) -> Check:
    """Return a check for words of a list."""

    def check(key: str, value: str) -> WordedError | None:
        shown = ", ".join(known)
        return None if value in known else WordedError("none_of", key=key, value=value, known=shown)

    return check


def at_most(most: int) -> Check:
    """Return a check for numbers up to one."""

    def check(key: str, value: int) -> WordedError | None:
        return None if value <= most else WordedError("setting_most", key=key, most=most)

    return check


@dataclass(frozen=True, slots=True)
class Key:
    """What may stand behind a word of a table.

    Args:
        kind: type of the value; a list is one of texts.
        check: finds what is wrong with a value, or with each of a list.
        needed: whether it must be said.
    """

    kind: type
    check: Check | None = None
    needed: bool = False


def missing_tables(content: Mapping[str, Any], needed: Sequence[str]) -> Iterator[Fault]:
    """Yield tables that a host cannot do without."""
    for name in needed:
        if name not in content:
            yield "", WordedError("setting_table", key=name)


def known_tables(
    content: Mapping[str, Any], known: Sequence[str], lists: Mapping[str, str] | None = None
) -> Iterator[Fault]:
    """Yield tables of a file that nobody knows, and what is no table where one must stand.

    Args:
        content: of the file.
        known: what its tables are called.
        lists: names behind which a list of tables stands, with the text of what else is wrong.
    """
    for name, row in content.items():
        word = (lists or {}).get(name)
        if name not in known:
            yield "", WordedError("unknown_key", key=name, nearest=nearest(name, list(known)))
        elif not isinstance(row, dict if word is None else list):
            yield name, WordedError(word or "not_table", key=name)


def table_faults(place: str, row: Mapping[str, Any], keys: Mapping[str, Key]) -> Iterator[Fault]:
    """Yield what is wrong in one table."""
    for key, value in row.items():
        known = keys.get(key)
        if known is None:
            yield place, WordedError("unknown_key", key=key, nearest=nearest(key, list(keys)))
        elif not _fits(value, known.kind):
            yield place, WordedError("wrong_kind", key=key)
        else:
            values = value if isinstance(value, list) else (value,)
            checked = (known.check(key, one) for one in values if known.check)
            yield from ((place, fault) for fault in checked if fault is not None)
    for key, known in keys.items():
        if known.needed and not row.get(key):
            yield place, WordedError("setting_needed", key=key)


def _fits(value: Any, kind: type) -> bool:
    exact = type(value) is kind
    if kind is int:
        return exact and bool(value >= 1)
    return exact and (kind is not list or all(isinstance(one, str) for one in value))
