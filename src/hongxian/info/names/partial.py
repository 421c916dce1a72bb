"""A surname with a form of address names nobody: ``王先生``, ``李某``, ``张总``."""

from __future__ import annotations

from functools import cache

from hongxian.info.source import read


def is_partial(word: str) -> bool:
    """Return whether a word is a surname with a form of address, no more."""
    forms, compound = _lists()
    return word[2 if word[:2] in compound else 1 :] in forms


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    lists = read("hongxian.info.names", "lists")
    return frozenset(lists["forms"]), frozenset(lists["compound_surnames"])
