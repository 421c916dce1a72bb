from __future__ import annotations

from dataclasses import replace

import pytest

from hongxian.judge.check import check_rule, yields
from hongxian.rules.load import find_rule

GOOD = find_rule("3.3")
BASE = (
    "select f.subject, case when f.amount > 1 then 'violated' else 'unclear' end as verdict, "
    "array_agg(f.fact_id) as evidence, f.info, f.actor, f.purpose from facts as f "
    "group by f.subject, f.amount, f.info, f.actor, f.purpose"
)
MOST = "f.amount > (select value from limits where rule = 'method.3.3' and name = 'most')"


def problems(sql: str) -> str:
    return "\n".join(check_rule(replace(GOOD, sql=sql, thresholds={})))


def test_a_good_rule_has_no_problems() -> None:
    assert check_rule(GOOD) == []
    assert problems(BASE) == ""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("select f.subject", "selct f.subject", "3.3.sql: "),
        (BASE, f"{BASE}; {BASE}", "not exactly one SELECT"),
        (BASE, "delete from facts", "not exactly one SELECT"),
        ("f.subject,", "f.subject as who,", "does not return subject"),
        ("as verdict", "as result", "does not return verdict"),
        ("f.info, f.actor", "f.*, f.actor", "select * is not allowed"),
        ("from facts as f", "from main.runs as f", "reads runs"),
        ("from facts as f", "from facts as f, 'x.csv' as c", "reads x.csv"),
        (BASE, f"with limits as (select 1 as value) {BASE}", "hides the view limits"),
        ("f.amount > 1", "f.colour > 1", "colour"),
        ("f.amount > 1", "f.seen_at < now()", "function"),
        ("f.amount > 1", "f.seen_at < current_timestamp", "function current_timestamp"),
        ("f.amount > 1", "random() > 1", "function rand"),
        ("f.amount > 1", "strftime(f.seen_at, '%d') > '1'", "is not one that both engines share"),
        ("else 'unclear'", "else 'satisfied'", "must end in else 'unclear'"),
        (" else 'unclear'", "", "must end in else 'unclear'"),
        ("'violated'", "'guilty'", "none of the five verdicts"),
        ("case when f.amount > 1 then 'violated' else 'unclear' end", "'violated'", "no CASE"),
        ("f.amount > 1", "f.kind = 'gather'", "kind is never 'gather'"),
        ("f.amount > 1", "f.item in ('policy', 'polycy')", "item is never 'polycy'"),
        ("group by f.subject, f.amount, f.info, f.actor, f.purpose", "group by all", "group by"),
        (BASE, f"{BASE} limit 3", "limit is not allowed"),
        ("f.actor,", "", "{actor} is no column"),
        ("f.amount > 1", MOST, "threshold 'most' must stand both"),
        ("f.amount > 1", "f.amount > (select max(value) from limits)", "limits without rule"),
    ],
)  # fmt: skip
def test_what_a_rule_may_not_do_is_named(old: str, new: str, problem: str) -> None:
    assert old in BASE
    assert problem in problems(BASE.replace(old, new, 1))


def test_a_threshold_by_the_item_of_the_fact_counts_as_used() -> None:
    rule = find_rule("1.4")
    assert set(rule.thresholds) == {"font_size", "contrast", "line_spacing"}
    assert check_rule(rule) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": {"zh": "题"}}, "title: no text in en"),
        ({"fix": {"zh": "", "en": "x"}}, "fix: no text in zh"),
        ({"says": {}}, "says.violated: no text in zh"),
        ({"needs": [["session.moon"]]}, "no scope 'session.moon'"),
        ({"thresholds": {"most": {"value": 1, "unit": "day", "source": "ours"}}},
         "threshold 'most' must stand both"),
        ({"thresholds": {"most": {"value": 1, "unit": "day", "source": "gut"}}}, "source is none"),
        ({"thresholds": {"most": {"value": "1", "source": "ours"}}}, "needs a value"),
    ],
)  # fmt: skip
def test_what_a_head_lacks_is_named(changes: dict[str, object], problem: str) -> None:
    assert problem in "\n".join(check_rule(replace(GOOD, **changes)))


def test_yields_names_the_verdicts_of_a_rule() -> None:
    import sqlglot

    assert yields(sqlglot.parse_one(BASE, read="duckdb")) == {"violated", "unclear"}
