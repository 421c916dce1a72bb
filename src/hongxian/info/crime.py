"""Record counts from which trading in PI is a grave offence (judicial interpretation, 2017)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hongxian.info.source import read


@dataclass(frozen=True, slots=True, kw_only=True)
class CrimeTier:
    """One threshold."""

    tier: str
    """``50``, ``500``, ``5000``, or the name of another threshold."""
    kind_zh: str
    kind_en: str
    zh: str
    en: str
    count: float
    confidence: str


@cache
def load_crime_tiers() -> dict[str, CrimeTier]:
    """Return the thresholds by name, strictest first."""
    data = read("hongxian.info", "crime_tiers")
    return {row["tier"]: CrimeTier(**row, confidence=data["conf"]) for row in data["tier"]}
