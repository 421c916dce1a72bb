"""Judges more subjects than one machine can hold: each rule where the facts lie, into Parquet.

The rows of a rule and the verdict that they fold to stay on the executors. The driver sees counts.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hongxian.facts.spark_session import plainly
from hongxian.judge.fold import fold, unmet
from hongxian.judge.run import answers_of
from hongxian.judge.spark import ROWS, SparkEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from hongxian.facts.spark import SparkStore
    from hongxian.rules.load import Rule

Counts = dict[tuple[str, str], int]
"""(rule, verdict) -> how many subjects."""

_ANSWERS = {"subject": "VARCHAR", "rule": "VARCHAR", "verdict": "VARCHAR", "fact": "VARCHAR"}
_FOLDED = "subject string, verdict string, findings int, missing array<string>, answer string"
_TOGETHER = """
select s.subject, r.verdicts, c.scopes, a.verdict as answered, a.fact
from subjects as s
left join (select subject, array_agg(verdict) as verdicts from ruled group by subject) as r
  on r.subject = s.subject
left join (
  select subject, array_agg(distinct scope) as scopes from coverage where status = 'ran'
  group by subject
) as c on c.subject = s.subject
left join answers as a on a.subject = s.subject and a.rule = '{rule}'
where {whose}
"""


def judge_in_place(
    store: SparkStore,
    rules: Sequence[Rule],
    folder: str,
    whose: Callable[[Rule], str] = lambda _: "true",
) -> Counts:
    """Judge every subject by every rule; :func:`hongxian.judge.views.prepare` must have run.

    Writes ``findings.parquet/rule=<id>`` with the rows of each rule, as the rule returns them, and
    ``verdicts.parquet/rule=<id>`` with one row for each subject.

    Args:
        store: holds the facts.
        rules: the rules to judge by.
        folder: where to; every executor must reach it. What an earlier run wrote is replaced.
        whose: tells, as SQL over ``s.subject``, the subjects that a rule is for.

    Raises:
        HongxianError: a rule's SQL does not run, or the folder cannot be written.
    """
    rows = [(*key, *answer) for key, answer in answers_of(SparkEngine(store)).items()]
    store.table("answers", _ANSWERS, rows)
    return {
        (rule.id, verdict): count
        for rule in rules
        for verdict, count in _judged(store, rule, folder, whose(rule)).items()
    }


def _judged(store: SparkStore, rule: Rule, folder: str, whose: str) -> dict[str, int]:
    place = f"rule={rule.id}"
    with plainly():
        ruled = store.spark.sql(ROWS.format(rule.sql)).persist()
        try:
            ruled.createOrReplaceTempView("ruled")
            ruled.write.mode("overwrite").parquet(f"{folder}/findings.parquet/{place}")
            together = store.spark.sql(_TOGETHER.format(rule=rule.id, whose=whose))
            folded = together.mapInArrow(partial(_folded, rule.needs), _FOLDED)
            verdicts = f"{folder}/verdicts.parquet/{place}"
            folded.write.mode("overwrite").parquet(verdicts)
            counts = store.spark.read.schema(_FOLDED).parquet(verdicts).groupBy("verdict").count()
            return {row["verdict"]: row["count"] for row in counts.collect()}
        finally:
            ruled.unpersist()


def _folded(needs: Sequence[Sequence[str]], batches: Iterator[pa.RecordBatch]) -> Iterator[Any]:
    """Fold the rows of each subject, on an executor."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, and an extra

    schema = pa.schema([
        ("subject", pa.string()), ("verdict", pa.string()), ("findings", pa.int32()),
        ("missing", pa.list_(pa.string())), ("answer", pa.string()),
    ])  # fmt: skip
    for batch in batches:
        rows = [_row(needs, row) for row in batch.to_pylist()]
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _row(needs: Sequence[Sequence[str]], told: Mapping[str, Any]) -> dict[str, Any]:
    verdicts = told["verdicts"] or ()
    missing = unmet(needs, frozenset(told["scopes"] or ()))
    answer = (told["answered"], told["fact"]) if told["fact"] is not None else None
    verdict, settled = fold(verdicts, missing, answer)
    return {
        "subject": told["subject"], "verdict": verdict, "findings": len(verdicts),
        "missing": [" | ".join(need) for need in missing], "answer": settled,
    }  # fmt: skip
