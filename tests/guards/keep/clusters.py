"""Real PostgreSQL clusters that a test may kill, rob and start again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.sensors.store.sources.servers import folder, free_port, new_postgres, other_user, program
from tests.waiting import SECONDS, until

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Cluster:
    """A cluster of its own user, which trusts this machine."""

    place: Path
    port: int = field(default_factory=free_port)
    _server: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.place / "data"

    @property
    def connection(self) -> str:
        """How libpq reaches it."""
        return f"host=127.0.0.1 port={self.port} user=me dbname=postgres"

    def made(self) -> Cluster:
        """Make it."""
        new_postgres(self.data)
        return self

    def start(self, *words: str) -> None:
        """Start it and wait until it answers."""
        command = [program("postgres"), "-D", str(self.data), "-p", str(self.port), "-k",
                   str(self.place), "-h", "127.0.0.1", "-c", "fsync=off", *words]  # fmt: skip
        with (self.place / "log").open("ab") as log:
            self._server = subprocess.Popen(command, stdout=log, stderr=log, **other_user())
        try:
            until(self._ready, self._said)
        except BaseException:
            self.stop()
            raise

    def sql(self, *texts: str) -> str:
        """Run statements; return what the last printed."""
        command = [program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self.connection]
        for text in texts:
            command += ["-c", text]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    def kill(self) -> None:
        """Kill it as a broken machine does."""
        assert self._server
        children = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children")
        pids = [int(one) for one in children.read_text().split()]
        self._server.send_signal(signal.SIGKILL)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._server.wait(SECONDS)
        self._server = None

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop it."""
        if self._server is not None:
            self._server.send_signal(how)
            self._server.wait(SECONDS)
            self._server = None

    def lost(self) -> None:
        """Lose the data directory, and all WAL with it."""
        shutil.rmtree(self.data)

    def _said(self) -> str:
        return (self.place / "log").read_text()[-2000:]

    def _ready(self) -> bool:
        assert self._server is not None
        assert self._server.poll() is None, self._said()
        command = [program("pg_isready"), "-q", "-d", self.connection]
        return subprocess.run(command, check=False).returncode == 0


@contextmanager
def cluster(*words: str) -> Iterator[Cluster]:
    """Run a cluster until the test is done."""
    with folder() as place:
        made = Cluster(place).made()
        try:
            made.start(*words)
            yield made
        finally:
            made.stop(signal.SIGQUIT)
