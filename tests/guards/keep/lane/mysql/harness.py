"""A lane on real sockets in a thread, with a real MariaDB behind it, and a client of our own."""

from __future__ import annotations

import socket
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import pymysql
from tests.guards.keep.lane.harness import Guarded
from tests.guards.keep.mariadbs import maria
from tests.sensors.store.sources.servers import program

from hongxian.guards.keep.lane.mysql import frames, greeting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MADE = """
create database shop;
use shop;
create table shop.t (a int primary key, b varchar(100));
insert into shop.t select seq, 'x' from seq_1_to_1000;
create table shop.mail (address varchar(100) primary key, n int);
insert into shop.mail select concat('m', seq), seq from seq_1_to_500;
create function shop.wiped() returns int begin delete from shop.t; return 1; end;
create user operator@'%' identified by 'open sesame';
grant all on *.* to operator@'%';
create user keeper@'%' identified by 'keep';
grant select, show view, trigger, event on *.* to keeper@'%';
create user modern@'%' identified via ed25519 using password('secret');
create user secret@'%' identified by 'x' require ssl;
analyze table shop.t, shop.mail;
"""


@dataclass
class Shop:
    """A MariaDB that holds a shop."""

    port: int
    folder: Path
    """Of its certificate."""
    socket: Path

    def connect(self, **told: Any) -> Any:
        return pymysql.connect(
            host="127.0.0.1", port=self.port, user="root", autocommit=True, **told
        )


@contextmanager
def running_shop(place: Path) -> Iterator[Shop]:
    """Run a server that speaks TLS by the certificate in a folder."""
    words = (
        f"--ssl-cert={place}/tls.pem",
        f"--ssl-key={place}/tls.key",
        "--plugin-load=auth_ed25519",
    )
    with maria("--max-allowed-packet=64M", "--character-set-server=utf8mb4", "--skip-log-bin",
               "--innodb-flush-log-at-trx-commit=0", *words) as made:  # fmt: skip
        shop = Shop(made.port, place, made.place / "s")
        with shop.connect() as one, one.cursor() as cursor:
            for text in MADE.strip().splitlines():
                cursor.execute(text.rstrip(";"))
        yield shop


class GuardedShop(Guarded):
    """A lane before it."""

    def __init__(
        self, shop: Shop, place: Path, more: str = "", *, back: str = "", listen: str = ""
    ) -> None:
        back = back or f'address = "127.0.0.1:{shop.port}"'
        super().__init__(shop, "shop", place, more, back=f'kind = "mariadb"\n{back}', listen=listen)  # type: ignore[arg-type]
        path = place / "keep.toml"
        (place / "word").write_text("keep")
        text = path.read_text().replace('role = "me"', 'role = "keeper"\npassword_file = "word"')
        path.write_text(text.replace('[quarantine]\nmode = "refuse"\n', ""))
        self.shop = shop

    def client(self, **told: Any) -> Any:
        """Return a connection of PyMySQL."""
        words = {"host": "127.0.0.1", "port": self.port, "user": "operator",
                 "password": "open sesame", "database": "shop", "autocommit": True,
                 **told}  # fmt: skip
        return pymysql.connect(**words)

    def run(self, name: str, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run one of MariaDB's programs through the lane."""
        spec = ("--no-defaults", "--host=127.0.0.1", f"--port={self.port}", "--user=operator",
                "--password=open sesame")  # fmt: skip
        return subprocess.run((program(name), *spec, *words), input=given, capture_output=True,
                              text=True, check=False, timeout=120)  # fmt: skip

    def told(self, text: str) -> Any:
        """Return the first value that the server itself gives."""
        with self.shop.connect() as one, one.cursor() as cursor:
            cursor.execute(text)
            row = cursor.fetchone()
        return row[0] if row else None


class Wire:
    """A client that says what it likes, once it is let in."""

    def __init__(self, port: int, *, flags: int = 0, role: str = "operator",
                 password: str = "open sesame", behind: bytes = b"") -> None:  # fmt: skip
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.data = b""
        greeted = self.packet()[1]
        self.greeted = greeted
        end = greeted.index(0)
        scramble = greeted[end + 5 : end + 13] + greeted[end + 32 : end + 44]
        proof = pymysql._auth.scramble_native_password(password.encode(), scramble)
        asked = (greeting.PROTOCOL_41 | greeting.SECURE | greeting.WITH_DATABASE | greeting.PLUGINS
                 | 1 << 16 | 1 << 17 | flags)  # fmt: skip
        body = b"".join((
            asked.to_bytes(4, "little"), (64 << 20).to_bytes(4, "little"), b"\x2d", bytes(23),
            role.encode() + b"\0", bytes([len(proof)]), proof, b"shop\0",
            b"mysql_native_password\0",
        ))  # fmt: skip
        self.socket.sendall(frames.packets(body, 1) + behind)
        self.first = self.packet()[1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def read(self, count: int) -> bytes:
        while len(self.data) < count:
            more = self.socket.recv(1 << 16)
            if not more:
                raise EOFError(self.data)
            self.data += more
        out, self.data = self.data[:count], self.data[count:]
        return out

    def packet(self) -> tuple[int, bytes]:
        head = self.read(4)
        return head[3], self.read(int.from_bytes(head[:3], "little"))

    def ask(self, body: bytes) -> tuple[int, bytes]:
        """Send a command, and return the first packet of what answers it."""
        self.socket.sendall(frames.packets(body, 0))
        return self.packet()

    def state(self, body: bytes) -> str:
        """Return the SQLSTATE of the error that answers a command; empty when there is none."""
        _, told = self.ask(body)
        return told[4:9].decode() if told[:1] == b"\xff" else ""

    def closed(self) -> bool:
        """Return whether the other side has ended the connection."""
        with suppress(EOFError, ConnectionError):
            while True:
                self.packet()
        return True
