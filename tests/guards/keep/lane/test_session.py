"""What becomes of statements, and in which state a session is afterwards."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from tests.guards.keep.lane.harness import (
    SYNC,
    Guarded,
    Server,
    Wire,
    bind,
    cancelled,
    execute,
)

from hongxian.errors import HongxianError
from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.asked import OF_TOOLS
from hongxian.guards.keep.lane.frames import ProtocolError

LOSING = "delete from public.t"


def code(raised: pytest.ExceptionInfo[psycopg.Error]) -> str | None:
    return raised.value.sqlstate


def test_what_is_safe_runs_and_what_loses_data_does_not(guarded: Guarded) -> None:
    with guarded.connect() as one:
        assert one.execute("select count(*) from t").fetchone() == (1000,)
        for text in (
            LOSING,
            "drop table t",
            "truncate t",
            "update t set b = 'y'",
            "do $$ begin delete from t; end $$",
            "drop schema public cascade",
        ):
            with pytest.raises(psycopg.Error) as raised:
                one.execute(text)
            assert (code(raised), raised.value.diag.severity) == ("KP001", "ERROR")
            assert "hongxian keep ticket propose --refused" in str(raised.value.diag.message_hint)
        with pytest.raises(psycopg.Error) as raised:
            one.execute("select wipe()")
        assert code(raised) in ("KP001", "KP002")
        assert one.execute("select count(*) from t").fetchone() == (1000,)
        assert one.execute("delete from t where a = 7").rowcount == 1
    assert guarded.value("select count(*) from t") == 999
    refused = guarded.evidence("refused")
    assert len(refused) == 7
    assert refused[0]["body"]["says"] == LOSING


@pytest.mark.parametrize("text", OF_TOOLS, ids=["pg_dump"])
def test_texts_of_tools_hide_no_function(guarded: Guarded, text: bytes) -> None:
    with guarded.direct() as one:
        one.execute("create view public.pg_settings as select wipe()::text as name")
    with guarded.connect() as one:
        one.execute("create table makes_the_lane_read_the_catalog ()")
        one.execute("set search_path = public, pg_catalog")
        with pytest.raises(psycopg.Error) as raised:
            one.execute(text)
        assert code(raised) in ("KP001", "KP002")
    assert guarded.value("select count(*) from t") == 1000


@pytest.mark.parametrize("prepare", [False, True], ids=["simple", "extended"])
def test_the_transaction_is_as_after_any_error(guarded: Guarded, prepare: bool) -> None:
    with guarded.connect(autocommit=False) as one:
        status = psycopg.pq.TransactionStatus
        one.execute("insert into t values (5000, 'new')")
        with pytest.raises(psycopg.Error) as raised:
            one.execute(LOSING, prepare=prepare, binary=prepare)
        assert code(raised) == "KP001"
        assert one.info.transaction_status == status.INERROR
        with pytest.raises(psycopg.errors.InFailedSqlTransaction):
            one.execute("select 1", prepare=prepare)
        with pytest.raises(psycopg.Error):
            one.execute(LOSING, prepare=prepare)
        one.rollback()
        assert one.info.transaction_status == status.IDLE
        one.execute("savepoint s", prepare=False)
        with pytest.raises(psycopg.Error):
            one.execute(LOSING, prepare=prepare)
        one.execute("rollback to s")
        one.execute("insert into t values (5001, 'kept')")
        one.commit()
    assert guarded.value("select count(*) from t where a > 4000") == 1


def test_a_ticket_lets_a_text_through_once(guarded: Guarded) -> None:
    number = guarded.ticket(LOSING)
    with guarded.connect() as one:
        with pytest.raises(psycopg.Error) as raised:
            one.execute(LOSING + ";")
        assert code(raised) == "KP001", "another text"
        assert one.execute(LOSING).rowcount == 1000
        one.execute("insert into t values (1, 'x')")
        with pytest.raises(psycopg.Error) as raised:
            one.execute(LOSING)
        assert (code(raised), "used before" in str(raised.value)) == ("KP003", True)
    assert guarded.value("select count(*) from t") == 1
    kinds = [one["kind"] for one in guarded.evidence("ticket")]
    assert kinds[:4] == ["ticket_proposed", "ticket_approved", "ticket_ready", "ticket_used"]
    (done,) = guarded.evidence("ticket_done")
    assert (done["body"]["ticket"], done["body"]["results"]) == (number, ["DELETE 1000"])


def test_a_ticket_is_for_about_so_many_rows(guarded: Guarded) -> None:
    guarded.ticket("delete from public.t where b = 'x' and a > 0")
    with guarded.direct() as one:
        one.execute("insert into t select i, 'x' from generate_series(2000, 90000) i")
        one.execute("analyze t")
    with guarded.connect() as two, pytest.raises(psycopg.Error) as raised:
        two.execute("delete from public.t where b = 'x' and a > 0")
    assert (code(raised), "rows would be lost now" in str(raised.value)) == ("KP003", True)


def test_what_failed_with_a_ticket_is_told(guarded: Guarded) -> None:
    with guarded.direct() as one:
        one.execute("create view v as select * from t")
    guarded.ticket("drop table public.t")
    with guarded.connect() as one, pytest.raises(psycopg.errors.DependentObjectsStillExist):
        one.execute("drop table public.t")
    (done,) = guarded.evidence("ticket_done")
    assert done["body"]["results"] == ["error 2BP01"]


def test_a_ticket_in_the_extended_protocol(guarded: Guarded) -> None:
    guarded.ticket(LOSING)
    with Wire(guarded.port) as wire:
        wire.start(guarded.name)
        wire.send(frames.parse(b"s1", LOSING.encode()), frames.message(b"D", b"Ss1\0"), SYNC)
        assert [kind for kind, _ in wire.until()] == [b"1", b"t", b"n", b"Z"]
        wire.send(bind(b"s1", b"p"), frames.message(b"D", b"Pp\0"), execute(b"p"), SYNC)
        kinds = [kind for kind, _ in wire.until()]
        assert kinds == [b"2", b"n", b"C", b"Z"]
        wire.send(bind(b"s1", b"p"), execute(b"p"), SYNC)
        assert wire.codes() == ["KP003"]
        wire.send(frames.message(b"C", b"Ss1\0"), SYNC)
        assert [kind for kind, _ in wire.until()] == [b"3", b"Z"]
    assert guarded.value("select count(*) from t") == 0


def test_a_ticket_is_for_no_values_that_come_apart(guarded: Guarded) -> None:
    text = "delete from public.t where a > $1"
    guarded.ticket(text)
    with guarded.connect() as one, pytest.raises(psycopg.Error) as raised:
        one.execute("delete from public.t where a > %s", (3,))
    assert (code(raised), "parameters" in str(raised.value)) == ("KP003", True)
    assert guarded.value("select count(*) from t") == 1000


def test_a_name_cannot_take_a_ticketed_text_over(guarded: Guarded) -> None:
    """What stands behind a name after an error is never what needs a ticket."""
    guarded.ticket(LOSING)
    with Wire(guarded.port) as wire:
        wire.start(guarded.name)
        wire.send(frames.parse(b"", LOSING.encode()), SYNC)
        assert wire.codes() == []
        # behind an error the second Parse is passed over: the server still has the first
        wire.send(
            frames.parse(b"x", b"select nothing from nowhere"), frames.parse(b"", b"select 1"), SYNC
        )
        wire.until()
        wire.send(bind(b""), execute(), SYNC)
        assert wire.codes() == ["26000"], "under this name the server has nothing"
        wire.send(bind(b"hongxian_1"), execute(), SYNC)
        assert wire.codes() == ["KP006"]
    assert guarded.value("select count(*) from t") == 1000


def test_prepared_statements_are_judged_again_when_the_catalog_changes(guarded: Guarded) -> None:
    with guarded.direct() as one:
        one.execute("create function harmless() returns int language sql as 'select 1'")
    with guarded.connect() as one:
        for _ in range(7):  # prepared by then
            assert one.execute("select harmless()", prepare=True).fetchone() == (1,)
        with guarded.direct() as two:
            two.execute(
                "create or replace function harmless() returns int language sql as "
                "'delete from t; select 1'"
            )
        place = guarded.call(guarded.lane.host.place(guarded.name))
        guarded.call(place.renewed())
        with pytest.raises(psycopg.Error) as raised:
            one.execute("select harmless()", prepare=True)
        assert code(raised) in ("KP001", "KP002")
    assert guarded.value("select count(*) from t") == 1000


def test_definitions_count_before_they_are_committed(guarded: Guarded) -> None:
    with guarded.connect(autocommit=False) as one:
        one.execute("create function mine() returns int language sql as 'select 1'")
        assert one.execute("select mine()").fetchone() == (1,)
        try:
            one.execute(
                "create or replace function mine() returns int language sql as "
                "'delete from t; select 1'"
            )
        except psycopg.Error:
            one.rollback()
        else:
            with pytest.raises(psycopg.Error) as raised:
                one.execute("select mine()")
            assert code(raised) in ("KP001", "KP002")
            one.rollback()
    assert guarded.value("select count(*) from t") == 1000


def test_what_sql_prepares_is_judged(guarded: Guarded) -> None:
    with guarded.connect() as one:
        one.execute("prepare good as select count(*) from t")
        assert one.execute("execute good").fetchone() == (1000,)
        with pytest.raises(psycopg.Error) as raised:
            one.execute("prepare bad as delete from t")
        assert code(raised) == "KP001"
        with pytest.raises(psycopg.Error):
            one.execute("execute bad")


def test_a_pipeline_goes_through_in_order(guarded: Guarded) -> None:
    with guarded.connect() as one, one.pipeline():
        cursors = [one.execute("select a from t where a = %s", (n,)) for n in range(1, 200)]
        assert [cursor.fetchone() for cursor in cursors] == [(n,) for n in range(1, 200)]
    with guarded.connect() as one:
        with pytest.raises(psycopg.Error), one.pipeline() as pipe:  # noqa: PT012 - it is one
            good = one.execute("insert into t values (3000, 'a')")
            pipe.sync()
            one.execute("insert into t values (3001, 'b')")
            one.execute(LOSING)
            one.execute("insert into t values (3002, 'c')")
            pipe.sync()
        assert good.rowcount == 1
    assert guarded.value("select count(*) from t where a >= 3000") == 1


def test_rows_that_the_planner_knows_decide(guarded: Guarded) -> None:
    with guarded.connect() as one:
        assert one.execute("delete from large where a between 5 and 6").rowcount == 2
        with pytest.raises(psycopg.Error) as raised:
            one.execute("delete from large where a > 5")
        assert code(raised) == "KP001"
    assert guarded.value("select count(*) from large") == 19_998


def test_copy_both_ways(guarded: Guarded) -> None:
    with guarded.connect() as one, one.cursor() as cursor:
        with cursor.copy("copy t (a, b) from stdin") as copy:
            for n in range(10_000, 60_000):
                copy.write_row((n, "y" * 20))
        with cursor.copy("copy (select * from t) to stdout") as copy:
            assert sum(1 for _ in copy.rows()) == 51_000
        assert cursor.execute("select count(*) from t").fetchone() == (51_000,)
        with pytest.raises(psycopg.Error), cursor.copy("copy t from program 'true'"):
            pass
        assert one.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_large_messages_go_through(guarded: Guarded) -> None:
    large = "x" * (20 << 20)
    with guarded.connect() as one:
        one.execute("insert into t values (%s, %s)", (9_000, large))
        row = one.execute("select b from t where a = 9000").fetchone()
    assert row == (large,)


def test_a_running_statement_is_cancelled(guarded: Guarded) -> None:
    with guarded.connect() as one, cancelled(one), pytest.raises(psycopg.errors.QueryCanceled):
        one.execute("select pg_sleep(60)")
    assert guarded.lane.host.metrics.counts["cancels"] >= 1


def test_functions_by_number(guarded: Guarded) -> None:
    with Wire(guarded.port) as wire:
        wire.start(guarded.name)
        for oid, codes in ((964, ["KP005"]), (952, ["42704", "22023", "25P01"])):
            body = oid.to_bytes(4) + b"\0\1\0\1\0\2" + b"\0\0\0\4\0\0\0\1" * 2 + b"\0\1"
            wire.send(frames.message(b"F", body))
            assert wire.codes()[0] in codes


def test_bytes_that_are_no_text_are_refused(guarded: Guarded) -> None:
    with Wire(guarded.port) as wire:
        wire.start(guarded.name)
        wire.send(frames.query(b"select '\xff\xfe'"))
        assert wire.codes() == ["KP004"]
        # a backslash behind a letter, in a batch that could have changed the encoding before
        wire.send(
            frames.parse(b"", b"select 1"), frames.parse(b"", "select E'é\\''".encode()), SYNC
        )
        assert wire.codes() == ["KP004"]


def test_errors_come_in_the_client_s_letters(server, tmp_path) -> None:
    with server.database() as name, Guarded(server, name, tmp_path, '[lane]\nlang = "zh"\n') as one:
        with one.connect() as made, pytest.raises(psycopg.Error, match="红线拒绝了该语句"):
            made.execute(LOSING)
        latin = one.connect(options="-c client_encoding=LATIN1")
        with latin, pytest.raises(psycopg.Error, match="refused by Hongxian"):
            latin.execute(LOSING)


def test_a_setting_that_changes_the_reading_ends_the_session(guarded: Guarded) -> None:
    """A function may set what no statement may: then the session ends before the next is read."""
    with guarded.direct() as one:
        one.execute(
            "alter role operator in database " + guarded.name + " set client_encoding = sjis"
        )
    with pytest.raises(psycopg.OperationalError):
        guarded.connect(client_encoding="")
    with guarded.direct() as one:
        one.execute(f"alter role operator in database {guarded.name} reset all")
        one.execute(f"alter database {guarded.name} set standard_conforming_strings = off")
    with Wire(guarded.port) as wire:
        wire.start(guarded.name)
        assert wire.closed()


def test_names_of_ours_are_nobody_s(shared: Guarded) -> None:
    ours = b"hongxian_1"
    with Wire(shared.port) as wire:
        wire.start(shared.name)
        for message in (frames.parse(ours, b"select 1"), bind(ours), bind(b"", ours), execute(ours),
                        frames.message(b"C", b"S" + ours + b"\0")):  # fmt: skip
            wire.send(message, SYNC)
            assert wire.codes() == ["KP006"]
        wire.send(bind(b"nobody"), SYNC)
        assert wire.codes() == ["26000"]


def test_statements_that_sql_prepared_are_bound_only_while_safe(guarded: Guarded) -> None:
    with Wire(guarded.port) as wire:
        wire.start(guarded.name)
        wire.send(frames.query(b"prepare good as select count(*) from t"))
        assert wire.codes() == []
        wire.send(bind(b"good"), execute(), SYNC)
        assert [kind for kind, _ in wire.until()] == [b"2", b"D", b"C", b"Z"]


def test_texts_of_tools_go_through(shared: Guarded) -> None:
    with shared.connect() as one:
        one.execute("SELECT set_config(name, 'view, foreign-table', false) FROM pg_settings "
                    "WHERE name = 'restrict_nonsystem_relation_kind'")  # fmt: skip


def test_values_of_a_refused_bind_never_run(server: Server, tmp_path: Path) -> None:
    """A Bind larger than what is held is decided on by its names alone."""
    more = "statement = 65536"
    with server.database() as name, Guarded(server, name, tmp_path, more) as guarded:
        hidden = frames.message(b"d", bytes(70_000)) + SYNC + frames.query(b"drop table public.t")
        large = bind(b"s", b"hongxian_keep_x", bytes(6) + hidden)
        with Wire(guarded.port) as wire:
            wire.start(guarded.name)
            wire.send(large[: -len(hidden)])
            assert wire.codes(b"E") == ["08P01"]
            with suppress(ConnectionError):
                wire.send(hidden, SYNC)
            assert wire.closed()
        assert guarded.value("select count(*) from t") == 1000


@pytest.mark.parametrize("binary", [False, True], ids=["text", "binary"])
@pytest.mark.parametrize("prepared", [False, True], ids=["parse", "sql"])
def test_an_array_is_as_long_as_it_is(guarded: Guarded, binary: bool, prepared: bool) -> None:
    """The same text is safe with few values, and loses data with many."""
    text = b"delete from public.large where a = any ($1::int[])"

    def run(one: psycopg.Connection[object], count: int) -> str | None:
        numbers = range(1, count + 1)
        value = b"{" + b",".join(b"%d" % number for number in numbers) + b"}"
        if binary:
            head = struct.pack(">iiIii", 1, 0, 23, count, 1)
            value = head + b"".join(struct.pack(">ii", 4, number) for number in numbers)
        found = one.pgconn.exec_prepared(b"s", [value], [int(binary)])
        state = found.error_field(psycopg.pq.DiagnosticField.SQLSTATE)
        return state.decode() if state else None

    with guarded.connect() as one:
        if prepared:
            one.execute("prepare s as " + text.decode())
        else:
            one.pgconn.prepare(b"s", text)
        assert run(one, 3) is None
        assert run(one, 5_000) == "KP001"
        assert run(one, 2) is None
    assert guarded.value("select count(*) from large") == 19_997
    assert guarded.evidence("refused")[0]["body"]["says"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (HongxianError("the disk is full"), "08P01"),
        (RuntimeError("ours"), "08P01"),
        (ProtocolError("names"), "08P01"),
    ],
)
def test_a_fault_while_a_text_is_decided_on_ends_the_session(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str
) -> None:
    async def refused(*_: object) -> None:
        raise fault

    monkeypatch.setattr(guarded.lane.host.warden, "refused", refused)
    with Wire(guarded.port) as wire:
        wire.start(guarded.name)
        wire.send(frames.query(LOSING.encode()))
        assert wire.codes() == [code]
        assert wire.closed()
    assert guarded.value("select count(*) from t") == 1000
