"""Takes the binary logs of a server as they are written, by its own ``mariadb-binlog``.

A log that the server has gone on from becomes an object; the one being written stays in the spool.
When the server begins again under old names (``reset master``), both are kept, and it is told: also
where its new logs have come to the old number again, for what is fetched then begins otherwise.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.programs import ProgramError, told
from hongxian.guards.keep.vault.objects import file_hash
from hongxian.guards.keep.vault.spooled import Spooled

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.vault.mariadb.server import MariaServer

LOG = re.compile(r"[A-Za-z0-9_.-]+\.\d{6,}")
"""Name of a binary log."""
USED = 22
"""Bytes at the beginning of a log, with the mark that the server still writes it."""


@dataclass(frozen=True, slots=True)
class Begun:
    """How a log began that is fetched once more."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Begun:
        """Return how a log begins as far as it is there."""
        size = path.stat().st_size
        return cls(path.name, size, _sha256(path, size))

    def same(self, path: Path, *, whole: bool) -> bool | None:
        """Return whether a log begins so; ``None`` as long as it is shorter and not whole."""
        if path.stat().st_size < self.size:
            return False if whole else None
        return _sha256(path, self.size) == self.sha256


@dataclass(slots=True)
class BinlogStream(Spooled):
    """The binary logs of one MariaDB server."""

    KIND = "mariadb"

    server: MariaServer
    _before: Begun | None = None
    """The log that the child fetches once more, as it was."""

    @property
    def spool(self) -> Path:
        """Where the log lies that is being written."""
        return self.store.root / "spool" / f"mariadb-{self.server.name}"

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
        if not self.spool.is_dir() or self._began_anew():
            return
        names = sorted(self._spooled(), key=number)
        for name in names[-1:]:
            (self.spool / name).chmod(0o640)  # a drill may run under a user of its own
        for name in names[:-1]:
            self._take(name)

    def end(self) -> None:
        """End the child, and take what it has finished."""
        self._end_child()
        self.gather()

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.terminate()
            self._child.wait()
            self._child = None

    def _began_anew(self) -> bool:
        """Return whether the server wrote another log under the name of one that is here.

        Then all of its logs are fetched, those before it too.
        """
        before = self._before
        path = self.spool / before.name if before else None
        if before is None or path is None or not path.exists():
            return False
        newest = max(map(number, self._spooled()))
        same = before.same(path, whole=number(before.name) < newest)
        if same is not None:
            self._before = None
        if same is not False:
            return False
        self.alarms.tell("wal_gap", self.server.name, segment=before.name)
        self.base_due = True
        self._end_child()
        for name in self._spooled():
            (self.spool / name).unlink()  # the server has them still
        return True

    def _spooled(self) -> list[str]:
        return [path.name for path in self.spool.iterdir() if LOG.fullmatch(path.name)]

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
        if not (spooled := self._spooled()):
            return logs[0]
        begun = self.spool / spooled[0]
        found = file_hash(begun)[:12]
        self.keep_once(begun, f"begun/{begun.name}-{found}")
        before = Begun.of(begun)
        begun.unlink()
        if begun.name in logs:
            self._before = before
            return begun.name
        self.alarms.tell("wal_gap", self.server.name, segment=begun.name)
        self.base_due = True
        return logs[0]

    def _take(self, name: str) -> None:
        path = self.spool / name
        if not self.is_held(path, f"binlog/{name}"):
            self.store.adopt([(path, self.place(f"binlog/{name}"))])
        path.unlink()


def number(name: str) -> int:
    """Return the running number of a binary log."""
    return int(name.rpartition(".")[2])


def _sha256(path: Path, size: int) -> str:
    with path.open("rb") as source:
        source.seek(USED)
        found = hashlib.sha256()
        left = size - USED
        while left > 0 and (data := source.read(min(left, 1 << 20))):
            found.update(data)
            left -= len(data)
    return found.hexdigest()
