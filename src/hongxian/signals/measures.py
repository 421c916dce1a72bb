"""The signals of one window: each a figure, and how likely it is among honest principals.

A sign weighs ``-ln`` of its likelihood, less what it weighs by mere chance; the score is the sum,
so that several weak signs together say as much as a strong one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.signals.cohort import LEAST_NUMBERS
from hongxian.signals.tails import LEAST, above, below, tails

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.signals.cohort import Cohort
    from hongxian.signals.pane import Pane

MEASURES = (
    "distinct", "adjacency", "hit_rate", "spread", "canary", "partition", "duration", "client"
)  # fmt: skip
"""The signals D, A, H, S, N, X and T of this module; the client belongs to X."""

LEAST_MEMBERS = 4
"""Principals that make a group."""

_CHANCE = 1.0
"""``-ln`` of a likelihood is this great on average when nothing is wrong."""
_SIZE = 5.0
"""A great address book is no abuse by itself: for that there are limits."""
_COLLEAGUES = 6.0
"""Nor are some numbers in a row: firms number their people so."""
_LEANING = 3
"""Times as many numbers in a row as is usual, or as few pairs of one region."""
_LEAST_PAIRS = 6
_PRIOR = 2.0
"""Pairs for each number that are believed before any are counted: few numbers prove little."""
_STRANGE = 6.0
"""Nor is a client that hardly anybody else has."""
_CANARY = 1e-3
"""Likelihood that an honest principal asks for one number that nobody has."""
_AWAKE = 0.85
"""Share of the panes of a window beyond which it is more than a person's day."""
_SLEEPLESS = 1e-3


@dataclass(frozen=True, slots=True)
class Measure:
    """One signal."""

    name: str
    """One of :data:`MEASURES`."""
    value: float
    likelihood: float
    """How likely the value, or one further off, is among honest principals."""

    most: float = math.inf
    """What it may weigh at most, where honest principals can be far out as well."""

    @property
    def weight(self) -> float:
        """What it adds to the score."""
        return max(0.0, min(-math.log(max(self.likelihood, LEAST)), self.most) - _CHANCE)


def score(measures: Iterable[Measure]) -> float:
    """Return the sum of the weights."""
    return sum(one.weight for one in measures)


def measure(pane: Pane, cohort: Cohort, panes: int = 0) -> list[Measure]:
    """Return the signals of a principal's window.

    Args:
        pane: its counts.
        cohort: what is usual.
        panes: of how many panes the window is; 0 where time says nothing.
    """
    found = [] if len(pane.numbers) < LEAST_NUMBERS else list(_own(pane, cohort, panes))
    if pane.canaries:
        found.append(Measure("canary", pane.canaries, max(_CANARY**pane.canaries, LEAST)))
    return found


def measure_group(pane: Pane, cohort: Cohort) -> list[Measure]:
    """Return the signals of a group: one client, or one network, behind several principals."""
    members, numbers = len(pane.members), len(pane.numbers)
    if members < LEAST_MEMBERS or numbers < 2 * LEAST_NUMBERS:
        return []
    found = list(_adjacency(pane, cohort))
    if pane.asked >= 2 * LEAST_NUMBERS:
        rate, mean = pane.hits / pane.asked, cohort.hit.mean
        own = math.sqrt(mean * (1 - mean) * (1 / pane.asked + _between(cohort) / members))
        deviation = math.hypot(cohort.hit_deviation, own)
        found.append(Measure("hit_rate", rate, min(1.0, 2 * above(
            abs(rate - mean), 0.0, deviation))))  # fmt: skip
    alike = pane.concentration
    if alike is not None and pane.pairs >= 2 * LEAST_NUMBERS:
        spread = cohort.alike_mean * (1 - cohort.alike_mean)
        deviation = math.hypot(cohort.alike_deviation, math.sqrt(spread / members))
        found.append(Measure("spread", alike, above(-alike, -cohort.alike_mean, deviation)))
    return [Measure("partition", members, 1.0), *found]


def leans(pane: Pane, cohort: Cohort) -> bool:
    """Return whether the little that a principal shows is rather like its suspicious group's.

    Honest people may have the same client as an attacker: most of them do not lean.
    """
    alike = pane.concentration
    if pane.adjacent > 1 and pane.adjacent > _LEANING * cohort.adjacent.mean * len(pane.numbers):
        return True
    if alike is None or pane.pairs < _LEAST_PAIRS:
        return not pane.cells  # numbers without an order or a place tell nothing else
    return alike < cohort.alike_mean / _LEANING


def _own(pane: Pane, cohort: Cohort, panes: int) -> Iterator[Measure]:
    numbers = len(pane.numbers)
    size = above(math.log(numbers), cohort.size, cohort.size_deviation)
    yield Measure("distinct", numbers, size, _SIZE)
    yield from _adjacency(pane, cohort)
    if pane.asked >= LEAST_NUMBERS:
        low, high = tails(pane.hits, pane.asked, cohort.hit)
        yield Measure("hit_rate", pane.hits / pane.asked, min(1.0, 2 * min(low, high)))
    alike = pane.concentration
    located = pane.located
    if alike is not None and located >= LEAST_NUMBERS:
        prior = _PRIOR * located
        held = (pane.alike + prior * cohort.alike.mean) / (pane.pairs + prior)
        yield Measure("spread", alike, below(round(held, 4), cohort.alike))
    if pane.client and cohort.common and pane.client not in cohort.common:
        yield Measure("client", 1.0, cohort.strange, _STRANGE)
    if panes and pane.hours > _AWAKE * panes:
        yield Measure("duration", pane.hours / panes, _SLEEPLESS)


def _adjacency(pane: Pane, cohort: Cohort) -> Iterator[Measure]:
    if len(pane.cells):
        numbers = len(pane.numbers)
        _, high = tails(pane.adjacent, numbers, cohort.adjacent)
        few = pane.adjacent <= cohort.adjacent_most
        likely = high if pane.adjacent else 1.0
        most = _COLLEAGUES if few else math.inf
        yield Measure("adjacency", pane.adjacent / numbers, likely, most)


def _between(cohort: Cohort) -> float:
    """Return how much of the variance of a hit rate lies between principals."""
    return 1 / (cohort.hit.alpha + cohort.hit.beta + 1)
