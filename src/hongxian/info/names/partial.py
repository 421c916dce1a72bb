"""What looks like a person and is none.

A surname with a form of address names nobody: ``王先生``, ``李某``, ``张总``. A name right before a
word such as ``大学`` or ``机场`` is that of the institution or the place.
"""

from __future__ import annotations

from functools import cache

from hongxian.info.source import read


def is_partial(word: str) -> bool:
    """Return whether a word is a surname with a form of address, no more."""
    forms, compound = _lists()
    return word[2 if word[:2] in compound else 1 :] in forms


def is_namesake(text: str, start: int, end: int) -> bool:
    """Return whether a name within a text is that of an institution, a place or a ship."""
    if text.startswith(_namesakes(), end):
        return True
    quoted = start > 0 and text[start - 1] in "“‘\"'"
    return quoted and text.startswith(("”号", "’号", '"号', "'号"), end)


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    lists = read("hongxian.info.names", "lists")
    return frozenset(lists["forms"]), frozenset(lists["compound_surnames"])


@cache
def _namesakes() -> tuple[str, ...]:
    return tuple(read("hongxian.info.names", "lists")["namesakes"])
