from __future__ import annotations

from hongxian.info.crime import load_crime_tiers
from hongxian.info.types import load_types


def test_the_three_record_counts_of_the_interpretation() -> None:
    tiers = load_crime_tiers()
    assert [tiers[name].count for name in ("50", "500", "5000")] == [50, 500, 5000]
    assert "行踪轨迹" in tiers["50"].zh
    assert tiers["50"].confidence == "A"


def test_every_type_falls_under_one_of_them() -> None:
    tiers = load_crime_tiers()
    assert {str(kind.crime_tier) for kind in load_types().values()} == {"50", "500", "5000"}
    assert all(str(kind.crime_tier) in tiers for kind in load_types().values())


def test_each_threshold_is_worded_in_both_languages() -> None:
    for tier in load_crime_tiers().values():
        assert tier.zh
        assert tier.en
        assert tier.kind_zh
        assert tier.kind_en
