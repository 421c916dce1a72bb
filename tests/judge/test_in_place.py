"""What is folded where the facts lie is what one machine folds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from tests.judge.conftest import APP, ON, fill

from hongxian.errors import HongxianError
from hongxian.facts import Fact, Run, Store
from hongxian.facts.spark import SparkStore
from hongxian.judge.in_place import _folded, judge_in_place
from hongxian.judge.reference import reference_tables
from hongxian.judge.run import judge
from hongxian.judge.views import prepare
from hongxian.rules.load import find_rule

if TYPE_CHECKING:
    from pathlib import Path

RULES = [find_rule(number) for number in ("3.1", "1.1", "6.4")]
OTHERS = ("app:quiet@1#000000000000", "app:answered@1#000000000000")


def test_verdicts_and_findings_are_written_where_the_facts_lie(spark, tmp_path: Path) -> None:
    duck = Store()
    fill(duck)
    said = Run(sensor="answer", subject=OTHERS[1])
    duck.begin(said)
    duck.add_facts(said, [
        Fact(subject=OTHERS[1], sensor="answer", kind="answer", item="method.6.4",
             outcome="satisfied", certainty="declared")
    ])  # fmt: skip
    duck.export(tmp_path / "facts")
    many = SparkStore(tmp_path / "facts", spark=spark)
    tables = reference_tables([(s, None, ON) for s in (APP, *OTHERS)], RULES, {}, ON.date())
    for store in (duck, many):
        prepare(store, tables)
    rulings = judge(duck, RULES)
    for _ in range(2):  # what was written before is replaced
        counts = judge_in_place(many, RULES, str(tmp_path / "out"))
    assert counts == Counter((one.rule, one.verdict) for one in rulings)
    told = spark.read.parquet(str(tmp_path / "out" / "verdicts.parquet"))
    assert {
        (row["rule"], row["subject"]):
            (row["verdict"], row["findings"], row["missing"], row["answer"])
        for row in told.collect()
    } == {
        (one.rule, one.subject):
            (one.verdict, len(one.findings), [" | ".join(n) for n in one.missing], one.answer)
        for one in rulings
    }  # fmt: skip
    found = spark.read.parquet(str(tmp_path / "out" / "findings.parquet" / "rule=method.3.1"))
    (row,) = found.collect()
    (finding,) = rulings[[one.subject for one in rulings].index(APP)].findings
    assert row.asDict() == {
        "subject": APP, "verdict": "violated", "evidence": list(finding.evidence),
        **finding.columns,
    }  # fmt: skip
    with pytest.raises(HongxianError, match="nothing"):
        judge_in_place(many, [replace(RULES[0], sql="select nothing")], str(tmp_path / "out"))
    many.close()


def test_each_batch_is_folded_by_the_rules_needs_and_a_persons_answer() -> None:
    rows = [
        {"subject": "a", "verdicts": None, "scopes": None, "answered": None, "fact": None},
        {"subject": "b", "verdicts": ["violated", "unclear"], "scopes": ["x"], "answered": None,
         "fact": None},
        {"subject": "c", "verdicts": [], "scopes": [], "answered": "satisfied", "fact": "f"},
    ]  # fmt: skip
    (batch,) = _folded([["x", "y"]], iter([pa.RecordBatch.from_pylist(rows)]))
    assert [tuple(row.values()) for row in batch.to_pylist()] == [
        ("a", "unclear", 0, ["x | y"], None),
        ("b", "violated", 2, [], None),
        ("c", "satisfied", 0, ["x | y"], "f"),
    ]
