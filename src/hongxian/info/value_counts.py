"""Which PI types have so few values that a hash without key or salt of them hides nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

from hongxian.info.source import read


@cache
def _rows() -> dict[str, Any]:
    return read("hongxian.info", "value_counts")


def countable() -> dict[str, float]:
    """Return how many values a PI type has, as a power of ten, where one can count them."""
    rows: dict[str, float] = _rows()["countable"]
    return rows


def random_types() -> dict[str, str]:
    """Return the PI types whose values nobody can try one by one, each with the reason."""
    rows: dict[str, str] = _rows()["random"]
    return rows


@cache
def enumerable() -> frozenset[str]:
    """Return the PI types whose values can be tried: counted through, or taken from lists."""
    return frozenset(countable()) | frozenset(_rows()["guessable"])
