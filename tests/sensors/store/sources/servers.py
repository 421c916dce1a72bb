"""Real database servers on loopback, each in a folder of its own, gone when the tests are done."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.waiting import SECONDS, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAMS = "/usr/sbin:/usr/local/sbin"
_FIRST = 10_000 + os.getpid() * 997 % 20_000
_PORTS = cycle((*range(_FIRST, 32_000), *range(10_000, _FIRST)))
"""Below those that connections are given, and for each process from a place of its own on: what
is free now is not taken by somebody else before the server has it."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    while True:
        port = next(_PORTS)
        with suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            return port


def program(name: str) -> str:
    """Return where a server's program is."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", ""), PROGRAMS, *map(str, places)])
    found = shutil.which(name, path=path)
    assert found, f"{name} is not installed: run .ci/system"
    return found


def other_user() -> dict[str, Any]:
    """Return whom a server runs as: none of them wants to be root."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}


def _owned() -> Path:
    place = Path(tempfile.mkdtemp(prefix="hx"))
    if os.getuid() == 0:
        shutil.chown(place, "nobody", "nogroup")
    return place


@contextmanager
def folder() -> Iterator[Path]:
    """Make a folder that the other user owns."""
    place = _owned()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def done(place: Path, *command: str) -> None:
    """Run a program to its end."""
    subprocess.run(command, check=True, capture_output=True, cwd=place, **other_user())


@cache
def _first(*command: str) -> Path:
    """Let a program make the files of a new server, once for all tests of this process."""
    place = _owned()
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    done(place, *(word.format(place=place) for word in command))
    return place / "data"


def _copied(data: Path, *command: str) -> None:
    done(data.parent, "cp", "-a", "--reflink=auto", str(_first(*command)), str(data))


def new_postgres(data: Path) -> None:
    """Make the files of a new PostgreSQL, whose superuser is ``me``."""
    _copied(data, program("initdb"), "-D", "{place}/data", "-U", "me", "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync")  # fmt: skip


def new_mariadb(data: Path) -> None:
    """Make the files of a new MariaDB, whose superuser is ``root``."""
    _copied(data, program("mariadb-install-db"), "--no-defaults", "--datadir={place}/data",
            "--tmpdir={place}", "--auth-root-authentication-method=normal",
            "--skip-test-db")  # fmt: skip


@contextmanager
def running(
    place: Path, *command: str, ready: Callable[[], None], other: bool = True,
    end: int = signal.SIGTERM,
) -> Iterator[None]:  # fmt: skip
    """Run a server, as another user unless told, until the tests are done.

    Args:
        place: where its log is.
        command: its program.
        ready: raises until it answers.
        other: whether it is another user's.
        end: the signal that ends it.
    """
    user = other_user() if other else {}
    with (place / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=place, **user)
    try:
        _wait(server, ready, place / "log")
        yield
    finally:
        server.send_signal(end)
        server.wait(SECONDS)


def _wait(server: subprocess.Popen[bytes], ready: Callable[[], None], log: Path) -> None:
    def answers() -> bool:
        assert server.poll() is None, log.read_text("utf-8", "replace")
        try:
            ready()
        except Exception:  # noqa: BLE001 - each client has errors of its own
            return False
        return True

    until(answers, lambda: log.read_text("utf-8", "replace"))


@contextmanager
def postgres() -> Iterator[str]:
    """Run PostgreSQL; give its address."""
    from adbc_driver_postgresql import dbapi

    with folder() as place:
        data, port = place / "data", free_port()
        new_postgres(data)
        spec = f"postgresql://me:secret@127.0.0.1:{port}/postgres"
        command = (program("postgres"), "-D", str(data), "-p", str(port), "-k", str(place),
                   "-h", "127.0.0.1", "-F")  # fmt: skip
        with running(
            place, *command, ready=lambda: dbapi.connect(spec).close(), end=signal.SIGQUIT
        ):
            yield spec


@contextmanager
def mariadb() -> Iterator[str]:
    """Run MariaDB; give its address."""
    import pymysql

    with folder() as place:
        data, port = place / "data", free_port()
        new_mariadb(data)
        command = (program("mariadbd"), "--no-defaults", f"--datadir={data}", f"--port={port}",
                   f"--socket={place}/s", "--bind-address=127.0.0.1", f"--pid-file={place}/p",
                   f"--tmpdir={place}", "--innodb-flush-method=nosync",
                   "--character-set-server=utf8mb4")  # fmt: skip

        def ready() -> None:
            pymysql.connect(host="127.0.0.1", port=port, user="root").close()

        with running(place, *command, ready=ready, end=signal.SIGKILL):
            with pymysql.connect(host="127.0.0.1", port=port, user="root") as made:
                made.cursor().execute("create database shop")
            yield f"mysql://root@127.0.0.1:{port}/shop"


@contextmanager
def redis() -> Iterator[str]:
    """Run Redis; give its address."""
    import redis as client

    with folder() as place:
        port = free_port()
        spec = f"redis://127.0.0.1:{port}/0"
        command = (
            program("redis-server"),
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
        )

        def ready() -> None:
            with client.Redis.from_url(spec) as made:
                made.ping()

        with running(place, *command, ready=ready):
            yield spec


@contextmanager
def mongo() -> Iterator[str]:
    """Run SecantusDB, which speaks MongoDB's protocol; give the address of a database."""
    import pymongo

    with folder() as place:
        port = free_port()
        command = (sys.executable, "-m", "secantus", "--port", str(port), "--storage-path",
                   str(place / "data"), "--standalone", "--cache-size", "64M")  # fmt: skip

        def ready() -> None:
            with pymongo.MongoClient(
                f"mongodb://127.0.0.1:{port}", serverSelectionTimeoutMS=500
            ) as c:
                c.admin.command("ping")

        with running(place, *command, ready=ready, other=False):  # our Python may be root's own
            yield f"mongodb://127.0.0.1:{port}/shop"
