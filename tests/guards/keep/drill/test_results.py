from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.guards.keep.drill.results import Check, Trial, due, keep, moment, trials
from hongxian.guards.keep.drill.settings import SourceSettings

TRIAL = Trial(
    source="shop", at=1_800_000_000.5, outcome="passed", rto=12.5, rpo=0.5, latest=1_800_000_000.0,
    base="b", size=5, every=86400, reason=None, mark="m",
    checks=(Check("sum", "orders", "passed", "5"),),
)  # fmt: skip


def trial(**told: object) -> Trial:
    return Trial.of(TRIAL.record() | told)


def test_drills_are_kept_in_order(tmp_path: Path) -> None:
    keep(trial(at=1_800_000_100.0), tmp_path)
    keep(TRIAL, tmp_path)
    assert [one.at for one in trials(tmp_path)] == [1_800_000_000.5, 1_800_000_100.0]
    assert trials(tmp_path)[0] == TRIAL
    assert trials(tmp_path / "none") == []
    with pytest.raises(FileExistsError):
        keep(TRIAL, tmp_path)


def test_a_drill_that_failed_does_not_count() -> None:
    source = SourceSettings(name="shop", every=100)
    assert due(source, [], 5) == 0
    passed = trial(at=1000.0)
    failed = trial(at=2000.0, outcome="failed")
    assert due(source, [passed, failed], 1010) == 90
    assert due(source, [failed], 1010) == 0
    assert due(source, [passed], 5000) == -3900
    assert due(source, [passed]) < 0


def test_moments_are_in_utc() -> None:
    assert moment(1_800_000_000.5) == "2027-01-15T08:00:00.500000+00:00"
