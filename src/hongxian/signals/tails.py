"""How likely a figure is among honest principals: tails of a few distributions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, pvariance
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 1e-12
"""No tail is said to be thinner: the model is not known that well."""
MOST = 256
"""Trials of a beta-binomial; of more, the share counts."""

_SPREAD = (0.5, 200.0)
"""Bounds of alpha + beta when they are fitted."""


@dataclass(frozen=True, slots=True)
class Beta:
    """A share that differs from principal to principal."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """The share on average."""
        return self.alpha / (self.alpha + self.beta)


def fit_beta(shares: Sequence[float], before: Beta) -> Beta:
    """Fit a share by its moments, with the one believed before counting as ten principals."""
    if len(shares) < 2:
        return before
    weight = len(shares) / (len(shares) + 10)
    mean = weight * fmean(shares) + (1 - weight) * before.mean
    mean = min(max(mean, 1e-3), 1 - 1e-3)
    size = before.alpha + before.beta
    spread = weight * pvariance(shares) + (1 - weight) * mean * (1 - mean) / (size + 1)
    size = min(max(mean * (1 - mean) / max(spread, 1e-9) - 1, _SPREAD[0]), _SPREAD[1])
    return Beta(mean * size, (1 - mean) * size)


def tails(hits: int, trials: int, share: Beta) -> tuple[float, float]:
    """Return how likely so few hits are, and how likely so many, under a beta-binomial."""
    if trials > MOST:
        hits, trials = round(hits * MOST / trials), MOST
    low, high = _tails(min(max(hits, 0), trials), trials, share.alpha, share.beta)
    return max(low, LEAST), max(high, LEAST)


@lru_cache(maxsize=1 << 16)
def _tails(hits: int, trials: int, alpha: float, beta: float) -> tuple[float, float]:
    point = math.exp(
        math.lgamma(trials + beta) + math.lgamma(alpha + beta)
        - math.lgamma(trials + alpha + beta) - math.lgamma(beta)
    )  # fmt: skip
    fewer = 0.0
    for k in range(hits):
        fewer += point
        point *= (trials - k) * (k + alpha) / ((k + 1) * (trials - k - 1 + beta))
    return min(1.0, fewer + point), min(1.0, max(0.0, 1.0 - fewer))


@lru_cache(maxsize=1 << 14)
def below(share: float, of: Beta) -> float:
    """Return how likely so small a share is, under a beta distribution."""
    a, b = of.alpha, of.beta
    if share <= 0.0:
        return LEAST
    if share >= 1.0:
        return 1.0
    if share > (a + 1) / (a + b + 2):
        return max(LEAST, 1.0 - below(1.0 - share, Beta(b, a)))
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
        + a * math.log(share) + b * math.log1p(-share)
    )  # fmt: skip
    return min(1.0, max(LEAST, front * _fraction(share, a, b) / a))


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function (Lentz's method)."""
    tiny = 1e-300
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1) or tiny)
    found = d
    for m in range(1, 200):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1.0 / (1.0 + step * d or tiny)
            c = 1.0 + step / c or tiny
            found *= c * d
        if abs(c * d - 1.0) < 1e-10:
            break
    return found


def above(value: float, mean: float, deviation: float) -> float:
    """Return how likely a normal variable is to be so great or greater."""
    return max(LEAST, 0.5 * math.erfc((value - mean) / (max(deviation, 1e-9) * math.sqrt(2))))
