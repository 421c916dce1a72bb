"""The start, the end, and what is tried between."""

from __future__ import annotations

import socket
import ssl
import struct
import subprocess
import time
from pathlib import Path

import psycopg
import pytest
from tests.guards.keep.lane.harness import (
    SYNC,
    Guarded,
    Server,
    Wire,
    bind,
    execute,
    running_server,
)

from hongxian.guards.keep.lane import frames

MINE = b"delete from public.t"


def certificate(place: Path) -> None:
    subprocess.run(
        (
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout",
            str(place / "tls.key"),
            "-out",
            str(place / "tls.pem"),
        ),
        check=True,
        capture_output=True,
    )


def lose(wire: Wire, guarded: Guarded) -> None:
    """Nothing that was smuggled has run, and the lane serves others."""
    del wire
    assert guarded.value("select count(*) from t") == 1000
    with guarded.connect() as one:
        assert one.execute("select 1").fetchone() == (1,)


FIRST = {
    "short": struct.pack(">II", 4, 3 << 16),
    "long": struct.pack(">II", 20_000, 3 << 16),
    "version 2": struct.pack(">II", 8, 2 << 16),
    "a letter": b"G",
    "http": b"GET / HTTP/1.1\r\n\r\n",
    "no pairs": frames.first_packet(3 << 16, b"user\0"),
    "odd": frames.first_packet(3 << 16, b"user\0a\0x\0\0"),
    "twice": frames.first_packet(3 << 16, b"user\0a\0user\0b\0\0"),
    "behind a question": frames.first_packet(frames.TLS) + frames.query(MINE),
    "behind the start": frames.startup(3 << 16, {b"user": b"operator"}) + frames.query(MINE),
}


@pytest.mark.parametrize("name", FIRST)
def test_first_packets_that_are_none(shared: Guarded, name: str) -> None:
    with Wire(shared.port) as wire:
        wire.send(FIRST[name])
        assert wire.closed()
        lose(wire, shared)


SMUGGLED = {
    "length below four": b"Q\0\0\0\3" + MINE,
    "length too small": b"Q\0\0\0\x09sele" + frames.query(MINE),
    "length of all": b"Q\xff\xff\xff\xff" + MINE,
    "no end of text": b"Q" + struct.pack(">I", 4 + len(MINE)) + MINE,
    "text behind its end": frames.message(b"Q", b"select 1\0" + MINE + b"\0"),
    "unknown kind": b"z" + frames.query(MINE)[1:],
    "password once in": frames.message(b"p", MINE + b"\0"),
    "parse with more": frames.message(b"P", b"\0select 1\0\0\0" + MINE),
    "parse with types that are not there": frames.message(b"P", b"\0select 1\0\0\x09"),
    "parse without texts": frames.message(b"P", b"\0"),
    "sync with a body": frames.message(b"S", MINE),
    "execute with more": frames.message(b"E", b"\0\0\0\0\0" + MINE),
    "describe of nothing": frames.message(b"D", b"X\0"),
    "close without a name": frames.message(b"C"),
    "call too short": frames.message(b"F", b"\0\0"),
    "bind without names": frames.message(b"B", b"xxxx"),
    "bind with a long name": b"B" + struct.pack(">I", 4 + 9_000) + b"x" * 9_000,
    "large bind without names": b"B" + struct.pack(">I", 1 << 29) + b"x" * 20_000,
    "copy fail too long": b"f" + struct.pack(">I", 1 << 20),
    "describe too long": b"D" + struct.pack(">I", 1 << 20),
    "statement too long": b"Q" + struct.pack(">I", 1 << 29) + MINE,
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_what_is_smuggled_ends_the_session(shared: Guarded, name: str) -> None:
    with Wire(shared.port) as wire:
        assert wire.start(shared.name)[-1][0] == b"Z"
        wire.send(SMUGGLED[name])
        assert "08P01" in wire.codes(b"\0")
        assert wire.closed()
        lose(wire, shared)


REFUSED = {
    "behind an error": frames.parse(b"", b"select from where") + frames.parse(b"", MINE) + SYNC,
    "two in one": frames.query(b"select 1; " + MINE),
    "a second name": frames.parse(b"s", b"select 1")
    + frames.parse(b"s", MINE)
    + bind(b"s")
    + execute()
    + SYNC,
    "a query within a batch": frames.parse(b"", b"select 1") + frames.query(MINE),
    "a call within a batch": frames.parse(b"", b"select 1") + frames.message(b"F", bytes(12)),
    "bind of another": frames.parse(b"", MINE) + bind(b"") + execute() + SYNC,
    "a comment": frames.query(b"/* select 1 */ " + MINE + b" -- select 1"),
    "a name of ours": frames.parse(b"hongxian_1", b"select 1") + SYNC,
    "a portal of ours": frames.message(b"D", b"Phongxian_1\0") + SYNC,
    "an escape": frames.query(b"do U&'delete from public.t'"),
    "reading": frames.query(b"set standard_conforming_strings = off"),
    "encoding": frames.query(b"set client_encoding = 'SJIS'"),
    "encoding by function": frames.query(b"select set_config('client_'||'encoding','BIG5',false)"),
    "protection": frames.query(b"set session_replication_role = replica"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("size", [0, 1], ids=["whole", "byte by byte"])
def test_what_is_hidden_is_refused(shared: Guarded, name: str, size: int) -> None:
    with Wire(shared.port) as wire:
        wire.start(shared.name)
        data = REFUSED[name]
        for place in range(0, len(data), size or len(data)):
            wire.send(data[place : place + (size or len(data))])
        codes = wire.codes()
        assert codes
        assert codes[0][:2] in ("KP", "42")
        lose(wire, shared)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"client_encoding": "SJIS"}, "use UTF8"),
        ({"options": "-c client_encoding=big5"}, "UTF8"),
        ({"options": "-c standard_conforming_strings=off"}, "standard_conforming"),
        ({"options": "-c session_replication_role=replica"}, "session_replication_role"),
        ({"local_preload_libraries": "x"}, "local_preload_libraries"),
        ({"options": "x"}, "options"),
        ({"replication": "database"}, "replication"),
        ({"replication": "true"}, "replication"),
        ({"user": ""}, "no user"),
    ],
)
def test_starts_that_are_refused(shared: Guarded, told: dict[str, str], words: str) -> None:
    with Wire(shared.port) as wire:
        ((kind, body),) = wire.start(shared.name, **told)
        assert kind == b"E"
        fields = frames.read_error(body)
        assert (fields["C"], words in fields["M"]) == ("28000", True)


def test_paths_and_options_that_are_taken(shared: Guarded) -> None:
    with shared.connect(options="-c search_path=public -c statement_timeout=5s") as one:
        assert one.execute("show search_path").fetchone() == ("public",)


def test_passwords_go_through(shared: Guarded) -> None:
    with shared.connect(user="secret", password="open sesame") as one:
        assert one.execute("select current_user").fetchone() == ("secret",)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        shared.connect(user="secret", password="wrong")


def test_nothing_is_taken_before_the_client_is_let_in(shared: Guarded) -> None:
    with Wire(shared.port) as wire:
        wire.send(frames.startup(3 << 16, {b"user": b"secret", b"database": shared.name.encode()}))
        assert wire.message()[0] == b"R"
        wire.send(frames.query(MINE))
        assert wire.closed()
        lose(wire, shared)


def test_who_says_nothing_is_let_go(server: Server, tmp_path: Path) -> None:
    guarded = Guarded(server, "made", tmp_path)
    path = tmp_path / "keep.toml"
    path.write_text(path.read_text().replace('start = "60s"', 'start = "100ms"'))
    with guarded, Wire(guarded.port) as wire:
        wire.send(b"\0")
        assert wire.closed()


def test_tls_with_scram(server: Server, tmp_path: Path) -> None:
    certificate(tmp_path)
    tls = '[tls]\ncertificate = "tls.pem"\nkey = "tls.key"\n'
    with server.database() as name, Guarded(server, name, tmp_path, tls) as guarded:
        told = {"sslmode": "verify-full", "sslrootcert": str(tmp_path / "tls.pem")}
        with guarded.connect("secret", password="open sesame", host="localhost", **told) as one:
            assert one.execute("select current_user").fetchone() == ("secret",)
            large = one.execute("select repeat('x', 3000000)").fetchone()
            assert large == ("x" * 3_000_000,)
            with pytest.raises(psycopg.Error) as raised:
                one.execute(MINE.decode())
            assert raised.value.sqlstate == "KP001"
        with pytest.raises(psycopg.OperationalError, match="TLS is needed"):
            guarded.connect(sslmode="disable")
        with Wire(guarded.port) as wire:
            wire.send(frames.first_packet(frames.GSS))
            assert wire.read(1) == b"N"
            wire.send(frames.first_packet(frames.TLS))
            assert wire.read(1) == b"S"
            wire.send(frames.startup(3 << 16, {b"user": b"operator"}))
            assert wire.closed()
        context = ssl.create_default_context(cafile=tmp_path / "tls.pem")
        with socket.create_connection(("127.0.0.1", guarded.port)) as raw:
            raw.sendall(frames.first_packet(frames.TLS))
            assert raw.recv(1) == b"S"
            with context.wrap_socket(raw, server_hostname="localhost") as secure:
                secure.sendall(frames.first_packet(frames.TLS))
                assert secure.recv(1) == b"N", "TLS once"


def test_tls_to_the_server(tmp_path: Path) -> None:
    certificate(tmp_path)
    with running_server(tmp_path) as server:
        back = f'address = "localhost:{server.port}"\ntls = "verify"\nca = "tls.pem"'
        with Guarded(server, "made", tmp_path, back=back) as guarded, guarded.connect() as one:
            row = one.execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()").fetchone()
            assert row == (True,)
            large = one.execute("select repeat('x', 3000000)").fetchone()
            assert large == ("x" * 3_000_000,)


def test_without_tls_the_question_is_answered_no(shared: Guarded) -> None:
    with Wire(shared.port) as wire:
        for code in (frames.TLS, frames.GSS, frames.TLS):
            wire.send(frames.first_packet(code))
            assert wire.read(1) == b"N"
        assert wire.start(shared.name)[-1][0] == b"Z"


def test_keys_to_cancel_are_the_lane_s_own(shared: Guarded) -> None:
    with Wire(shared.port) as wire, Wire(shared.port) as other:
        keys = [body for kind, body in wire.start(shared.name) if kind == b"K"]
        with shared.direct() as one:
            pids = {row[0] for row in one.execute("select pid from pg_stat_activity").fetchall()}
        assert int.from_bytes(keys[0][:4]) in pids, "as pg_backend_pid() and notifications tell it"
        link = next(one for one, own in shared.lane.host._own.items() if own == keys[0])
        assert shared.lane.host._keys[keys[0]][0] != keys[0], "but the secret is the lane's"
        assert link.session is not None
        other.send(frames.first_packet(frames.CANCEL, bytes(8)))
        assert other.closed(), "a key of nobody is passed over"


def test_a_server_that_is_gone(server: Server, tmp_path: Path) -> None:
    with (
        Guarded(server, "made", tmp_path, back='address = "127.0.0.1:1"') as guarded,
        pytest.raises(psycopg.OperationalError, match="cannot reach the database"),
    ):
        guarded.connect()


def test_a_database_that_is_not_there(shared: Guarded) -> None:
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        shared.connect(dbname="nowhere")


def test_a_server_that_ends_the_session(shared: Guarded) -> None:
    with shared.connect() as one:
        (pid,) = one.execute("select pg_backend_pid()").fetchone() or (0,)
        shared.value(f"select pg_terminate_backend({pid})")
        with pytest.raises(psycopg.OperationalError, match="terminating connection"):
            one.execute("select 1")


def test_too_many_are_not_taken(server: Server, tmp_path: Path) -> None:
    with (
        Guarded(server, "made", tmp_path, "sessions = 1\n") as guarded,
        guarded.connect(),
        pytest.raises(psycopg.OperationalError, match="no more sessions"),
    ):
        guarded.connect()


def test_a_slow_reader_holds_nobody_up(shared: Guarded) -> None:
    with Wire(shared.port) as wire:
        wire.start(shared.name)
        wire.send(frames.query(b"select repeat('x', 1000) from generate_series(1, 60000)"))
        with shared.connect() as one:
            assert one.execute("select 1").fetchone() == (1,)
        rows = [kind for kind, _ in wire.until()]
        assert rows.count(b"D") == 60_000


def test_when_the_lane_is_gone_nobody_gets_in(guarded: Guarded) -> None:
    with guarded.connect() as one:
        guarded.__exit__()
        with pytest.raises(psycopg.OperationalError):
            one.execute("select 1")
    with pytest.raises(psycopg.OperationalError, match="refused"):
        guarded.connect()
    assert guarded.evidence()[-1]["kind"] == "ended"


def test_what_comes_while_the_catalog_is_read_waits(guarded: Guarded) -> None:
    large = "x" * (4 << 20)
    with guarded.connect() as one:
        assert one.execute("select length(%s)", (large,)).fetchone() == (len(large),)


def test_a_catalog_that_cannot_be_read_lets_nobody_in(server: Server, tmp_path: Path) -> None:
    guarded = Guarded(server, "made", tmp_path)
    path = tmp_path / "keep.toml"
    path.write_text(path.read_text().replace('role = "me"', 'role = "nobody"'))
    with guarded, pytest.raises(psycopg.OperationalError):
        guarded.connect().execute("select 1")


def test_a_first_packet_may_come_in_pieces(shared: Guarded) -> None:
    with Wire(shared.port) as wire:
        packet = frames.startup(3 << 16, {b"user": b"operator", b"database": shared.name.encode()})
        for place in range(0, len(packet), 11):
            wire.send(packet[place : place + 11])
            time.sleep(0.02)
        assert wire.until(b"Z", b"E")[-1][0] == b"Z"


def test_either_side_waits_for_the_other(guarded: Guarded) -> None:
    large = "x" * (20 << 20)
    with guarded.connect() as one:
        one.execute("insert into t values (%s, %s)", (9_000, large))
        assert one.execute("select b from t where a = 9000").fetchone() == (large,)
