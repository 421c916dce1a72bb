"""Takes the binary logs of a server as they are written, by its own ``mariadb-binlog``.

A log that the server has gone on from becomes an object; the one being written stays in the spool.
When the server begins again under old names (``reset master``), both are kept, and it is told.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.keep.programs import ProgramError, told
from hongxian.guards.keep.vault.objects import Place, file_hash

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.vault.alarms import Alarms
    from hongxian.guards.keep.vault.mariadb.server import MariaServer
    from hongxian.guards.keep.vault.objects import Store

LOG = re.compile(r"[A-Za-z0-9_.-]+\.\d{6,}")
"""Name of a binary log."""


@dataclass(slots=True)
class BinlogStream:
    """The binary logs of one server.

    Args:
        store: the vault.
        alarms: told what is wrong.
        server: whose logs.
        hold: seconds for which they are held at least.
        silence: seconds without a sign of life that are told.
    """

    store: Store
    alarms: Alarms
    server: MariaServer
    hold: float
    silence: float = 300.0
    base_due: bool = False
    """Whether the chain broke, so that only a new base can be rolled forward."""
    _child: subprocess.Popen[bytes] | None = None
    _heard: float | None = field(default=None)

    @property
    def area(self) -> str:
        """Where its objects stand."""
        return f"mariadb/{self.server.name}"

    @property
    def spool(self) -> Path:
        """Where the log lies that is being written."""
        return self.store.root / "spool" / f"mariadb-{self.server.name}"

    @property
    def running(self) -> bool:
        """Whether logs are being taken."""
        return self._child is not None and self._child.poll() is None

    def look(self) -> None:
        """Ask the server, keep the child alive, take what is finished; tell what is wrong."""
        now, name = self.store.clock.now(), self.server.name
        self._heard = self._heard or now
        try:
            logs = self.server.logs()
        except ProgramError as error:
            if now - self._heard > self.silence:
                self.alarms.tell("unreachable", name, reason=error)
            self.gather()
            return
        self._heard = now
        self.alarms.over("unreachable", name)
        if not self.running:
            self._begin(logs)
        self.gather()

    def gather(self) -> None:
        """Take finished logs out of the spool."""
        if not self.spool.is_dir():
            return
        names = sorted(
            (path.name for path in self.spool.iterdir() if LOG.fullmatch(path.name)), key=number
        )
        for name in names[-1:]:
            (self.spool / name).chmod(0o640)  # a drill may run under a user of its own
        for name in names[:-1]:
            self._take(name)

    def end(self) -> None:
        """End the child, and take what it has finished."""
        if self._child is not None:
            self._child.terminate()
            self._child.wait()
            self._child = None
        self.gather()

    def _begin(self, logs: list[str]) -> None:
        self.spool.mkdir(mode=0o750, parents=True, exist_ok=True)
        said = self.spool.parent / f"mariadb-{self.server.name}.log"
        if self._child is not None:
            self.alarms.tell("stream_broken", self.server.name, reason=told(said.read_bytes()))
        self.gather()
        first = self._first(logs)
        command = self.server.command(
            "mariadb-binlog", "--read-from-remote-server", "--raw", "--stop-never",
            f"--stop-never-slave-server-id={self.server.replica}",
            f"--result-file={self.spool}/", first,
        )  # fmt: skip
        with said.open("wb") as out:
            self._child = subprocess.Popen(command, stdout=out, stderr=out)  # noqa: S603 - ours

    def _first(self, logs: list[str]) -> str:
        """Return the log to go on with, and put aside what would be written over."""
        begun = next((path for path in self.spool.iterdir() if LOG.fullmatch(path.name)), None)
        if begun is None:
            return logs[0]
        found = file_hash(begun)[:12]
        place = self._place(f"begun/{begun.name}-{found}")
        if self.store.ledger.find(place.area, place.name) is None:
            self.store.adopt([(begun, place)])
        begun.unlink()
        if begun.name in logs:
            return begun.name
        self.alarms.tell("wal_gap", self.server.name, segment=begun.name)
        self.base_due = True
        return logs[0]

    def _take(self, name: str) -> None:
        path, place = self.spool / name, self._place(f"binlog/{name}")
        held = self.store.ledger.find(place.area, place.name)
        if held is None:
            self.store.adopt([(path, place)])
        elif held.sha256 != (found := file_hash(path)):
            self.alarms.tell("wal_differs", self.server.name, segment=name)
            self.base_due = True
            other = self._place(f"differs/{name}-{found[:12]}")
            if self.store.ledger.find(other.area, other.name) is None:
                self.store.adopt([(path, other)])
        path.unlink()

    def _place(self, name: str) -> Place:
        return Place(self.area, name, self.area, self.hold)


def number(name: str) -> int:
    """Return the running number of a binary log."""
    return int(name.rpartition(".")[2])
