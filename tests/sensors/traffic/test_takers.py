from __future__ import annotations

import pytest

from hongxian.sensors.traffic import takers as module
from hongxian.sensors.traffic.takers import Takers, nearest
from hongxian.signals.observation import Observation


def seen(who: str, records: int, at: float = 10.0, endpoint: str = "GET /") -> Observation:
    given = {"basic.phone": records} if records else {}
    return Observation(
        at=at, endpoint=endpoint, principals={"ip": "1", "account": who}, given=given
    )


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


def test_an_account_is_nearer_than_an_address() -> None:
    assert nearest({"ip": "1", "account": "a"}) == ("account", "a")
    assert nearest({}) == ("unknown", "")
