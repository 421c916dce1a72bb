"""Facts, coverage and runs: the same observation is the same fact, unknown words are refused."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.facts import CERTAINTIES, FORMS, KINDS, PHASES, SENSORS, Coverage, Fact, Run
from hongxian.facts.record import now

NOON = datetime.fromisoformat("2026-11-01T12:00")
FOUR = datetime.fromisoformat("2026-11-01T04:00")
PLAIN: dict[str, Any] = {"subject": "app:cn.example@1#0", "sensor": "app", "kind": "trait"}

texts = st.none() | st.text(st.characters(codec="utf-8"), max_size=8)
facts = st.builds(
    Fact,
    subject=st.sampled_from(["app:a@1#0", "app:b@1#0"]),
    sensor=st.sampled_from(sorted(SENSORS)),
    kind=st.sampled_from(sorted(KINDS)),
    item=texts,
    info=texts,
    actor=texts,
    recipient=texts,
    phase=st.sampled_from(sorted(PHASES)),
    form=st.none() | st.sampled_from(sorted(FORMS)),
    certainty=st.sampled_from(sorted(CERTAINTIES)),
    amount=st.none() | st.integers(0, 9) | st.floats(0, 9),
    seen_at=st.none() | st.datetimes(),
    detail=st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), st.integers()),
)


@given(facts, facts)
def test_two_facts_share_an_id_exactly_when_they_are_equal(one: Fact, other: Fact) -> None:
    assert (one == other) is (one.fact_id == other.fact_id)


@given(facts)
def test_the_id_has_24_hexadecimal_digits(fact: Fact) -> None:
    assert len(bytes.fromhex(fact.fact_id)) == 12


def test_the_order_of_details_does_not_count() -> None:
    assert (
        Fact(**PLAIN, detail={"a": 1, "b": [2]}).fact_id
        == Fact(**PLAIN, detail={"b": [2], "a": 1}).fact_id
    )


def test_three_and_three_point_zero_are_the_same_amount() -> None:
    assert Fact(**PLAIN, amount=3).fact_id == Fact(**PLAIN, amount=3.0).fact_id


def test_a_time_with_a_zone_is_kept_in_utc() -> None:
    beijing = timezone(timedelta(hours=8))
    fact = Fact(**PLAIN, seen_at=NOON.replace(tzinfo=beijing), effective_at=NOON)
    assert fact.seen_at == FOUR
    assert fact.effective_at == NOON
    assert fact == Fact(**PLAIN, seen_at=FOUR, effective_at=NOON)


def test_text_moved_from_one_field_to_another_is_another_fact() -> None:
    assert Fact(**PLAIN, item="x").fact_id != Fact(**PLAIN, info="x").fact_id


@pytest.mark.parametrize("name", ["sensor", "kind", "phase", "certainty", "form"])
def test_an_unknown_word_is_refused_and_the_known_ones_are_named(name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name} 'guess' is not one of .*\w+, \w+"):
        Fact(**(PLAIN | {name: "guess"}))


def test_coverage_knows_its_sensor() -> None:
    assert Coverage(subject="s", scope="session.start", status="ran").sensor == "session"


@pytest.mark.parametrize("wrong", [{"scope": "app.soul"}, {"status": "maybe"}])
def test_coverage_of_what_nobody_knows_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is not one of"):
        Coverage(**({"subject": "s", "scope": "app.code", "status": "ran"} | wrong))


def test_every_run_has_a_name_of_its_own_and_a_known_sensor() -> None:
    one, other = Run(sensor="app", subject="s"), Run(sensor="app", subject="s")
    assert one.run != other.run
    with pytest.raises(ValueError, match="sensor 'oracle'"):
        Run(sensor="oracle", subject="s")


def test_now_has_no_zone() -> None:
    assert now().tzinfo is None
