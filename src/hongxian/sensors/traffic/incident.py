"""How large a leak was: records by tier of crime, and which reports are due."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.info.crime import load_crime_tiers
from hongxian.info.types import load_types

if TYPE_CHECKING:
    from collections.abc import Mapping

TIERS = (50, 500, 5_000)
"""Records that make an offence grave, by how much the PI can hurt (JI2017, article 5)."""
LARGER = 1_000_000
"""Persons whose PI leaked from whom on an incident counts as larger (INCID, annex; M)."""
WORSE = 10
"""Times the tier from which the offence is especially grave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The size of an incident."""

    tiers: Mapping[int, int] = field(default_factory=dict)
    """Tier -> values given away."""
    share: float = 0.0
    """Sum of the shares of the tiers: 1 is a grave offence by whoever took them."""

    @property
    def records(self) -> int:
        """Values in all."""
        return sum(self.tiers.values())

    @property
    def grade(self) -> str:
        """``especially_grave``, ``grave``, ``below`` or ``none``."""
        if self.share >= WORSE:
            return "especially_grave"
        if self.share >= 1:
            return "grave"
        return "below" if self.records else "none"

    @property
    def notice(self) -> bool:
        """Whether PIPL article 57 asks to tell authority and persons: PI has leaked at all."""
        return self.records > 0

    @property
    def report(self) -> bool:
        """Whether the report of 1 to 4 hours is due: so many values that it is a larger incident.

        Values are no persons: of several types of one person each is counted, so that this errs on
        the side of a report.
        """
        return self.records >= LARGER


def size_of(given: Mapping[str, int]) -> Size:
    """Return the size of what was given away: PI type -> values."""
    tiers = dict.fromkeys(TIERS, 0)
    types, limits = load_types(), load_crime_tiers()
    for info, count in given.items():
        if info in types:
            tiers[types[info].crime_tier] += count
    share = sum(count / limits[str(tier)].count for tier, count in tiers.items())
    return Size(tiers=tiers, share=round(share, 4))
