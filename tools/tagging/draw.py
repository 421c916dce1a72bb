"""Draws at random: one source of chance for all generators, so that a seed tells the whole run."""

from __future__ import annotations

import random
from bisect import bisect
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

CHANCE = random.Random(1)  # noqa: S311 - training data, no secret


def pick(*choices: T) -> T:
    """Return one of the choices."""
    return CHANCE.choice(choices)


def one(choices: Sequence[T]) -> T:
    """Return one of a sequence."""
    return CHANCE.choice(choices)


def odds(share: float) -> bool:
    """Return true in this share of cases."""
    return CHANCE.random() < share


def number(low: int, high: int) -> int:
    """Return a whole number between two, both included."""
    return CHANCE.randint(low, high)


class Weighted:
    """Draws words by their counts."""

    def __init__(self, counts: Mapping[str, float], power: float = 1.0) -> None:
        """Take counts; a power below 1 favours the rare ones."""
        self._words = list(counts)
        self._sums = list(accumulate(counts[word] ** power for word in self._words))

    def __call__(self) -> str:
        """Return one word."""
        return self._words[bisect(self._sums, CHANCE.random() * self._sums[-1])]
