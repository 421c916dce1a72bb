"""What becomes of acts: undone by whom, dropped when due, and known after a crash."""

from __future__ import annotations

import sqlite3
import time

import psycopg
import pytest
from tests.guards.keep.lane.harness import Guarded
from tests.guards.keep.lane.quarantine.shop import kept, states, sums, trash, undone
from tests.waiting import until

from hongxian.guards.keep.lane.quarantine import keeper
from hongxian.guards.keep.tickets.errors import TicketError

DAY = 86_400.0


def lose(shop: Guarded, text: str = "delete from logs") -> None:
    with shop.connect() as one:
        one.execute(text)


def later(shop: Guarded, days: float) -> None:
    clock = shop.lane.host.log.clock
    clock.not_before(clock.now() + days * DAY)


def reason(shop: Guarded, who: str, number: str) -> str:
    with pytest.raises(TicketError) as raised:
        shop.person(who).undo(number)
    return raised.value.reason


def test_only_some_may_undo_and_evidence_tells_all(shop: Guarded) -> None:
    before = sums(shop)
    lose(shop, "delete from logs where line <> '138-0013-8000'")
    (act,) = kept(shop)
    assert reason(shop, "li", act["id"]) == "may_not"
    assert reason(shop, "wang", "nothing") == "act_none"
    undone(shop)
    assert reason(shop, "wang", act["id"]) == "act_state"
    assert sums(shop) == before
    told = shop.evidence("quarantine")
    assert [one["kind"] for one in told] == ["quarantine_sent", "quarantined", "quarantine_undone"]
    sent, held, back = (one["body"] for one in told)
    assert sent["says"] == "delete from logs where line <> ?"
    assert {sent["act"], held["act"], back["act"]} == {act["id"]}
    assert (held["results"], back["person"]) == (["DELETE 500"], "wang")
    assert "0013-8000" not in (shop.place / "log").read_text()
    assert {one["body"]["reason"] for one in shop.evidence("ticket_refused")} >= {"may_not"}


def test_what_is_due_is_dropped_by_the_guard(shop: Guarded) -> None:
    lose(shop, "drop table logs")
    lose(shop, "drop schema stock cascade")
    kept(shop, 2)
    assert len(trash(shop)) == 3, "two of plans, and one that was renamed"
    later(shop, 6)
    time.sleep(1.5)
    assert states(shop) == ["kept", "kept"]
    later(shop, 1.1)
    until(lambda: states(shop) == ["ended", "ended"])
    assert trash(shop) == []
    assert len(shop.evidence("quarantine_ended")) == 2


def test_what_was_altered_is_not_run(shop: Guarded) -> None:
    lose(shop)
    (act,) = kept(shop)
    with sqlite3.connect(shop.place / "quarantine.db") as base:
        base.execute("update acts set undo = ?, close = ?", ('["drop table orders"]',) * 2)
    base.close()
    assert reason(shop, "wang", act["id"]) == "altered"
    later(shop, 8)
    until(lambda: bool(shop.evidence("quarantine_end_failed")))
    assert (states(shop), len(trash(shop))) == (["kept"], 1)
    assert sums(shop)["orders"]


def test_what_cannot_come_back_changes_nothing(shop: Guarded) -> None:
    lose(shop, "delete from logs")
    lose(shop, "drop table logs")
    newer, older = kept(shop, 2)
    before = sums(shop)
    assert reason(shop, "wang", older["id"]) == "act_failed"
    assert sums(shop) == before
    assert shop.person("wang").undo(newer["id"])
    assert shop.person("wang").undo(older["id"])
    lose(shop, "drop table logs")
    (act,) = kept(shop)
    with shop.direct() as one:
        one.execute(f"drop schema {trash(shop)[0]} cascade")
    assert reason(shop, "wang", act["id"]) == "act_gone"


def test_a_session_that_is_lost_leaves_no_act(
    shop: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sums(shop)
    one = shop.connect(autocommit=False)
    one.execute("delete from logs")
    assert states(shop) == ["sent"]
    number = shop.person("wang").acts()[0]["id"]
    assert reason(shop, "wang", number) == "act_state"
    monkeypatch.setattr(keeper, "LOST", 0.0)
    one.close()
    until(lambda: states(shop) == [])
    assert (sums(shop), trash(shop)) == (before, [])
    assert shop.evidence("quarantine_nothing")


def test_acts_outlive_the_guard(shop: Guarded) -> None:
    before = sums(shop)
    with shop.connect(autocommit=False) as one:
        one.execute("delete from logs")
        shop.__exit__()
        with pytest.raises(psycopg.OperationalError):
            one.execute("select 1")
    shop.__enter__()
    lose(shop, "drop table people cascade")
    kept(shop)
    shop.__exit__()
    shop.__enter__()
    kept(shop)
    undone(shop)
    assert sums(shop) == before


def test_settings_are_adopted(shop: Guarded) -> None:
    path = shop.place / "keep.toml"
    path.write_text(path.read_text().replace('mode = "quarantine"', 'mode = "refuse"'))
    shop.loop.call_soon_threadsafe(shop.lane.reload)
    until(lambda: bool(shop.evidence("reloaded")))
    with shop.connect() as one, pytest.raises(psycopg.Error) as raised:
        one.execute("delete from logs")
    assert raised.value.sqlstate == "KP001"
    path.write_text(path.read_text().replace('mode = "refuse"', 'file = "other.db"'))
    shop.loop.call_soon_threadsafe(shop.lane.reload)
    until(lambda: shop.lane.host.metrics.counts["reloads_refused"] == 1)
