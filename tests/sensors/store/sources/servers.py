"""Real database servers on loopback, each in a folder of its own, gone when the tests are done."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAMS = "/usr/sbin:/usr/local/sbin"
SECONDS = 60


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


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


@contextmanager
def folder() -> Iterator[Path]:
    """Make a folder that the other user owns."""
    place = Path(tempfile.mkdtemp(prefix="hx"))
    if os.getuid() == 0:
        shutil.chown(place, "nobody", "nogroup")
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def done(place: Path, *command: str) -> None:
    """Run a program to its end."""
    subprocess.run(command, check=True, capture_output=True, cwd=place, **other_user())


@contextmanager
def running(
    place: Path, *command: str, ready: Callable[[], None], other: bool = True
) -> Iterator[None]:
    """Run a server, as another user unless told, until the tests are done."""
    user = other_user() if other else {}
    with (place / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=place, **user)
    try:
        _wait(server, ready, place / "log")
        yield
    finally:
        server.terminate()
        server.wait(SECONDS)


def _wait(server: subprocess.Popen[bytes], ready: Callable[[], None], log: Path) -> None:
    for _ in range(SECONDS * 10):
        assert server.poll() is None, log.read_text("utf-8", "replace")
        try:
            ready()
        except Exception:  # noqa: BLE001 - each client has errors of its own
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text("utf-8", "replace"))


@contextmanager
def postgres() -> Iterator[str]:
    """Run PostgreSQL; give its address."""
    from adbc_driver_postgresql import dbapi

    with folder() as place:
        data, port = place / "data", free_port()
        done(place, program("initdb"), "-D", str(data), "-U", "me", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync")  # fmt: skip
        spec = f"postgresql://me:secret@127.0.0.1:{port}/postgres"
        command = (program("postgres"), "-D", str(data), "-p", str(port), "-k", str(place),
                   "-h", "127.0.0.1", "-F")  # fmt: skip
        with running(place, *command, ready=lambda: dbapi.connect(spec).close()):
            yield spec


@contextmanager
def mariadb() -> Iterator[str]:
    """Run MariaDB; give its address."""
    import pymysql

    with folder() as place:
        data, port = place / "data", free_port()
        done(place, program("mariadb-install-db"), "--no-defaults", f"--datadir={data}",
             f"--tmpdir={place}",
             "--auth-root-authentication-method=normal", "--skip-test-db")  # fmt: skip
        command = (program("mariadbd"), "--no-defaults", f"--datadir={data}", f"--port={port}",
                   f"--socket={place}/s", "--bind-address=127.0.0.1", f"--pid-file={place}/p",
                   f"--tmpdir={place}", "--character-set-server=utf8mb4")  # fmt: skip

        def ready() -> None:
            pymysql.connect(host="127.0.0.1", port=port, user="root").close()

        with running(place, *command, ready=ready):
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
