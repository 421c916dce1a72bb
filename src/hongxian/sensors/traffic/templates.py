"""Paths to templates: ``/users/42/orders`` is ``/users/{id}/orders``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_TEMPLATES = 5_000
"""Of more, the rest counts under one: paths that somebody makes up need no memory."""
OTHER = "/{other}"

_LONGEST = 2_048
_ID = re.compile(
    r"\d+|[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{16,}"
    r"|(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}|\+?\d[\d -]{6,}|[^/@\s]+@[^/@\s]+\.\w+"
    r"|\d{17}[\dXx]|[A-Za-z]{1,4}[-_]?\d{3,}"
)
_YEAR = re.compile(r"(?:19|20)\d\d|[01]?\d|[0-3]\d")
"""Parts of a date and page numbers: they stand in templates, but name no record."""


@lru_cache(maxsize=1 << 14)
def template(path: str) -> tuple[str, tuple[str, ...]]:
    """Return the template of a path, and the identifiers that stood in it."""
    found: list[str] = []
    parts = []
    for part in path[:_LONGEST].split("/"):
        plain = unquote(part) if "%" in part else part
        if _ID.fullmatch(plain):
            found.append(plain)
            parts.append("{id}")
        else:
            parts.append(part)
    return "/".join(parts) or "/", tuple(found)


def names_record(text: str) -> bool:
    """Return whether an identifier of a path is the number of a record, such as an order's."""
    return text.isascii() and text.isdigit() and not _YEAR.fullmatch(text)


class Templates:
    """The templates of a log, bounded."""

    def __init__(self, most: int = MOST_TEMPLATES, known: Iterable[str] = ()) -> None:
        """Start with those that were known before."""
        self._most = most
        self._known = set(known)

    @property
    def known(self) -> frozenset[str]:
        """Those that count by themselves."""
        return frozenset(self._known)

    @property
    def full(self) -> bool:
        """Whether others no longer do."""
        return len(self._known) >= self._most

    def of(self, path: str) -> tuple[str, tuple[str, ...]]:
        """Return as :func:`template` does, or the one for all that is too much."""
        name, found = template(path)
        return self.bounded(name), found

    def bounded(self, name: str) -> str:
        """Return a template, or the one for all that is too much."""
        if name not in self._known:
            if len(self._known) >= self._most:
                return OTHER
            self._known.add(name)
        return name
