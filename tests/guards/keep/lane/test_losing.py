"""Which of ticket, quarantine and refusal a text meets, in both protocols."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.guards.keep.lane.harness import SYNC, Guarded, Server, Wire, bind, execute
from tests.guards.keep.lane.quarantine.shop import kept, trash, undone

from hongxian.guards.keep.lane import frames

LOSING = b"delete from public.t where a > $1"
ONE = b"\0\0\0\1\0\0\0\1" + b"9" + b"\0\0"
"""A value, as text: 9."""


@pytest.fixture
def carrying(server: Server, tmp_path: Path) -> Iterator[Guarded]:
    with server.database() as name, Guarded(server, name, tmp_path, quarantine="") as made:
        yield made


def test_prepared_once_and_run_twice(carrying: Guarded) -> None:
    with Wire(carrying.port) as wire:
        wire.start(carrying.name)
        wire.send(frames.parse(b"s", LOSING), frames.message(b"D", b"Ss\0"), SYNC)
        assert [kind for kind, _ in wire.until()] == [b"1", b"t", b"n", b"Z"]
        for tag in (b"DELETE 991\0", b"DELETE 0\0"):
            wire.send(bind(b"s", b"p", ONE), frames.message(b"D", b"Pp\0"), execute(b"p"), SYNC)
            told = wire.until()
            assert [kind for kind, _ in told] == [b"2", b"n", b"C", b"Z"]
            assert told[2][1] == tag
    undone(carrying, 2)
    assert carrying.value("select count(*) from t") == 1000


def test_refused_where_quarantine_is_off(guarded: Guarded) -> None:
    with Wire(guarded.port) as wire:
        wire.start(guarded.name)
        wire.send(frames.parse(b"s", LOSING), SYNC)
        assert wire.codes() == ["KP001"]
    assert trash(guarded) == []


def test_with_a_ticket_it_is_for_good(carrying: Guarded) -> None:
    text = "delete from public.t"
    carrying.ticket(text)
    with Wire(carrying.port) as wire:
        wire.start(carrying.name)
        for tag in (b"DELETE 1000\0", b"DELETE 0\0"):
            wire.send(frames.parse(b"", text.encode()), bind(b""), execute(), SYNC)
            assert (b"C", tag) in wire.until()
    (act,) = kept(carrying)
    assert act["results"] == ["DELETE 0"], "a ticket that was used is none"


def test_a_ticket_that_is_not_good_leads_to_quarantine_if_there_is_one(carrying: Guarded) -> None:
    carrying.ticket("delete from public.t")
    losing = "alter table public.t alter column b type int using length(b)"
    carrying.ticket(losing)
    with carrying.connect() as one:
        for _ in range(2):
            one.execute("delete from public.t")
        one.execute(losing)
        with pytest.raises(psycopg.Error, match="used before"):
            one.execute(losing)
    kept(carrying)


def test_what_cannot_be_is_refused_when_it_runs(carrying: Guarded) -> None:
    with Wire(carrying.port) as wire:
        wire.start(carrying.name)
        wire.send(frames.parse(b"s", b"with d as (delete from t returning a) select a from d"),
                  bind(b"s"), frames.message(b"E", b"\0\0\0\0\5"), SYNC)  # fmt: skip
        assert wire.codes() == ["KP001"]
    assert carrying.value("select count(*) from t") == 1000


def test_prepared_in_sql_and_executed(carrying: Guarded) -> None:
    with carrying.connect() as one:
        one.execute("prepare p (int) as delete from t where a > $1")
        assert one.execute("execute p(500)").statusmessage == "DELETE 500"
        assert one.execute("execute p(10)", binary=True).statusmessage == "DELETE 490"
    undone(carrying, 2)
    assert carrying.value("select count(*) from t") == 1000


def test_what_sql_prepared_is_not_run_by_the_protocol(carrying: Guarded) -> None:
    with Wire(carrying.port) as wire:
        wire.start(carrying.name)
        wire.send(frames.query(b"prepare p as delete from t"))
        assert wire.codes() == []
        wire.send(bind(b"p"), execute(), SYNC)
        assert wire.codes() == ["KP001"]
    assert carrying.value("select count(*) from t") == 1000


def test_what_cannot_be_carried_is_not_prepared(carrying: Guarded) -> None:
    with carrying.connect() as one, pytest.raises(psycopg.Error, match="refused by Hongxian"):
        one.execute("prepare p as select pg_terminate_backend(1)")


def test_nor_is_it_where_quarantine_is_off(guarded: Guarded) -> None:
    with guarded.connect() as one, pytest.raises(psycopg.Error, match="refused by Hongxian"):
        one.execute("prepare p as delete from t")


def test_many_values_of_execute(carrying: Guarded) -> None:
    with carrying.connect() as one:
        one.execute("prepare p (int[]) as delete from t where a = any($1)")
        assert one.execute("execute p('{1,2}')").statusmessage == "DELETE 2"
        assert kept(carrying, 0) == []
        many = ",".join(map(str, range(3, 900)))
        assert one.execute(f"execute p('{{{many}}}')").statusmessage == "DELETE 897"
    undone(carrying)
    assert carrying.value("select count(*) from t") == 998


def test_a_dropped_column(carrying: Guarded) -> None:
    with carrying.connect() as one:
        assert one.execute("alter table t drop column b").statusmessage == "ALTER TABLE"
    undone(carrying)
    assert carrying.value("select count(*) from t where b = 'x'") == 1000


@pytest.mark.parametrize("extended", [False, True])
def test_without_a_catalog_nothing_runs_in_quarantine(
    carrying: Guarded, monkeypatch: pytest.MonkeyPatch, extended: bool
) -> None:
    async def gone() -> None:
        raise OSError

    with Wire(carrying.port) as wire:
        wire.start(carrying.name)
        wire.send(frames.query(b"select 1"))
        assert wire.codes() == []
        monkeypatch.setattr(carrying.lane.host._places[carrying.name].result(), "read", gone)
        if extended:
            wire.send(frames.parse(b"", b"delete from public.t"), bind(b""), execute(), SYNC)
        else:
            wire.send(frames.query(b"delete from public.t"))
        assert wire.codes() == ["KP001"]
    assert carrying.value("select count(*) from t") == 1000


def test_what_a_transaction_made_is_known_inside_of_it(carrying: Guarded) -> None:
    with carrying.connect(autocommit=False) as one:
        one.execute("create table public.own (a int primary key)")
        one.execute("create function public.two() returns int language sql as 'select 2'")
        one.execute("insert into public.own select public.two()")
        assert one.execute("select public.two(), a from public.own").fetchone() == (2, 2)
        with pytest.raises(psycopg.errors.UndefinedTable):
            one.execute("delete from public.nowhere")
