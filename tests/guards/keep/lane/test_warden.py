from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from tests.guards.keep.lane.harness import Guarded, Server, Wire
from tests.guards.keep.lane.quarantine.shop import undone

from hongxian.errors import HongxianError
from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.tickets.errors import TicketError


def test_what_the_office_is_told(shared: Guarded) -> None:
    warden = shared.lane.host.warden
    found = shared.call(warden.assess("delete from public.large", shared.name, "operator"))
    assert (found.verdict, found.objects, found.rows) == ("destructive", ("public.large",), 20_000)
    found = shared.call(
        warden.assess("delete from public.large where a > 10000", shared.name, "operator")
    )
    assert 9_000 < found.rows < 11_000
    assert shared.call(warden.assess("drop table public.t", shared.name, "x")).rows == 1_000
    assert shared.call(warden.assess("select 1", shared.name, "x")).verdict == "safe"
    assert shared.call(warden.assess("no sql", shared.name, "x")).rows == -1
    with pytest.raises(TicketError, match=r"schema.table.*public.large"):
        shared.call(warden.assess("delete from large", shared.name, "operator"))
    with pytest.raises(HongxianError, match="cannot be read"):
        shared.call(warden.assess("select 1", "nowhere", "operator"))


def test_sessions_and_changes_are_evidence(guarded: Guarded) -> None:
    with guarded.connect(application_name="job 13800138000") as one:
        one.execute("select 1")
        one.execute("alter table t rename column b to c")
        with pytest.raises(psycopg.Error):
            one.execute("delete from t -- 13800138000")
    guarded.__exit__()
    opened, changed, refused, closed = (
        guarded.evidence(kind)[0]["body"]
        for kind in ("session_opened", "changed", "refused", "session_closed")
    )
    assert {one["session"] for one in (opened, changed, refused, closed)} == {opened["session"]}
    assert (changed["says"], refused["verdict"]) == (
        "alter table t rename column b to c",
        "destructive",
    )
    assert (closed["safe"], closed["reversible"], closed["refused"]) == (1, 1, 1)
    assert b"13800138000" not in (guarded.place / "log").read_bytes()


def test_break_glass_lets_through_what_nobody_can_judge(guarded: Guarded) -> None:
    text = "select public.wipe()"
    with guarded.connect() as one:
        with pytest.raises(psycopg.Error):
            one.execute(text)
        guarded.ticket(text, break_glass=True)
        one.execute(text)
    assert guarded.value("select count(*) from t") == 0


def test_without_evidence_nothing_but_the_safe_runs(guarded: Guarded) -> None:
    with guarded.connect() as one:
        one.execute("select 1")
        guarded.lane.host.log._broken = True
        try:
            assert one.execute("select 2").fetchone() == (2,)
            with pytest.raises(psycopg.OperationalError):
                one.execute("alter table t rename column b to c")
            with pytest.raises(psycopg.OperationalError, match="no more sessions"):
                guarded.connect()
        finally:
            guarded.lane.host.log._broken = False


def test_tickets_are_used_and_what_came_of_them_is_told(guarded: Guarded) -> None:
    text = "delete from public.large where b > 2"
    guarded.ticket(text)
    with guarded.connect() as one:
        assert one.execute("delete from large where a between 3 and 4").rowcount == 2
        assert one.execute(text).rowcount > 10_000
        with pytest.raises(psycopg.Error, match="used before"):
            one.execute(text)
    (done,) = guarded.evidence("ticket_done")
    assert done["body"]["results"][0].startswith("DELETE 1")


def test_what_is_refused_without_a_judge_is_evidence(guarded: Guarded) -> None:
    with Wire(guarded.port) as wire:
        wire.start(guarded.name)
        wire.send(frames.query(b"select '\xff'"))
        assert wire.codes() == ["KP004"]
    (refused,) = guarded.evidence("refused")
    assert refused["body"]["reasons"] == ["reading"]


def test_what_runs_in_quarantine_is_noted(server: Server, tmp_path: Path) -> None:
    with server.database() as name, Guarded(server, name, tmp_path, quarantine="") as carrying:
        with carrying.connect() as one:
            assert one.execute("delete from t").rowcount == 1000
            assert one.execute("select wipe()").rowcount == 1
        undone(carrying, 2)
        assert carrying.value("select count(*) from t") == 1000
