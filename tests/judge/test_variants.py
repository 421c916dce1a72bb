"""Which mistakes are tried at which place of a SELECT."""

from __future__ import annotations

import pytest

from hongxian.judge.mutants import mutants


def changes(sql: str) -> set[str]:
    return {mutant.what for mutant in mutants(sql)}


@pytest.mark.parametrize(
    ("sql", "change"),
    [
        ("select a < b", "a < b  ->  a <= b"),
        ("select a < b", "a < b  ->  a > b"),
        ("select a >= b", "a >= b  ->  a > b"),
        ("select a >= b", "a >= b  ->  a <= b"),
        ("select a = b", "a = b  ->  a <> b"),
        ("select a <> b", "a <> b  ->  a = b"),
        ("select a + b", "a + b  ->  a - b"),
        ("select min(a)", "MIN(a)  ->  MAX(a)"),
        ("select lag(a) over (order by b)", "LAG(a)  ->  LEAD(a)"),
        ("select lag(a) over (order by b)", "b  ->  b DESC"),
        ("select a where b and c", "b AND c  ->  b"),
        ("select a where b and c", "b AND c  ->  c"),
        ("select a where b and c", "b AND c  ->  ((b) OR (c))"),
        ("select a where b or c", "b OR c  ->  ((b) AND (c))"),
        ("select a where b = c", "WHERE b = c  ->  WHERE TRUE"),
        ("select a from b group by a having c > d", "HAVING c > d  ->  HAVING TRUE"),
        ("select a from b left join c on d = e", "LEFT JOIN c ON d = e  ->  JOIN c ON d = e"),
        ("select a from b left join c on d = e", "LEFT JOIN c ON d = e  ->  LEFT JOIN c ON TRUE"),
        ("select a in ('x', 'y')", "a IN ('x', 'y')  ->  a IN ('y')"),
        ("select a in ('x', 'y')", "a IN ('x', 'y')  ->  a IN ('x')"),
        ("select a is null", "a IS NULL  ->  (NOT (a IS NULL))"),
        ("select a is not null", "NOT a IS NULL  ->  a IS NULL"),
        ("select a between 1 and b", "a BETWEEN 1 AND b  ->  a >= 1"),
        ("select a between 1 and b", "a BETWEEN 1 AND b  ->  a <= b"),
        ("select a > 3", "3  ->  4"),
        ("select a > 3", "3  ->  2"),
        ("select a + interval '48' hour", "INTERVAL '48' HOUR  ->  INTERVAL '47' HOUR"),
        ("select coalesce(a, 'x')", "COALESCE(a, 'x')  ->  a"),
        ("select count(distinct a)", "COUNT(DISTINCT a)  ->  COUNT(a)"),
        ("select count(a) filter (where b)", "COUNT(a) FILTER(WHERE b)  ->  COUNT(a)"),
        (
            "select case when a then 'x' else 'y' end",
            "CASE WHEN a THEN 'x' ELSE 'y' END  ->  CASE WHEN a THEN 'x' END",
        ),
        (
            "select case when a then 'x' else 'y' end",
            "CASE WHEN a THEN 'x' ELSE 'y' END  ->  'y'",
        ),
        (
            "select case when a then 'x' when b then 'y' end",
            "CASE WHEN a THEN 'x' WHEN b THEN 'y' END  ->  CASE WHEN b THEN 'y' END",
        ),
    ],
)
def test_a_mistake_is_tried(sql: str, change: str) -> None:
    assert change in changes(sql)


@pytest.mark.parametrize("sql", ["select 1", "select a from b order by 1", "select a in ('x')"])
def test_what_cannot_matter_is_left_alone(sql: str) -> None:
    assert changes(sql) == set()


def test_one_side_of_a_union_is_dropped_and_the_common_parts_stay() -> None:
    made = {
        m.sql for m in mutants("with x as (select a) select a from x union all select b from x")
    }
    assert "WITH x AS (SELECT a) SELECT a FROM x" in made
    assert "WITH x AS (SELECT a) SELECT b FROM x" in made
