"""The database that is kept: a PostgreSQL of its own user on a host of its own."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from . import users
from .processes import Done, ended, free_port, until

if TYPE_CHECKING:
    import subprocess

    from .processes import Runner

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))
TABLES = ("public.orders", "public.lines", "attic.letters", "public.notes")
ROLES = ("dba", "keeper", "hx_vault", "hx_mark")
"""The operator, the guard's own, the vault's, and the one that marks."""
MADE = """
create table public.orders (id int primary key, what text not null, amount int not null);
create table public.lines (id int primary key, what text not null,
  "order" int not null references public.orders on delete cascade);
create schema attic;
create table attic.letters (id int primary key, what text not null);
create table public.notes (id int primary key, what text not null);
alter table public.notes owner to clerk;
insert into public.orders select i, md5(i::text), i % 97 from generate_series(1, 20000) i;
insert into public.lines select i, md5((i * 7)::text), 1 + i % 20000
  from generate_series(1, 40000) i;
insert into attic.letters select i, md5((i * 3)::text) from generate_series(1, 5000) i;
insert into public.notes select i, md5((i * 5)::text) from generate_series(1, 5000) i;
create function public.purge() returns void language plpgsql as
  $$ begin delete from public.lines; end $$;
analyze;
"""
HBA = """local all postgres peer map=own
host replication hx_vault {vault}/32 scram-sha-256
host all hx_mark {vault}/32 scram-sha-256
host all keeper,dba {lane}/32 scram-sha-256
host all all 0.0.0.0/0 reject
"""
"""As in ``docs/keep.md``: operators come from the lane's address alone."""


@dataclass(slots=True)
class Server:
    """The server.

    Args:
        runner: runs programs.
        place: its folder.
    """

    runner: Runner
    place: Path
    port: int = field(default_factory=free_port)
    passwords: dict[str, str] = field(
        default_factory=lambda: {one: secrets.token_hex(8) for one in ROLES}
    )
    process: subprocess.Popen[bytes] | None = None
    now: Path | None = None

    @property
    def data(self) -> Path:
        """The data directory of now: after a restore another one."""
        return self.now or self.place / "data"

    def address(self, towards: str) -> str:
        """Return its address for another host."""
        return self.runner.network.address("db", towards)

    def make(self) -> None:
        """Make cluster, roles and tables."""
        user = users.name("db")
        for folder in (self.place, self.place / "run"):
            folder.mkdir(mode=0o700)
            shutil.chown(folder, user, user)
        self.runner.must(
            "db",
            "db",
            PROGRAMS / "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "-A",
            "reject",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        network = self.runner.network
        text = HBA.format(vault=network.address("vault", "db"), lane=network.address("lane", "db"))
        (self.data / "pg_hba.conf").write_text(text)
        (self.data / "pg_ident.conf").write_text(f"own {user} postgres\n")
        self.start()
        for role, word in self.passwords.items():
            rights = {"dba": "superuser", "keeper": "superuser", "hx_vault": "replication"}
            self.sql(f"create role {role} login {rights.get(role, '')} password '{word}'")
        self.sql(
            "create role clerk",
            "create database shop",
            "grant pg_read_all_data, pg_write_all_data to hx_mark",
            "grant create on database shop to hx_mark",
        )
        self.sql(MADE, database="shop")

    def start(self, **environment: str) -> None:
        """Start it and wait until it takes statements."""
        hosts = sorted({self.address("lane"), self.address("vault")})
        self.process = self.runner.start(
            "db",
            "db",
            [
                PROGRAMS / "postgres",
                "-D",
                self.data,
                "-p",
                self.port,
                "-k",
                self.place / "run",
                "-c",
                f"listen_addresses={','.join(hosts)}",
                "-c",
                "max_wal_size=2GB",
            ],
            self.place / "log",
            **environment,
        )
        asked = "select not pg_is_in_recovery()"
        until(lambda: self.tried(asked).text == "t", "the server takes statements", 180)

    def stop(self, how: int = signal.SIGINT) -> None:
        """End it, and with SIGKILL all its processes."""
        ended(self.process, how)
        self.process = None

    def tried(self, *texts: str, database: str = "postgres") -> Done:
        """Run statements as whoever owns the server's host; what came of it."""
        words = [word for text in texts for word in ("-c", text)]
        return self.runner.run(
            "db",
            "db",
            PROGRAMS / "psql",
            "-XAtq",
            "-h",
            self.place / "run",
            "-p",
            self.port,
            "-U",
            "postgres",
            "-d",
            database,
            *words,
        )

    def sql(self, *texts: str, database: str = "postgres") -> str:
        """Run statements that must do; what they printed.

        Raises:
            RuntimeError: one did not.
        """
        done = self.tried(*texts, database=database)
        if done.code:
            raise RuntimeError(done.text)
        return done.text

    def sums(self, database: str = "shop") -> dict[str, str]:
        """Return rows and checksum of each table; *missing* for one that is not there."""
        return {one: self._sum(one, database) for one in TABLES}

    def _sum(self, table: str, database: str) -> str:
        done = self.tried(f"select t::text from {table} t order by id", database=database)
        if done.code:
            return "missing"
        rows = done.text.splitlines()
        return f"{len(rows)} rows {hashlib.sha256(done.text.encode()).hexdigest()[:16]}"

    def connection(self, role: str, database: str) -> str:
        """Return how libpq reaches it from the vault's host, as a role."""
        words = {
            "host": self.address("vault"),
            "port": self.port,
            "user": role,
            "password": self.passwords[role],
        }
        if database:
            words["dbname"] = database
        return " ".join(f"{key}={value}" for key, value in words.items())
