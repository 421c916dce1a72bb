from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.traffic import takers as module
from hongxian.sensors.traffic.takers import Takers, nearest
from hongxian.signals.observation import Observation


def seen(who: str, records: int, at: float = 10.0, endpoint: str = "GET /") -> Observation:
    found = {"basic.phone": records} if records else {}
    return Observation(
        at=at, endpoint=endpoint, principals={"ip": "1", "account": who}, given=found
    )


def counted(observations: list[Observation]) -> Takers:
    takers = Takers(b"salt")
    for one in observations:
        takers.add(one)
    return takers


def test_who_took_how_much_when() -> None:
    takers = Takers(b"salt")
    for one in (seen("li", 5), seen("li", 7, 4_000.0, "GET /b"), seen("han", 1), seen("x", 0)):
        takers.add(one)
    first, second = takers.greatest(9)
    assert (first.kind, first.records, first.requests) == ("account", 12, 2)
    assert (first.hours, first.first, first.last) == ({0.0: 5, 3_600.0: 7}, 10.0, 4_000.0)
    assert first.endpoints == {"GET /": {"basic.phone": 5}, "GET /b": {"basic.phone": 7}}
    assert second.records == 1
    assert takers.hours == {0.0: 6, 3_600.0: 7}
    assert takers.find({"account": "li"}) is first
    assert takers.find({"account": "x"}) is None


def test_names_are_not_told_and_another_salt_makes_other_tags() -> None:
    assert "li" not in Takers(b"a").tag("account", "li")
    assert Takers(b"a").tag("account", "li") != Takers(b"b").tag("account", "li")


def test_those_who_took_least_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TAKERS", 4)
    takers = Takers(b"s")
    for number in range(6):
        takers.add(seen(f"u{number}", 10 - number))
    assert [one.records for one in takers.greatest(9)] == [10, 9, 5]
    assert takers.forgotten == 3


def test_a_newcomer_who_takes_most_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TAKERS", 4)
    takers = counted([*(seen(f"u{number}", 1 + number) for number in range(4)), seen("big", 100)])
    assert [one.records for one in takers.greatest(9)] == [100, 4]


def test_an_account_is_nearer_than_an_address() -> None:
    assert nearest({"ip": "1", "account": "a"}) == ("account", "a")
    assert nearest({}) == ("unknown", "")


OBSERVED = st.lists(st.builds(
    seen, st.sampled_from(["li", "han", "mei"]), st.integers(0, 9),
    st.sampled_from([10.0, 3_599.0, 3_600.0, 9_000.0]), st.sampled_from(["GET /", "GET /b"]),
), max_size=12)  # fmt: skip


@given(OBSERVED, OBSERVED)
def test_what_two_logs_show_is_what_both_show_as_one(
    first: list[Observation], second: list[Observation]
) -> None:
    merged, whole = counted(first), counted(first + second)
    merged.merge(counted(second))
    assert merged.greatest(9) == whole.greatest(9)
    assert merged.hours == whole.hours


def test_merging_leaves_what_others_counted_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TAKERS", 2)
    ours, theirs = counted([seen("li", 5)]), counted([seen(f"u{one}", 1 + one) for one in range(3)])
    before = json.dumps(theirs.dump())
    ours.merge(theirs)
    ours.add(seen("u2", 9))
    assert json.dumps(theirs.dump()) == before
    assert theirs.forgotten == ours.forgotten == 2


def test_what_was_kept_is_counted_on_and_names_nobody() -> None:
    takers = counted([seen("mallory", 5), seen("mallory", 7, 4_000.0, "GET /b"), seen("han", 1)])
    takers.forgotten = 3
    text = json.dumps(takers.dump())
    assert "mallory" not in text
    again = Takers(b"salt")
    again.load(json.loads(text))
    assert (again.greatest(9), again.hours, again.forgotten) == (
        takers.greatest(9), takers.hours, 3)  # fmt: skip
    again.add(seen("mallory", 2, 4_001.0))
    found = again.find({"account": "mallory"})
    assert found is not None
    assert (found.records, found.hours) == (14, {0.0: 5, 3_600.0: 9})


def test_a_taker_is_found_by_the_tag_that_reports_name() -> None:
    takers = counted([seen("li", 5)])
    tag = takers.tag("account", "li")
    assert takers.tagged("account", tag) is takers.find({"account": "li"}) is not None
    assert takers.tagged("ip", tag) is None


def test_somebody_keeps_the_tag_when_names_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_TAGS", 2)
    takers = counted([seen(f"u{number % 5}", 1) for number in range(15)])
    assert sorted(one.requests for one in takers.greatest(9)) == [3] * 5
    assert len(takers._tags) <= 2
