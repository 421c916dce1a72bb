from __future__ import annotations

import struct
import threading
from typing import TYPE_CHECKING

import pymysql
import pytest
from tests.guards.keep.lane.mysql.harness import GuardedShop, Shop, Wire
from tests.waiting import until

from hongxian.guards.keep.lane.mysql import frames, greeting
from hongxian.guards.keep.lane.mysql.prepared import LAST

if TYPE_CHECKING:
    from pathlib import Path


def state_of(one: pymysql.Connection, text: str) -> str:  # type: ignore[type-arg]
    """Return the SQLSTATE of the error that a text brings, or nothing."""
    try:
        with one.cursor() as cursor:
            cursor.execute(text)
    except pymysql.MySQLError as error:
        return getattr(error, "sqlstate", None) or str(error)
    return ""


def query(text: str) -> bytes:
    return bytes([frames.QUERY]) + text.encode()


def prepare(text: str) -> bytes:
    return bytes([frames.PREPARE]) + text.encode()


def execute(number: int, *values: int | bytes) -> bytes:
    head = struct.pack("<BIBI", frames.EXECUTE, number, 0, 1)
    if not values:
        return head
    types = b"".join(b"\x03\0" if isinstance(one, int) else b"\xfd\0" for one in values)
    told = b"".join(
        struct.pack("<i", one) if isinstance(one, int) else bytes([len(one)]) + one
        for one in values
    )
    return head + bytes((len(values) + 7) // 8) + b"\1" + types + told


class Client(Wire):
    """A client that gets short answers: results end with OK."""

    def __init__(self, port: int, flags: int = greeting.SHORT_END) -> None:
        super().__init__(port, flags=flags)
        assert self.first[:1] == b"\0", self.first

    def prepared(self, text: str) -> int:
        _, told = self.ask(prepare(text))
        assert told[:1] == b"\0", told
        columns, parameters = struct.unpack_from("<HH", told, 5)
        for _ in range(columns + parameters):
            self.packet()
        return int.from_bytes(told[1:5], "little")

    def ran(self, body: bytes) -> str:
        """Run what gives no rows; its SQLSTATE."""
        return self.state(body)


def test_what_loses_data_is_never_sent(guarded: GuardedShop) -> None:
    with guarded.client() as one:
        for text, state in (("delete from t", "KP001"), ("drop table shop.t", "KP001"),
                            ("truncate t", "KP001"), ("nonsense", "KP002"), ("execute p", "KP002"),
                            ("select wiped()", "KP001"), ("/*!50000 drop table t */", "KP001"),
                            ("set names gbk", "KP002"), ("kill 1", "KP001")):  # fmt: skip
            assert state_of(one, text) == state
        assert state_of(one, "delete from t where a = 1000") == ""
        assert state_of(one, "insert into t values (1000, 'x')") == ""
    assert guarded.told("select count(*) from shop.t") == 1000
    kinds = [entry["body"]["reasons"] for entry in guarded.evidence("refused")]
    assert ["drop_table"] in kinds
    (closed,) = guarded.evidence("session_closed")
    assert (closed["body"]["refused"], closed["body"]["safe"]) == (9, 3)
    assert (closed["body"]["role"], closed["body"]["database"]) == ("operator", "shop")


def test_a_transaction_stays_as_it_was(shared: GuardedShop) -> None:
    with shared.client(autocommit=False) as one, one.cursor() as cursor:
        cursor.execute("insert into t values (2000, 'y')")
        assert state_of(one, "delete from t") == "KP001"
        cursor.execute("select count(*) from t where a = 2000")
        assert cursor.fetchone() == (1,)
        one.rollback()
        cursor.execute("select count(*) from t where a = 2000")
        assert cursor.fetchone() == (0,)


def test_a_ticket_lets_one_text_run_once(guarded: GuardedShop) -> None:
    with guarded.shop.connect(database="shop") as own, own.cursor() as cursor:
        cursor.execute("create table gone (a int)")
        cursor.execute("insert into gone values (1), (2)")
    text = "drop table `shop`.`gone`"
    with guarded.client() as one:
        assert state_of(one, text) == "KP001"
        guarded.ticket(text)
        assert state_of(one, "drop table shop.gone") == "KP001"
        assert state_of(one, text) == ""
        assert state_of(one, text) == "KP003"
    assert guarded.told("show tables in shop like 'gone'") is None
    (used,) = guarded.evidence("ticket_used")
    assert (used["body"]["database"], used["body"]["role"]) == ("shop", "operator")
    (done,) = guarded.evidence("ticket_done")
    assert done["body"]["results"] == ["0 rows"]


def test_a_ticket_is_for_one_database_and_for_prepared_statements_too(guarded: GuardedShop) -> None:
    with guarded.shop.connect() as own, own.cursor() as cursor:
        cursor.execute("create database if not exists other")
        cursor.execute("create or replace table shop.lost (a int)")
    text = "truncate table shop.lost"
    with Client(guarded.port) as one:
        assert one.ran(prepare(text)) == "KP001"
        guarded.ticket(text)
        number = one.prepared(text)
        assert one.ran(bytes([frames.INIT_DB]) + b"other") == ""
        assert one.ran(execute(number)) == "KP003"
        assert one.ran(query("use shop")) == ""
        assert one.ran(execute(number)) == ""
        assert one.ran(execute(number)) == "KP003"
        valued = "delete from shop.lost where a > ?"
        guarded.ticket(valued)
        number = one.prepared(valued)
        assert one.ran(execute(number, 5)) == "KP003"


def test_break_glass_runs_what_nobody_can_judge(guarded: GuardedShop) -> None:
    text = "set global max_connections = 151, @x = nope()"
    with guarded.client() as one:
        assert state_of(one, text) == "KP002"
        guarded.ticket(text, break_glass=True)
        assert state_of(one, text) == "42000"  # what the server itself says
        until(lambda: bool(guarded.evidence("ticket_done")))
        (done,) = guarded.evidence("ticket_done")
        assert done["body"]["results"][0].startswith("error ")


def test_prepared_statements_are_judged_for_their_values(guarded: GuardedShop) -> None:
    with Client(guarded.port) as one:
        number = one.prepared("delete from mail where address = ? and n = ?")
        assert one.ran(execute(number, b"m1", 1)) == ""
        assert one.ran(execute(number, 0, 1)) == "KP001"
        assert one.ran(execute(number, b"m2", 2)) == ""
        assert one.ran(execute(LAST, b"m3", 3)) == ""
        assert guarded.told("select count(*) from shop.mail") == 497
        assert one.ran(prepare("delete from mail")) == "KP001"
        assert one.ran(execute(LAST, b"m4", 4)) == "KP008"
        assert one.ran(bytes([frames.RESET]) + number.to_bytes(4, "little")) == ""
        assert one.ran(bytes([frames.FETCH]) + bytes(8)) == "KP008"
        data = number.to_bytes(4, "little") + b"\0\0m4"
        one.socket.sendall(frames.packets(bytes([frames.LONG_DATA]) + data, 0))
        one.socket.sendall(frames.packets(bytes([frames.CLOSE]) + data[:4], 0))
        assert one.ran(execute(number, b"m4", 4)) == "KP008"
        assert one.ran(bytes([frames.RESET_CONNECTION])) == ""
    with guarded.shop.connect() as own, own.cursor() as cursor:
        cursor.executemany(
            "insert into shop.mail values (%s, %s)", [("m1", 1), ("m2", 2), ("m3", 3)]
        )


def test_a_prepared_statement_is_judged_again_when_the_catalog_changes(
    guarded: GuardedShop,
) -> None:
    with guarded.client() as other, Client(guarded.port) as one:
        assert state_of(other, "create table turns (a int primary key, b int)") == ""
        number = one.prepared("update turns set b = 1 where a = ?")
        assert one.ran(execute(number, 5)) == ""
        assert state_of(other, "alter table turns drop primary key") == ""
        assert one.ran(execute(number, 5)) == "KP001"
        assert state_of(other, "insert into turns values (1, 1)") == ""
    with guarded.shop.connect() as own, own.cursor() as cursor:
        cursor.execute("drop table shop.turns")


def test_a_table_that_came_by_another_way_is_known(guarded: GuardedShop) -> None:
    with guarded.client() as one:
        assert state_of(one, "select 1 from fresh") == "KP002"
        with guarded.shop.connect() as own, own.cursor() as cursor:
            cursor.execute("create table shop.fresh (a int)")
        until(lambda: not state_of(one, "select 1 from fresh"))
        with guarded.shop.connect() as own, own.cursor() as cursor:
            cursor.execute("drop table shop.fresh")


def test_modes_and_character_sets_are_followed(shared: GuardedShop) -> None:
    hidden = r"select '\'; delete from t; -- '"
    with shared.client(client_flag=1 << 16) as one:
        assert state_of(one, hidden) == ""
        assert state_of(one, "set sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES')") == ""
        assert state_of(one, hidden) == "KP001"
        assert state_of(one, "set @was = 'ANSI_QUOTES'") == ""
        assert state_of(one, "set sql_mode = @was") == ""
        assert state_of(one, 'delete from "t" where "a" = 5000') == ""
        assert state_of(one, "set names latin1") == ""
        assert state_of(one, "set sql_mode = default") == ""
    with shared.client(charset="latin1") as one, one.cursor() as cursor:
        cursor.execute("select 'é'")
        assert cursor.fetchone() == ("é",)
        with pytest.raises(pymysql.MySQLError, match="cannot be read"):
            one.query(b"select '\x81'")


@pytest.mark.parametrize(
    ("text", "says"),
    [("set sql_mode = 'ORACLE'", "ORACLE"), ("set character_set_client = @a", "gbk")],
)
def test_a_session_that_cannot_be_read_any_more_ends(
    shared: GuardedShop, text: str, says: str
) -> None:
    with shared.client() as one, one.cursor() as cursor:
        cursor.execute("set @a = 'gbk'")
        cursor.execute(text)
        with pytest.raises(pymysql.MySQLError, match=says):
            cursor.execute("select 1")
        one._force_close()


@pytest.mark.parametrize("kind", [5, 6, 7, 8, 10, 12, 13, 18, 19, 21, 29, 30, 32, 99, 250, 254])
def test_other_commands_are_refused(shared: GuardedShop, kind: int) -> None:
    with Client(shared.port) as one:
        assert one.ran(bytes([kind]) + b"shop\0\0\0") == "KP008"
        assert one.ran(query("set @a = 1")) == ""


def test_commands_that_lose_nothing_go_through(shared: GuardedShop) -> None:
    with Client(shared.port) as one:
        assert one.ask(bytes([frames.STATISTICS]))[1].startswith(b"Uptime")
        assert one.ran(bytes([frames.PING])) == ""
        assert one.ask(bytes([frames.SET_OPTION]) + b"\1\0")[1][:1] in (b"\xfe", b"\0")
        assert one.ask(bytes([frames.FIELD_LIST]) + b"t\0")[1][1:4] == b"def"
        while one.packet()[1][:1] != b"\xfe":
            pass
        assert one.ran(b"") == "KP008"
        one.socket.sendall(frames.packets(bytes([frames.QUIT]), 0))
        assert one.closed()


def test_cursors_and_several_results(shared: GuardedShop) -> None:
    for flags in (0, greeting.SHORT_END):
        with Client(shared.port, flags) as one:
            _, told = one.ask(prepare("select a from t where a < 4"))
            number = int.from_bytes(told[1:5], "little")
            for _ in range(1 if flags else 2):
                one.packet()
            body = bytearray(execute(number))
            body[5] = 1  # a cursor
            _, told = one.ask(bytes(body))
            assert told == b"\1"
            while told[:1] != b"\xfe":
                told = one.packet()[1]
            fetch = bytes([frames.FETCH]) + number.to_bytes(4, "little") + (5).to_bytes(4, "little")
            rows = [one.ask(fetch)[1]]
            while rows[-1][:1] != b"\xfe":
                rows.append(one.packet()[1])
            assert len(rows) == 4
            assert one.ran(query("set @a = 1")) == ""
    with shared.client(client_flag=1 << 16) as many, many.cursor() as cursor:
        cursor.execute("select 1; select a from t where a < 3; set @a = 1")
        assert cursor.fetchall() == ((1,),)
        assert cursor.nextset()
        assert cursor.fetchall() == ((1,), (2,))


def test_large_packets_both_ways(shop: Shop, tmp_path: Path) -> None:
    with GuardedShop(shop, tmp_path, "statement = 40000000\n") as guarded:
        with guarded.client(max_allowed_packet=1 << 26) as one, one.cursor() as cursor:
            cursor.execute("select repeat('x', 17000000), 5")
            ((long, five),) = cursor.fetchall()
            assert (len(long), five) == (17_000_000, 5)
            assert state_of(one, "select '" + "y" * 17_000_000 + "'") == "KP002"
            cursor.execute("select 1")
            assert cursor.fetchone() == (1,)
        with Client(guarded.port) as wire:
            number = wire.prepared("set @a = ?")
            head = bytes([frames.LONG_DATA]) + number.to_bytes(4, "little") + b"\0\0"
            wire.socket.sendall(frames.packets(head + b"z" * 17_000_000, 0))
            assert wire.ran(execute(number, b"")[:-1]) == ""
            wire.ask(query("select length(@a)"))
            rows = [wire.packet()[1] for _ in range(3)]
            assert rows[1] == b"\x0817000000"
            wire.socket.sendall(frames.packets(head + b"z" * 41_000_000, 0))
            assert wire.ran(execute(number, b"")[:-1]) == "KP008"
            assert wire.ran(query("select '" + "y" * 41_000_000 + "'")) == "KP002"


def test_bytes_may_come_one_by_one_and_commands_together(shared: GuardedShop) -> None:
    with Client(shared.port) as one:
        for byte in frames.packets(query("set @a = 1"), 0):
            one.socket.sendall(bytes([byte]))
        assert one.packet()[1][:1] == b"\0"
        several = [
            query("set @a = 1"),
            query("delete from t"),
            query("set @a = 2"),
            query("drop x"),
        ]
        one.socket.sendall(b"".join(frames.packets(text, 0) for text in several * 20))
        told = [one.packet()[1] for _ in range(80)]
        assert [body[:1] == b"\xff" for body in told] == [False, True, False, True] * 20


def test_packets_out_of_order_end_the_session(shared: GuardedShop) -> None:
    with Client(shared.port) as one:
        one.socket.sendall(frames.packets(query("select 1"), 3))
        assert one.packet()[1][4:9] == b"08S01"
        assert one.closed()


def test_somebody_else_may_go_on(guarded: GuardedShop) -> None:
    with Client(guarded.port) as wire:
        number = wire.prepared("set @a = 1")
        told = wire.ask(
            bytes([frames.CHANGE_USER]) + b"root\0\0shop\0\x2d\0mysql_native_password\0"
        )
        while told[1][:1] not in (b"\0", b"\xff"):
            wire.socket.sendall(frames.packets(b"", told[0] + 1))
            told = wire.packet()
        assert told[1][:1] == b"\0"
        assert wire.ran(execute(number)) == "KP008"
        assert wire.ran(query("delete from t")) == "KP001"
    assert guarded.evidence("refused")[-1]["body"]["role"] == "root"


def test_nothing_is_slipped_in_behind_a_proof(shared: GuardedShop) -> None:
    change = bytes([frames.CHANGE_USER]) + b"root\0\0shop\0\x2d\0mysql_native_password\0"
    dropping = query("drop table shop.t")
    with Client(shared.port) as wire:
        wire.socket.sendall(frames.packets(change, 0) + frames.packets(dropping, 0))
        while wire.packet()[1][:1] not in (b"\0", b"\xff"):
            pass
    assert shared.told("select count(*) from shop.t") == 1000
    with Wire(shared.port, behind=frames.packets(dropping, 0)) as wire:
        assert wire.closed()
    assert shared.told("select count(*) from shop.t") == 1000


def test_evidence_that_cannot_be_written_ends_the_session(guarded: GuardedShop) -> None:
    with guarded.client() as one:
        guarded.lane.host.log._broken = True
        try:
            with pytest.raises(pymysql.MySQLError, match="evidence"):
                one.query("delete from t")
        finally:
            guarded.lane.host.log._broken = False
        one._force_close()
    assert guarded.lane.host.warden.broken


def test_a_catalog_that_cannot_be_read_refuses(guarded: GuardedShop) -> None:
    with guarded.client() as one:
        assert state_of(one, "create or replace view shop.seen as select 1") == ""
        place = guarded.call(guarded.lane.host.place("shop"))
        until(lambda: not place.behind)
        before, place.read = place.read, None
        assert state_of(one, "create or replace view shop.seen as select 2") == ""
        assert state_of(one, "select 'not seen before'") == "KP002"
        place.read = before
        assert state_of(one, "select 'not seen before'") == ""
        assert state_of(one, "drop view shop.seen") == ""


def test_two_sessions_do_not_wait_for_one_another(shared: GuardedShop) -> None:
    def running() -> list[int]:
        with shared.shop.connect() as own, own.cursor() as cursor:
            cursor.execute("show processlist")
            return [row[0] for row in cursor.fetchall() if row[7] == "select sleep(600)"]

    with shared.client() as slow, shared.client() as quick:
        waits = threading.Thread(target=lambda: state_of(slow, "select sleep(600)"))
        waits.start()
        until(lambda: bool(running()))
        assert state_of(quick, "select 1") == ""
        with shared.shop.connect() as own, own.cursor() as cursor:
            cursor.execute(f"kill query {running()[0]}")
        waits.join(60)
        assert not waits.is_alive()
