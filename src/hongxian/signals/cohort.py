"""What is usual among the principals of one endpoint, and how far a principal is from it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any

from hongxian.signals.tails import Beta, fit_beta

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.signals.pane import Pane

LEAST_NUMBERS = 20
"""Of fewer numbers nothing is said."""
LEAST_FITTED = 30
"""Principals without whom a share is not fitted."""

_TOP = 50
"""The tail that is learned from: one score in so many."""
_PASSED = 4e-4
_LEAST_SCORE = 7.0
_WIDEST = 3.0
_NARROWEST = 0.3
"""Bounds of the deviation of the logarithm of the size."""
_GROUP = 0.04
"""The deviation of a group's share is never taken for less: versions of an app differ too."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """How the principals of an endpoint are spread; the defaults are ours, before any learning."""

    size: float = math.log(150)
    """Mean of the logarithm of how many different identifiers one asks for."""
    size_deviation: float = 1.1
    hit: Beta = field(default_factory=lambda: Beta(4.0, 4.0))
    """Share of the identifiers that the interface knows."""
    adjacent: Beta = field(default_factory=lambda: Beta(0.4, 20.0))
    """Share of the numbers that share a cell."""
    adjacent_most: int = 50
    """Numbers in shared cells that an honest principal may have, colleagues for instance."""
    alike: Beta = field(default_factory=lambda: Beta(2.5, 4.0))
    """Concentration on regions."""
    hit_deviation: float = 0.08
    """Between groups of principals, such as versions of an app."""
    alike_mean: float = 0.35
    """Concentration within the principals of a group."""
    alike_deviation: float = 0.08
    score: float = 9.0
    """From which score on a principal is said to enumerate."""
    group_score: float = 16.0
    fitted: int = 0
    """Principals that were learned from."""
    common: frozenset[int] = frozenset()
    """Groups that were large while learning: common clients, which are nobody's tool."""
    strange: float = 1.0
    """Share of the principals whose client was none of these."""

    def dump(self) -> dict[str, Any]:
        """Return it as plain data."""
        told: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        for name, value in told.items():
            if isinstance(value, Beta):
                told[name] = {"beta": [value.alpha, value.beta]}
        return told | {"common": sorted(self.common)}

    @classmethod
    def load(cls, data: dict[str, Any]) -> Cohort:
        """Return what :meth:`dump` wrote."""
        told: dict[str, Any] = {
            name: Beta(*value["beta"]) if isinstance(value, dict) else value
            for name, value in data.items()
        }
        told["common"] = frozenset(told.get("common", ()))
        return cls(**told)


def fit(panes: Sequence[Pane], groups: Sequence[Pane] = (), before: Cohort | None = None) -> Cohort:
    """Learn what is usual, from principals that are taken for honest.

    The middle of each figure is learned, so that some attackers among the learners do no harm.

    Args:
        panes: the window of each principal.
        groups: the window of each group of principals.
        before: what was believed before.
    """
    known = before or Cohort()
    sizes = sorted(math.log(len(pane.numbers)) for pane in panes if len(pane.numbers))
    large = [pane for pane in panes if len(pane.numbers) >= LEAST_NUMBERS]
    size, deviation = _middle(sizes) if len(sizes) >= LEAST_FITTED else (
        known.size, known.size_deviation)  # fmt: skip
    hits = _trimmed([p.hits / p.asked for p in large if p.asked >= LEAST_NUMBERS])
    adjacent = _trimmed([p.adjacent / len(p.numbers) for p in large if len(p.cells)])
    alike = _trimmed([c for p in large if (c := p.concentration) is not None])
    group_hits = _trimmed([g.hits / g.asked for g in groups if g.asked >= 10 * LEAST_NUMBERS])
    group_alike = _trimmed([c for g in groups if (c := g.concentration) is not None])
    enough = len(large) >= LEAST_FITTED
    return Cohort(
        size=size,
        size_deviation=min(max(deviation, _NARROWEST), _WIDEST),
        hit=fit_beta(hits, known.hit) if enough else known.hit,
        adjacent=fit_beta(adjacent, known.adjacent) if enough else known.adjacent,
        adjacent_most=_most(sorted(p.adjacent for p in large)) if enough else known.adjacent_most,
        alike=fit_beta(alike, known.alike) if enough else known.alike,
        hit_deviation=_apart(group_hits, known.hit_deviation),
        alike_mean=fmean(group_alike) if len(group_alike) >= 3 else known.alike_mean,
        alike_deviation=_apart(group_alike, known.alike_deviation),
        score=known.score, group_score=known.group_score,
        fitted=len(large) if enough else known.fitted,
    )  # fmt: skip


def with_clients(cohort: Cohort, panes: Sequence[Pane], common: frozenset[int]) -> Cohort:
    """Return a cohort that knows the common clients, and how many principals have another."""
    if len(panes) < LEAST_FITTED or not common:
        return replace(cohort, common=common)
    strange = sum(pane.client != 0 and pane.client not in common for pane in panes)
    return replace(cohort, common=common, strange=(strange + 0.5) / (len(panes) + 1))


def with_score(cohort: Cohort, scores: Sequence[float]) -> Cohort:
    """Return a cohort whose threshold honest principals pass about four times in ten thousand.

    The tail beyond the highest fiftieth of the scores falls off exponentially, as it is learned.
    """
    if len(scores) < 50 * LEAST_FITTED // 3:
        return cohort
    ranked = sorted(scores)
    top = ranked[-(len(ranked) // _TOP) :]
    mean = fmean(one - top[0] for one in top)
    threshold = top[0] + mean * math.log(1 / _TOP / _PASSED)
    return replace(cohort, score=max(_LEAST_SCORE, round(threshold, 2)))


def _most(counts: list[int]) -> int:
    """Return more than all but one in a thousand have, and half as many again."""
    return round(1.5 * counts[len(counts) * 999 // 1000])


def _middle(values: list[float]) -> tuple[float, float]:
    """Return mean and deviation as quartiles tell them: a few great ones change nothing."""
    low, middle, high = (values[len(values) * part // 4] for part in (1, 2, 3))
    return middle, (high - low) / 1.349


def _trimmed(values: list[float]) -> list[float]:
    """Return the values without the outermost hundredth on either side."""
    cut = len(values) // 100
    return sorted(values)[cut : len(values) - cut]


def _apart(values: list[float], before: float) -> float:
    return max(pstdev(values), _GROUP) if len(values) >= 3 else before
