from __future__ import annotations

import json

import pytest

from hongxian.guards.mask.risk.measures import Diversity, Risk
from hongxian.guards.mask.risk.report import RiskReport


def risk(k: int, recursive: float | None = 1.5) -> Risk:
    one = Diversity(column="illness", distinct=2, entropy=1.9, recursive=recursive,
                    closeness=0.25, ordered=False)  # fmt: skip
    return Risk(rows=200, classes=20, k=k, unique=3, below=30, least=5, diversity=(one,))


REPORT = RiskReport(quasi=("age",), before=risk(1, None), after=risk(25), direct_before=2,
                    direct_after=0)  # fmt: skip


def test_programs_get_every_figure() -> None:
    found = json.loads(json.dumps(REPORT.record()))
    assert found["quasi"] == ["age"]
    assert (found["before"]["grade"], found["after"]["grade"]) == (1, 3)
    assert found["after"]["k"] == 25
    assert found["after"]["highest"] == 0.04
    assert found["after"]["diversity"][0] == {
        "column": "illness", "distinct_l": 2, "entropy_l": 1.9, "recursive_c": 1.5, "t": 0.25,
        "ordered": False,
    }  # fmt: skip
    assert found["grading"] == {
        "source": "GB/T 42460-2023, 4", "confidence": "M", "threshold": 0.05,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["k-anonymity", "3 (1.5%)", "fewer than 5", "0.0400", "illness: t-closeness", "–",
                "1: direct identifiers", "3: risk within", "GB/T 42460-2023, 4 (unverified)"]),
        ("zh", ["k-匿名", "处理前", "illness：t-接近性", "1 级：含直接标识符", "3 级"]),
    ],
)  # fmt: skip
def test_people_get_a_table_in_their_language(lang: str, words: list[str]) -> None:
    text = REPORT.text(lang)
    assert [word for word in words if word not in text] == []


def test_what_nobody_measured_is_said() -> None:
    none = RiskReport(quasi=(), before=None, after=None, direct_before=0, direct_after=0)
    assert "not measured" in none.text("en")
    assert none.record()["after"] == {"grade": None}


def test_a_threshold_of_the_users_own_is_told() -> None:
    own = RiskReport(quasi=("a",), before=risk(1), after=risk(4), direct_before=0, direct_after=0,
                     threshold=0.25)  # fmt: skip
    assert own.grades == (2, 3)
    assert own.record()["grading"]["threshold"] == 0.25
