"""What loses data runs, answers as ever, and comes back."""

from __future__ import annotations

import psycopg
import pytest
from tests.guards.keep.lane.harness import Guarded
from tests.guards.keep.lane.quarantine.shop import kept, states, sums, trash, undone

from hongxian.guards.keep.lane.quarantine.carry import CarryError
from hongxian.guards.keep.statements.verdict import Reason

TEXTS = [
    ("delete from logs", "DELETE 500", {"logs"}),
    ("delete from people where name <> 'x'", "DELETE 300", {"people", "orders", "names"}),
    ("update orders set n = 0", "UPDATE 900", {"orders"}),
    ("truncate people cascade", "TRUNCATE TABLE", {"people", "orders", "names"}),
    ("truncate logs, public.t", "TRUNCATE TABLE", {"logs", "public.t"}),
    ("drop table logs", "DROP TABLE", {"logs"}),
    ("drop table people cascade", "DROP TABLE", {"people", "names"}),
    ("drop schema stock cascade", "DROP SCHEMA", {"stock.parts", "stock.bins"}),
    ("select wipe()", "SELECT 1", {"public.t"}),
]


@pytest.mark.parametrize(("text", "tag", "gone"), TEXTS, ids=[one[0] for one in TEXTS])
@pytest.mark.parametrize("binary", [False, True], ids=["simple", "extended"])
def test_there_and_back(shop: Guarded, text: str, tag: str, gone: set[str], binary: bool) -> None:
    before = sums(shop)
    with shop.connect() as one:
        done = one.execute(text, binary=binary)
        assert done.statusmessage == tag
        assert one.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        assert one.execute("select 5").fetchone() == (5,)
    between = sums(shop)
    assert {name for name in before if before[name] != between[name]} == gone
    undone(shop)
    assert (sums(shop), trash(shop)) == (before, [])


@pytest.mark.parametrize("binary", [False, True], ids=["simple", "extended"])
def test_rollback_leaves_nothing(shop: Guarded, binary: bool) -> None:
    before = sums(shop)
    with shop.connect(autocommit=False) as one:
        one.execute("insert into logs values ('new', 1)")
        assert one.execute("delete from orders", binary=binary).rowcount == 900
        assert one.execute("drop table logs", binary=binary).statusmessage == "DROP TABLE"
        assert one.execute("truncate people cascade", binary=binary).rowcount == -1
        assert one.execute("select count(*) from orders").fetchone() == (0,)
        one.rollback()
        assert one.execute("select count(*) from orders").fetchone() == (900,)
        one.commit()
    assert (sums(shop), trash(shop)) == (before, [])
    with shop.connect() as one:
        one.execute("delete from logs")
    kept(shop)
    assert states(shop) == ["kept"], "what was rolled back is no act"


def test_a_migration_in_one_transaction(shop: Guarded) -> None:
    before = sums(shop)
    with shop.connect(autocommit=False) as one:
        one.execute("create table logs2 as select * from logs")
        one.execute("drop table logs")
        one.execute("alter table orders add column more int")
        one.execute("drop table people cascade")
        assert one.execute("select count(*) from logs2").fetchone() == (500,)
        one.execute("alter table logs2 rename to logs")
        one.commit()
    assert sums(shop)["people"] is None
    newer, older = kept(shop, 2)
    assert (newer["says"], older["says"]) == ("drop table people cascade", "drop table logs")
    assert shop.person("wang").undo(newer["id"])
    assert sums(shop)["people"] == before["people"]


def test_savepoints(shop: Guarded) -> None:
    with shop.connect(autocommit=False) as one:
        one.execute("delete from logs where n >= 1")
        one.execute("savepoint s")
        one.execute("delete from orders")
        one.execute("rollback to s")
        one.commit()
    (act,) = kept(shop)
    assert act["objects"] == ["public.logs"]
    assert act["results"] == ["DELETE 334"]


@pytest.mark.parametrize("binary", [False, True], ids=["simple", "extended"])
def test_returning_and_values(shop: Guarded, binary: bool) -> None:
    before = sums(shop)
    with shop.connect() as one:
        rows = one.execute("delete from logs where n < %s returning n", (2,), binary=binary)
        assert (rows.rowcount, {row[0] for row in rows.fetchall()}) == (333, {0, 1})
        one.prepare_threshold = 0
        for number in (5, 6):
            done = one.execute("update orders set n = %s where n > -1", (number,))
            assert done.rowcount == 900
    undone(shop, 3)
    assert sums(shop) == before


def test_a_statement_that_fails_is_told_as_ever(shop: Guarded) -> None:
    before = sums(shop)
    with shop.connect() as one:
        for binary in (False, True):
            with pytest.raises(psycopg.errors.DivisionByZero):
                one.execute("update orders set n = 1 / (n - n)", binary=binary)
            with pytest.raises(psycopg.errors.UndefinedColumn) as raised:
                one.execute("select 1 as a; delete from logs where nope = 1")
            assert raised.value.diag.statement_position == "39"
            assert one.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        one.execute("begin")
        one.execute("insert into logs values ('new', 1)")
        with pytest.raises(psycopg.errors.DivisionByZero):
            one.execute("update orders set n = 1 / (n - n)")
        assert one.info.transaction_status == psycopg.pq.TransactionStatus.INERROR
        with pytest.raises(psycopg.errors.InFailedSqlTransaction):
            one.execute("delete from logs")
        one.execute("rollback")
    assert (sums(shop), trash(shop)) == (before, [])


def test_several_statements_in_one_text(shop: Guarded) -> None:
    before = sums(shop)
    with shop.connect() as one:
        done = one.execute("select 1; delete from logs -- all\n; drop table orders; select 2")
        told = []
        while True:
            told.append(done.statusmessage)
            if not done.nextset():
                break
    assert told == ["SELECT 1", "DELETE 500", "DROP TABLE", "SELECT 1"]
    undone(shop)
    assert sums(shop) == before


def test_pipelines(shop: Guarded) -> None:
    before = sums(shop)
    with shop.connect() as one, one.pipeline() as line:
        first = one.execute("select count(*) from logs")
        second = one.execute("delete from logs where n < %s", (1,))
        third = one.execute("delete from logs where n < %s", (9,))
        fourth = one.execute("select count(*) from logs")
        line.sync()
        assert (first.fetchone(), fourth.fetchone()) == ((500,), (0,))
        assert (second.rowcount, third.rowcount) == (166, 334)
    undone(shop, 2)
    assert sums(shop) == before


def test_psql(shop: Guarded) -> None:
    before = sums(shop)
    done = shop.psql(given="begin;\ndelete from logs;\ndrop table orders;\nrollback;\n"
                           "truncate people cascade;\nselect 7 as seven;\n")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, 'NOTICE:  truncate cascades to table "orders"\n')
    for word in ("DELETE 500", "DROP TABLE", "ROLLBACK", "TRUNCATE TABLE", "seven"):
        assert word in done.stdout
    undone(shop)
    assert sums(shop) == before


def test_a_database(shop: Guarded) -> None:
    with shop.server.connect() as ruler:
        ruler.execute(f"create database {shop.name}_v template {shop.name}")
        with shop.connect(dbname=f"{shop.name}_v") as one:
            assert one.execute("select count(*) from logs").fetchone() == (500,)
        with shop.connect() as one:
            assert one.execute(f"drop database {shop.name}_v").statusmessage == "DROP DATABASE"
        with pytest.raises(psycopg.OperationalError):
            shop.server.connect(f"{shop.name}_v")
        undone(shop)
        with shop.server.connect(f"{shop.name}_v") as one:
            assert one.execute("select count(*) from logs").fetchone() == (500,)
        ruler.execute(f"drop database {shop.name}_v with (force)")


@pytest.mark.parametrize(
    "text",
    [
        "drop role secret",
        "alter table logs drop column n",
        "drop table people",
        "declare c cursor with hold for select wipe()",
        "update people set id = id + 1000",
        "begin; delete from logs; commit",
        "do $$ begin execute 'drop table logs'; end $$",
    ],
)
def test_what_could_not_come_back_needs_a_ticket(shop: Guarded, text: str) -> None:
    before = sums(shop)
    with shop.connect() as one, pytest.raises(psycopg.Error) as raised:
        one.execute(text)
    assert raised.value.sqlstate in ("KP001", "KP002")
    assert "hongxian keep ticket propose" in str(raised.value.diag.message_hint)
    assert sums(shop) == before


def test_what_is_not_there_is_told_as_the_server_does(shop: Guarded) -> None:
    with shop.connect() as one, pytest.raises(psycopg.errors.UndefinedTable):
        one.execute("drop table nowhere")


def test_a_ticket_drops_for_good(shop: Guarded) -> None:
    shop.ticket("delete from public.logs")
    with shop.connect() as one:
        assert one.execute("delete from public.logs").rowcount == 500
        assert trash(shop) == []
        one.execute("insert into logs select 'y', i from generate_series(1, 50) i")
        assert one.execute("delete from public.logs").rowcount == 50, "a used one is none"
    assert kept(shop)[0]["results"] == ["DELETE 50"]


def test_what_the_server_does_not_let_keep_is_refused(shop: Guarded) -> None:
    with shop.direct() as one:
        one.execute("drop role if exists clerk")
        one.execute("create role clerk login")
        one.execute("grant all on all tables in schema public to clerk")
    try:
        with shop.connect("clerk") as one:
            for binary in (False, True):
                with pytest.raises(psycopg.Error) as raised:
                    one.execute("delete from logs", binary=binary)
                assert raised.value.sqlstate == "KP007"
                assert "permission denied" in str(raised.value)
                assert one.execute("select 1").fetchone() == (1,)
        assert shop.value("select count(*) from logs") == 500
    finally:
        with shop.direct() as one:
            one.execute("drop owned by clerk")
            one.execute("drop role clerk")


def test_refused_where_it_is_off(guarded: Guarded) -> None:
    with guarded.connect() as one, pytest.raises(psycopg.Error) as raised:
        one.execute("delete from t")
    assert raised.value.sqlstate == "KP001"
    assert guarded.value("select count(*) from t") == 1000


def test_why_not_is_said() -> None:
    assert "parts" in CarryError((Reason("in_parts"),)).say("en")


def test_a_transaction_is_judged_by_what_it_defined_itself(shop: Guarded) -> None:
    with shop.connect(autocommit=False) as one:
        one.execute("create domain short as text")  # names may mean something else now
        one.execute("create table own (a short)")
        for binary in (False, True):
            one.execute("insert into own values (%s)", ("x",), binary=binary)
        with shop.connect(autocommit=False) as other:  # two at once: nobody knows
            other.execute("create table others (a int)")
            with pytest.raises(psycopg.Error, match="read anew"):
                one.execute("insert into own values ('y')")
        one.rollback()


def test_what_a_savepoint_takes_back_is_seen(shop: Guarded) -> None:
    with shop.connect(autocommit=False) as one:
        one.execute("create domain short as text")
        one.execute("savepoint s")
        one.execute("create function bad() returns int language sql as 'select 1'")
        one.execute("select bad()")
        one.execute("rollback to s")
        with pytest.raises(psycopg.Error, match="refused by Hongxian"):
            one.execute("select bad()")
        one.rollback()
