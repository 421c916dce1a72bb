from __future__ import annotations

import json
from dataclasses import replace

import pytest

from hongxian.guards.mask.cells import Masked
from hongxian.guards.mask.many import Masked as Everything
from hongxian.guards.mask.outcome import masked_record, masked_text, outcome_record, outcome_text
from hongxian.guards.mask.plan import Column
from hongxian.guards.mask.policy import Rule
from hongxian.guards.mask.risk.report import RiskReport
from hongxian.guards.mask.run import Outcome
from hongxian.guards.mask.technique import MODULES
from hongxian.words import area_words
from hongxian.words.worded import WordedError

COLUMNS = (
    Column(name="mobile", info="basic.phone", how="policy", rule=Rule(technique="fpe", why="w"),
           apply=Masked, key="k1", values=1200, refused=3),
    Column(name="13812345678", info=None, how="unknown", rule=Rule(technique="text"), apply=Masked),
)  # fmt: skip
OUTCOME = Outcome(rows=1200, columns=COLUMNS)
RISKY = Outcome(rows=1, columns=(), risk=RiskReport(quasi=("a",), before=None, after=None,
                direct_before=0, direct_after=0, unjudged=("b", "c")))  # fmt: skip


def test_programs_get_each_column_and_no_value() -> None:
    found = json.loads(json.dumps(outcome_record(OUTCOME)))
    assert found["columns"][0] == {
        "column": "mobile", "info": "basic.phone", "technique": "fpe", "key": "k1",
        "how": "policy", "why": "w", "values": 1200, "refused": 3,
    }  # fmt: skip
    assert found["columns"][1]["column"] == "***"
    assert (found["refused"], found["risk"], found["backup"]) == (3, None, None)
    assert outcome_record(RISKY)["risk"]["unjudged"] == ["b", "c"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["mobile", "format-preserving encryption", "k1", "policy", "1,200", "1,200 rows",
                "3 values did not fit"]),
        ("zh", ["保留格式加密", "策略", "共 1,200 行", "3 个值不符合", "未知列"]),
    ],
)  # fmt: skip
def test_people_get_tables_in_their_language(lang: str, words: list[str]) -> None:
    text = outcome_text(OUTCOME, lang)
    assert [word for word in words if word not in text] == []
    assert "13812345678" not in text


def test_the_risk_stands_below() -> None:
    assert "columns of unknown content, which the grade leaves out: b, c" in outcome_text(
        RISKY, "en"
    )


def test_every_technique_has_its_name_in_words() -> None:
    assert {f"technique_{name}" for name in MODULES} <= set(area_words("mask"))


def test_of_several_tables_each_has_its_place_and_what_was_not_copied_is_told() -> None:
    several = Everything(
        outcomes=(replace(OUTCOME, place="a.csv"), replace(RISKY, place="13812345678.csv")),
        problems=(WordedError("mask_no_source", "z.zip", kind="zip"),),
    )
    text = masked_text(several, "en")
    for words in ("a.csv\n", "Not copied:\n  z.zip: content"):
        assert words in text
    assert "13812345678" not in text
    found = json.loads(json.dumps(masked_record(several)))
    assert (len(found["tables"]), found["rows"], found["refused"]) == (2, 1201, 3)
    assert found["problems"][0].startswith("z.zip: ")
    single = Everything(outcomes=(replace(OUTCOME, place="a.csv"),))
    assert masked_text(single, "zh") == outcome_text(OUTCOME, "zh")
