"""A lane on real sockets in a thread, with a real PostgreSQL behind it, and real people."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import psycopg
import uvloop
from tests.sensors.store.sources.servers import folder, free_port, new_postgres, program, running
from tests.waiting import SECONDS

from hongxian.guards.keep.evidence.keys import load_key, make_key
from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.serve import Lane
from hongxian.guards.keep.lane.settings import load_lane
from hongxian.guards.keep.tickets import client
from hongxian.guards.keep.tickets.client import Client
from hongxian.guards.keep.tickets.ticket import read_ticket
from hongxian.guards.listening import bound

PEOPLE = {"li": ["propose"], "wang": ["approve", "break_glass"], "zhao": ["approve", "break_glass"]}
MADE = """
create table public.t (a int primary key, b text);
insert into public.t select i, 'x' from generate_series(1, 1000) i;
create function public.wipe() returns void language sql as 'delete from public.t';
create table public.large (a int primary key, b int);
insert into public.large select i, i % 10 from generate_series(1, 20000) i;
analyze;
"""


@dataclass
class Server:
    """A PostgreSQL."""

    port: int
    folder: Path

    def connect(self, database: str = "postgres", **told: Any) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="me", dbname=database, autocommit=True, **told
        )

    @contextmanager
    def database(self) -> Iterator[str]:
        name = f"d{uuid.uuid4().hex[:8]}"
        with self.connect() as one:
            one.execute(f"create database {name} template made")
        yield name
        with self.connect() as one:
            one.execute(f"drop database {name} with (force)")


@contextmanager
def running_server(tls: Path | None = None) -> Iterator[Server]:
    """Start a server; with ``tls`` it speaks that too, with the certificate in that folder."""
    with folder() as place:
        data, port = place / "data", free_port()
        new_postgres(data)
        secure = []
        if tls is not None:
            for own, name in (("tls.pem", "server.crt"), ("tls.key", "server.key")):
                shutil.copy(tls / own, data / name)
                (data / name).chmod(0o600)
                os.chown(data / name, data.stat().st_uid, data.stat().st_gid)
            secure = ["-c", "ssl=on"]
        (data / "pg_hba.conf").write_text(
            "host all secret 127.0.0.1/32 scram-sha-256\nhost replication me 127.0.0.1/32 trust\n"
            "local all all trust\nhost all all 127.0.0.1/32 trust\n"
        )
        server = Server(port, place)
        command = (
            program("postgres"),
            "-D",
            str(data),
            "-p",
            str(port),
            "-k",
            str(place),
            "-h",
            "127.0.0.1",
            "-F",
            "-c",
            "max_connections=60",
            "-c",
            "wal_level=logical",
            *secure,
        )
        with running(place, *command, ready=lambda: server.connect().close(), end=signal.SIGQUIT):
            with server.connect() as one:
                one.execute("create database made")
                one.execute("create role operator login superuser")
                one.execute("create role secret login superuser password 'open sesame'")
            with server.connect("made") as one:
                one.execute(MADE)
            yield server


class Guarded:
    """A lane before a database, in a thread of its own."""

    def __init__(  # noqa: PLR0913 - what tests vary
        self,
        server: Server,
        database: str,
        place: Path,
        more: str = "",
        *,
        listen: str = "",
        back: str = "",
        quarantine: str = 'mode = "refuse"',
    ) -> None:
        self.server, self.name, self.place = server, database, place
        self.keys = {name: make_key(place / f"{name}.key") for name in (*PEOPLE, "log")}
        rows = [
            f'[people.{name}]\nkey = "{self.keys[name].public}"\nmay = {json.dumps(may)}\n'
            for name, may in PEOPLE.items()
        ]
        (place / "people.toml").write_text("\n".join(rows))
        back = back or f'address = "127.0.0.1:{server.port}"'
        (place / "keep.toml").write_text(
            f'[listen]\naddress = "127.0.0.1:0"\nadmin = "127.0.0.1:0"\n{listen}\n'
            f'[server]\n{back}\n[guard]\nrole = "me"\n[evidence]\nlog = "log"\nkey = "log.key"\n'
            '[tickets]\npeople = "people.toml"\nfile = "tickets.db"\n'
            f'[quarantine]\n{quarantine}\n[limits]\ndrain = "30s"\nstart = "60s"\n{more}'
        )
        self.lane: Lane
        self.loop: asyncio.AbstractEventLoop

    def __enter__(self) -> Self:
        settings = load_lane(self.place / "keep.toml")
        own, admin = (bound(("127.0.0.1", 0)) for _ in range(2))
        self.port, self.admin = own.getsockname()[1], admin.getsockname()[1]
        ready = threading.Event()

        async def main() -> None:
            self.loop = asyncio.get_running_loop()
            self.lane = Lane(settings, "en")
            await self.lane.run(own, admin, ready.set)

        def work() -> None:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(main())

        self.thread = threading.Thread(target=work)
        self.thread.start()
        assert ready.wait(SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        if self.thread.is_alive():
            with suppress(RuntimeError):
                self.loop.call_soon_threadsafe(self.lane.ended.set)
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()

    def connect(self, user: str = "operator", **told: Any) -> psycopg.Connection[Any]:
        words = {
            "host": "127.0.0.1",
            "port": self.port,
            "user": user,
            "dbname": self.name,
            "autocommit": True,
            **told,
        }
        return psycopg.connect(**words)

    def direct(self) -> psycopg.Connection[Any]:
        return self.server.connect(self.name)

    def value(self, text: str) -> Any:
        """Return what the server itself says."""
        with self.direct() as one:
            row = one.execute(text).fetchone()
        assert row
        return row[0]

    def psql(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        spec = f"host=127.0.0.1 port={self.port} user=operator dbname={self.name}"
        return subprocess.run(
            ("psql", "-X", spec, *words),
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    def person(self, name: str) -> Client:
        guard = f"http://127.0.0.1:{self.admin}"
        return Client(guard, name, load_key(self.place / f"{name}.key"))

    def ticket(self, text: str, *, break_glass: bool = False) -> str:
        """Let two people make a ticket, each on a machine of their own; return its number."""
        told = {
            "text": text,
            "database": self.name,
            "role": "operator",
            "why": "test",
            "break_glass": break_glass,
        }
        number = read_ticket(self.person("li").propose(told)["ticket"]).id
        approvers = ("wang", "zhao") if break_glass else ("wang",)
        before = client.MACHINE
        try:
            for name in approvers:
                (self.place / f"machine-{name}").write_text(f"{name} {uuid.uuid4()}")
                client.MACHINE = self.place / f"machine-{name}"
                person = self.person(name)
                assert person.approve(person.show(number))
        finally:
            client.MACHINE = before
        return number

    def evidence(self, kind: str = "") -> list[dict[str, Any]]:
        lines = (self.place / "log").read_bytes().splitlines()
        return [one for one in map(json.loads, lines) if one["kind"].startswith(kind)]

    def call(self, work: Any) -> Any:
        """Run something in the lane's own thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(SECONDS)


class Wire:
    """A client that says what it likes."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        self.data = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, *parts: bytes) -> None:
        self.socket.sendall(b"".join(parts))

    def read(self, count: int) -> bytes:
        while len(self.data) < count:
            more = self.socket.recv(65_536)
            if not more:
                raise EOFError(self.data)
            self.data += more
        out, self.data = self.data[:count], self.data[count:]
        return out

    def message(self) -> tuple[bytes, bytes]:
        kind, size = struct.unpack(">cI", self.read(5))
        return kind, self.read(size - 4)

    def until(self, *kinds: bytes) -> list[tuple[bytes, bytes]]:
        """Return messages up to one of a kind, or the end of the connection."""
        found: list[tuple[bytes, bytes]] = []
        with suppress(EOFError, ConnectionError):
            while not found or found[-1][0] not in (kinds or (b"Z",)):
                found.append(self.message())
        return found

    def start(self, database: str, **told: str) -> list[tuple[bytes, bytes]]:
        words = {"user": "operator", "database": database, **told}
        self.send(frames.startup(3 << 16, {k.encode(): v.encode() for k, v in words.items()}))
        return self.until(b"Z", b"E")

    def codes(self, *kinds: bytes) -> list[str]:
        """Return the codes of the errors up to a message of a kind."""
        return [frames.read_error(body)["C"] for kind, body in self.until(*kinds) if kind == b"E"]

    def closed(self) -> bool:
        """Return whether the other side has ended the connection."""
        self.until(b"\0")
        try:
            return self.socket.recv(1) == b""
        except ConnectionError:
            return True


def bind(name: bytes, portal: bytes = b"", rest: bytes = b"\0\0\0\0\0\0") -> bytes:
    return frames.message(b"B", portal + b"\0" + name + b"\0" + rest)


def execute(portal: bytes = b"") -> bytes:
    return frames.message(b"E", portal + b"\0\0\0\0\0")


SYNC = frames.message(b"S")


@contextmanager
def cancelled(one: psycopg.Connection[Any]) -> Iterator[None]:
    """Ask again and again to cancel what a connection runs: the first may come too early."""
    done = threading.Event()

    def ask() -> None:
        while not done.wait(0.2):
            one.cancel_safe()

    asks = threading.Thread(target=ask)
    asks.start()
    try:
        yield
    finally:
        done.set()
        asks.join()
