from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import pymysql
import pytest
from tests.guards.keep.lane.mysql.harness import GuardedShop, Shop, Wire
from tests.guards.keep.lane.mysql.test_greeting import greeted
from tests.guards.keep.lane.test_link import certificate
from tests.waiting import until

from hongxian.guards.keep.lane.mysql import frames, greeting
from hongxian.guards.keep.lane.mysql.place import ServerPlace

if TYPE_CHECKING:
    from pathlib import Path

LISTEN = '[tls]\ncertificate = "tls.pem"\nkey = "tls.key"'


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def test_tls_on_both_sides(shop: Shop, tmp_path: Path) -> None:
    certificate(tmp_path)
    (tmp_path / "ca.pem").write_bytes((shop.folder / "tls.pem").read_bytes())
    back = f'address = "127.0.0.1:{shop.port}"\ntls = "verify"\nca = "ca.pem"\nname = "localhost"'
    with GuardedShop(shop, tmp_path, back=back, listen=LISTEN) as guarded:
        with guarded.client(ssl=trusting()) as one, one.cursor() as cursor:
            cursor.execute("show status like 'Ssl_cipher'")
            assert cursor.fetchone()[1]
            cursor.execute("select repeat('x', 3000000)")
            assert len(cursor.fetchone()[0]) == 3_000_000
            with pytest.raises(pymysql.MySQLError, match="would lose"):
                cursor.execute("delete from t")
        with guarded.client(user="secret", password="x", database=None, ssl=trusting()) as one:
            one.ping()
        with pytest.raises(pymysql.MySQLError, match="TLS is needed"):
            guarded.client(ssl_disabled=True)
        ran = guarded.run("mariadb", "--ssl", "-e", "select 5")
        assert ran.stdout.split() == ["5", "5"]


def test_a_proof_of_another_kind_passes(shop: Shop, tmp_path: Path) -> None:
    with GuardedShop(shop, tmp_path) as guarded:
        told = {"user": "modern", "password": "secret", "database": None}
        ran = guarded.run("mariadb", "--user=modern", "--password=secret", "-e", "select user()")
        assert "modern@" in ran.stdout, ran.stderr
        with pytest.raises(pymysql.MySQLError, match="Access denied"):
            guarded.client(**{**told, "user": "operator", "password": "wrong"})
        (opened,) = [one["body"] for one in guarded.evidence("session_opened")]
        assert (opened["role"], opened["database"], opened["tls"]) == ("modern", "*", False)


class Between:
    """Hands bytes on between lane and server, until it is cut; or greets in a server's place."""

    def __init__(self, port: int, greets: bytes = b"") -> None:
        self._port, self._greets, self._ends = port, greets, list[socket.socket]()
        self._listens = socket.create_server(("127.0.0.1", 0))
        self.port = self._listens.getsockname()[1]
        self._threads = [threading.Thread(target=self._take)]
        self._threads[0].start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listens.accept()
                self._ends.append(client)
                if self._greets:
                    client.sendall(frames.packets(self._greets, 0))
                    continue
                server = socket.create_connection(("127.0.0.1", self._port))
                self._ends.append(server)
                for pair in ((client, server), (server, client)):
                    self._threads.append(threading.Thread(target=self._hand, args=pair))
                    self._threads[-1].start()

    def _hand(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(1 << 16):
                other.sendall(data)
            other.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        for one in (self._listens, *self._ends):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        for one in self._threads:
            one.join(20)


def test_a_server_without_tls_is_not_spoken_to_in_clear(shop: Shop, tmp_path: Path) -> None:
    greets = greeted(greeting.FOLLOWED)
    with Between(shop.port, greets) as between:
        back = f'address = "127.0.0.1:{between.port}"\ntls = "require"'
        guarded = GuardedShop(shop, tmp_path, back=back)
        with guarded, pytest.raises(pymysql.MySQLError, match="protocol"):
            guarded.client()
        assert guarded.evidence("session_opened") == []


def test_a_server_that_does_not_let_in(shop: Shop, tmp_path: Path) -> None:
    with Between(shop.port, frames.error(1040, "08004", b"Too many connections")) as between:
        guarded = GuardedShop(shop, tmp_path, back=f'address = "127.0.0.1:{between.port}"')
        with guarded, pytest.raises(pymysql.MySQLError, match="Too many"):
            guarded.client()


def test_a_certificate_that_is_not_believed(shop: Shop, tmp_path: Path) -> None:
    certificate(tmp_path)
    back = f'address = "127.0.0.1:{shop.port}"\ntls = "verify"\nca = "tls.pem"'
    with GuardedShop(shop, tmp_path, back=back) as guarded:
        with pytest.raises(pymysql.MySQLError):
            guarded.client()
        assert guarded.evidence("session_opened") == []


def test_a_server_that_is_not_there(shop: Shop, tmp_path: Path) -> None:
    with GuardedShop(shop, tmp_path, back='address = "127.0.0.1:9"') as guarded:
        with pytest.raises(pymysql.MySQLError, match="cannot reach"):
            guarded.client()
        assert guarded.lane.host.metrics.counts["server_failures"] == 1


def test_a_guard_that_may_not_read_the_catalog_lets_nobody_in(shop: Shop, tmp_path: Path) -> None:
    guarded = GuardedShop(shop, tmp_path)
    (tmp_path / "word").write_text("wrong")
    with guarded, pytest.raises(pymysql.MySQLError, match="catalog"):
        guarded.client()


def test_a_server_that_dies_in_its_answer_ends_the_session(shop: Shop, tmp_path: Path) -> None:
    with (
        Between(shop.port) as between,
        GuardedShop(shop, tmp_path, back=f'address = "127.0.0.1:{between.port}"') as guarded,
    ):
        one = guarded.client()
        failed: list[Any] = []

        def ask() -> None:
            try:
                one.query("select sleep(600)")
            except pymysql.MySQLError as error:
                failed.append(error)

        asks = threading.Thread(target=ask)
        asks.start()
        (link,) = guarded.lane.host.links
        until(lambda: not link.idle)
        between.cut()
        asks.join(60)
        assert failed
        with pytest.raises(pymysql.MySQLError, match="cannot reach"):
            guarded.client()


def test_what_a_client_may_not_begin_with(shared: GuardedShop) -> None:
    flags = greeting.TLS | greeting.PROTOCOL_41
    for data in (b"\x05\0\0\1hello", frames.packets(bytes(33), 1), b"\xff" * 40,
                 frames.packets(flags.to_bytes(4, "little") + bytes(28), 1)):  # fmt: skip
        with socket.create_connection(("127.0.0.1", shared.port), 20) as one:
            one.recv(1 << 16)
            one.sendall(data)
            one.shutdown(socket.SHUT_WR)
            while one.recv(1 << 16):
                pass
    assert shared.lane.host.metrics.counts["protocol_errors"] >= 3


def test_too_many_sessions(shop: Shop, tmp_path: Path) -> None:
    with GuardedShop(shop, tmp_path, "sessions = 1\n") as guarded, guarded.client():
        with pytest.raises(pymysql.MySQLError) as caught:
            guarded.client()
        assert caught.value.args[0] == 1040


def test_draining_lets_transactions_end(guarded: GuardedShop) -> None:
    with guarded.client() as idle, guarded.client(autocommit=False) as busy:
        with busy.cursor() as cursor:
            cursor.execute("insert into t values (3000, 'y')")
        guarded.loop.call_soon_threadsafe(guarded.lane.host.drain)
        until(lambda: len(guarded.lane.host.links) == 1)
        with pytest.raises(pymysql.MySQLError):
            idle.query("select 1")
        with pytest.raises(pymysql.MySQLError):
            guarded.client()
        busy.rollback()
        guarded.loop.call_soon_threadsafe(guarded.lane.host.drain)
        until(lambda: not guarded.lane.host.links)
        for one in (idle, busy):
            one._force_close()


def test_a_client_that_does_not_read_is_waited_for(shared: GuardedShop) -> None:
    with Wire(shared.port) as one:
        one.socket.sendall(frames.packets(b"\x03select repeat('x', 60000) from t", 0))
        other = shared.client()
        with other, other.cursor() as cursor:
            cursor.execute("select 1")
        rows = 0
        while True:
            _, body = one.packet()
            rows += len(body) > 60_000
            if body[:1] == b"\xfe" and rows:
                break
        assert rows == 1000


def test_a_fault_of_ours_lets_nothing_through(
    guarded: GuardedShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with guarded.client() as one:

        def broken(*_: object) -> None:
            raise KeyError("x")

        monkeypatch.setattr(ServerPlace, "by", broken)
        with pytest.raises(pymysql.MySQLError, match="internal"):
            one.query("drop table shop.t")
        one._force_close()
    assert guarded.told("select count(*) from shop.t") == 1000
