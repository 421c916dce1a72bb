"""Real PostgreSQL clusters that a test may kill, rob and start again."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.sensors.store.sources.servers import done, folder, free_port, other_user, program

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 60


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

    def made(self, *words: str) -> Cluster:
        """Make it."""
        done(self.place, program("initdb"), "-D", str(self.data), "-U", "me", "-A", "trust",
             "-E", "UTF8", "--locale=C", "--no-sync", *words)  # fmt: skip
        return self

    def start(self, *words: str) -> None:
        """Start it and wait until it answers."""
        command = [program("postgres"), "-D", str(self.data), "-p", str(self.port), "-k",
                   str(self.place), "-h", "127.0.0.1", "-c", "fsync=off", *words]  # fmt: skip
        with (self.place / "log").open("ab") as log:
            self._server = subprocess.Popen(command, stdout=log, stderr=log, **other_user())
        for _ in range(SECONDS * 20):
            assert self._server.poll() is None, (self.place / "log").read_text()[-2000:]
            if self._ready():
                return
            time.sleep(0.05)
        raise AssertionError((self.place / "log").read_text()[-2000:])

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
            try:
                import os

                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._server.wait(SECONDS)
        self._server = None

    def stop(self) -> None:
        """Stop it."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(SECONDS)
            self._server = None

    def lost(self) -> None:
        """Lose the data directory, and all WAL with it."""
        shutil.rmtree(self.data)

    def _ready(self) -> bool:
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
            made.stop()
