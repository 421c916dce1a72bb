from __future__ import annotations

import pytest

from hongxian.guards.mask.risk.grade import GRADES, grade, role, source
from hongxian.guards.mask.risk.measures import Risk
from hongxian.info.types import load_types


def risk(k: int) -> Risk:
    return Risk(rows=100, classes=5, k=k, unique=0, below=0, least=5)


@pytest.mark.parametrize(
    ("direct", "measured", "expected"),
    [(1, risk(100), 1), (1, None, 1), (0, risk(1), 2), (0, risk(19), 2), (0, risk(20), 3),
     (0, None, None)],
)  # fmt: skip
def test_what_identifies_directly_comes_first_then_the_risk(
    direct: int, measured: Risk | None, expected: int | None
) -> None:
    assert grade(direct, measured) == expected
    assert expected is None or expected in GRADES


def test_a_user_may_set_the_threshold() -> None:
    assert grade(0, risk(5), 0.2) == 3
    assert grade(0, risk(4), 0.2) == 2


def test_lists_name_types_that_exist_once_and_tell_how_sure_they_are() -> None:
    about = source()
    named = [*about["direct"], *about["quasi"]]
    assert set(named) <= set(load_types())
    assert len(named) == len(set(named))
    assert about["conf"] == "M"
    assert (role("basic.phone"), role("basic.age"), role("health.symptom")) == (
        "direct", "quasi", "other",
    )  # fmt: skip
