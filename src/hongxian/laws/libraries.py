"""Open-source plumbing inside apps: code that is nobody's service."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hongxian.info.source import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """One library, or a family of them."""

    key: str
    name: str
    prefixes: tuple[str, ...]
    """Java packages; the longest that fits wins, an SDK's before a library's."""
    home: str
    """Where the project lives."""
    confidence: str


@cache
def load_libraries() -> dict[str, Library]:
    """Return the libraries by key."""
    data = read("hongxian.laws", "libraries")
    return {
        row["key"]: Library(
            key=row["key"],
            name=row["name"],
            prefixes=tuple(row["prefixes"]),
            home=row["home"],
            confidence=row.get("conf", data["conf"]),
        )
        for row in data["library"]
    }
