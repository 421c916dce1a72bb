from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.sensors.store.made import people, table_of

from hongxian.facts import Fact
from hongxian.sensors.store.columns import judge_table
from hongxian.sensors.store.facts import (
    exposure,
    now_day,
    oldest_of,
    present_facts,
    silence,
    store_facts,
    tier_of,
)
from hongxian.sensors.store.read_table import Counting, count_table
from hongxian.sensors.store.sources.table import Sample

TODAY = date(2026, 11, 1)
START = datetime(2025, 11, 1)  # noqa: DTZ001 - as the store keeps times


def facts(
    columns: dict[str, Any], medium: str = "table", sample: Sample | None = None, **more: Any
) -> list[Fact]:
    table = count_table(table_of(columns, medium, **more), Counting(sample=sample))
    return list(store_facts("store:s", judge_table(table), TODAY))


def test_a_column_gives_its_rows_and_the_age_of_the_oldest() -> None:
    rows, age = facts(
        {"phone": [one["phone"] for one in people(10)], "create_time": ["2025-11-01"] * 10}
    )
    assert (rows.kind, rows.info, rows.form, rows.amount, rows.unit) == (
        "store",
        "basic.phone",
        "clear",
        10,
        "row",
    )
    assert (rows.item, rows.certainty, rows.detail["medium"]) == ("made: t.phone", "seen", "table")
    assert rows.detail["grade"] == 2
    assert rows.detail["exposure"] == 0.002
    assert (age.amount, age.unit, age.effective_at) == (365, "day", START)
    assert "13" not in rows.detail["excerpt"][3:7]


def test_what_is_only_suggested_is_inferred_and_what_is_cleared_is_not_told() -> None:
    [fact] = facts({"disease": ["flu"], "phone": ["apple"]})
    assert (fact.info, fact.certainty, fact.score) == ("health.symptom", "inferred", 0.5)


def test_a_sample_is_reckoned_up_to_all_rows() -> None:
    columns = {"phone": [one["phone"] for one in people(10)]}
    [fact] = facts(columns, sample=Sample(rows=10), rows=1000, samples=True)
    assert fact.amount == 1000
    assert fact.detail["total"] == 1000
    table = count_table(
        table_of(columns, rows=1000, samples=True), Counting(sample=Sample(rows=10))
    )
    assert silence(table) > 0.4
    assert silence(count_table(table_of(columns))) == 0


def test_bare_hashes_weigh_as_much_as_clear_values_and_others_nothing() -> None:
    table = count_table(
        table_of(
            {
                "phone_md5": [f"{n:08x}" + "ab" * 12 for n in range(50)],
                "phone": [f"138****{n:04}" for n in range(50)],
            }
        )
    )
    weights = {one.form: exposure(one) for one in judge_table(table)}
    assert weights == {"hashed": 0.01, "masked": 0.0}
    slow = count_table(table_of({"password": [f"$2b$12${'a' * 50}{n}" for n in range(50)]}))
    [one] = judge_table(slow)
    assert exposure(one) == 0
    assert [
        fact.detail.get("bare") for fact in store_facts("store:s", judge_table(table), TODAY)
    ] == [True, None]
    assert tier_of("location.track") == 50
    assert tier_of("secret.token") == 5_000


def test_dates_of_birth_are_not_the_age_of_a_record() -> None:
    table = count_table(table_of({"birthday": [date(1990, 1, 1)]}))
    assert oldest_of(table) is None
    log = count_table(table_of({"line": ["2026-01-01 10:00 a"]}, "log"))
    assert oldest_of(log) == "2026-01-01"


def test_persons_who_should_be_gone_are_a_residue() -> None:
    table = count_table(table_of({"a": ["x"]}))
    table.present = {"phone": 2}
    [fact] = present_facts("store:s", [table])
    assert (fact.kind, fact.outcome, fact.item, fact.amount) == (
        "delete",
        "residue",
        "made: t.phone",
        2,
    )
    assert now_day() >= TODAY
