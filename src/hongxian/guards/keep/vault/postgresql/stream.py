"""Takes the WAL of a server as it is written, by PostgreSQL's own ``pg_receivewal``.

A transaction that the server confirmed while the vault was its synchronous standby is on the
vault's disk. Finished segments become objects; the one being written stays in the spool.
"""

from __future__ import annotations

import re
import signal
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.programs import ProgramError, told
from hongxian.guards.keep.vault.postgresql import wal
from hongxian.guards.keep.vault.spooled import Spooled

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.vault.postgresql.server import Probe, Server

REMOVED = re.compile(r"segment ([0-9A-F]{24}) has already been removed")
"""What the server says of WAL that it keeps no more."""


@dataclass(slots=True)
class Stream(Spooled):
    """The WAL of one PostgreSQL server; behind it for longer than ``silence`` is told too.

    Args:
        synchronous: whether every commit is flushed and confirmed at once.
    """

    KIND = "postgresql"

    server: Server
    synchronous: bool = True
    _aim: tuple[int, float] | None = None

    @property
    def spool(self) -> Path:
        """Where the segment lies that is being written."""
        return self.store.root / "spool" / self.server.name

    def look(self) -> None:
        """Ask the server, keep the child alive, take what is finished; tell what is wrong."""
        now, name = self.store.clock.now(), self.server.name
        self._heard = self._heard or now
        try:
            probe = self.server.probe()
        except ProgramError as error:
            if now - self._heard > self.silence:
                self.alarms.tell("unreachable", name, reason=error)
            self.gather()
            return
        self._heard = now
        self.alarms.over("unreachable", name)
        if not self._same(probe):
            self.end()
            self.alarms.tell("other_system", name)
            return
        try:
            self._slot(probe)
        except ProgramError as error:
            self.alarms.tell("stream_broken", name, reason=error)
            return
        self._run()
        self.gather()
        self._behind(probe, now)

    def gather(self) -> None:
        """Take finished segments out of the spool."""
        if not self.spool.is_dir():
            return
        names = sorted(path.name for path in self.spool.iterdir())
        segments = [one for one in names if wal.SEGMENT.fullmatch(one)]
        partial = [one for one in names if wal.PARTIAL.fullmatch(one)]
        histories = [one for one in names if wal.HISTORY.fullmatch(one)]
        for one in partial[-1:]:
            (self.spool / one).chmod(0o640)  # a drill may run under a user of its own
        for one in [*histories, *segments, *partial[:-1]]:
            self._take(one)
        # pg_receivewal finds where to go on by the newest finished segment
        for one in [*segments[:-1], *partial[:-1]]:
            (self.spool / one).unlink()

    def newest(self) -> str | None:
        """Return the newest segment that is held."""
        names = (entry.name.removeprefix("wal/")
                 for entry in self.store.ledger.live(self.area, "wal/"))  # fmt: skip
        return max((name for name in names if wal.SEGMENT.fullmatch(name)), default=None)

    def end(self) -> None:
        """End the child, and take what it has finished."""
        if self._child is not None:
            self._child.send_signal(signal.SIGINT)  # on which it flushes what it has
            self._child.wait()
            self._child = None
        self.gather()

    def _same(self, probe: Probe) -> bool:
        known = next(self.store.ledger.live(self.area, "system/"), None)
        if known is not None:
            return known.name == f"system/{probe.system}"
        incoming = self.store.incoming(self.place(f"system/{probe.system}"))
        try:
            incoming.keep()
        finally:
            incoming.close()
        return True

    def _slot(self, probe: Probe) -> None:
        if probe.kept is not None:
            return
        if self.spool.is_dir():
            self.alarms.tell("slot_dropped", self.server.name)
            self.alarms.over("slot_dropped", self.server.name)
        self.end()
        self.server.make_slot()

    def _run(self) -> None:
        if self.running:
            return
        self.spool.mkdir(mode=0o750, parents=True, exist_ok=True)
        log = self.spool.parent / f"{self.server.name}.log"
        if self._child is not None:
            reason = told(log.read_bytes())
            self.alarms.tell("stream_broken", self.server.name, reason=reason)
            if found := REMOVED.search(reason):
                self.alarms.tell("wal_gap", self.server.name, segment=found[1])
                self._broken()
        command = [self.server.program("pg_receivewal"), "-d", self.server.words(), "-D",
                   str(self.spool), "-S", self.server.slot, "--no-loop", "-w",
                   "--status-interval=1"]  # fmt: skip
        if self.synchronous:
            command.append("--synchronous")
        with log.open("wb") as out:
            self._child = subprocess.Popen(command, stdout=out, stderr=out)  # noqa: S603 - ours

    def _broken(self) -> None:
        """Put aside what the server cannot continue, and begin a new chain."""
        self.gather()
        for path in sorted(self.spool.iterdir()):
            self._take(path.name)
            path.unlink()
        self.base_due = True

    def _take(self, name: str) -> None:
        path = self.spool / name
        if self.is_held(path, f"wal/{name}"):
            return
        if wal.SEGMENT.fullmatch(name):
            self._follows(name, path.stat().st_size)
        self.store.adopt([(path, self.place(f"wal/{name}"))])

    def _follows(self, name: str, size: int) -> None:
        before = self.newest()
        if before is not None and (gap := next(wal.gaps([before, name], size), None)):
            self.alarms.tell("wal_gap", self.server.name, segment=gap)
            self.base_due = True

    def _behind(self, probe: Probe, now: float) -> None:
        """Tell when the server has for long not got confirmed what it had written."""
        if self._aim is None or (probe.kept or 0) >= self._aim[0]:
            self._aim = (probe.position - probe.position % wal.SIZE, now)
            self.alarms.over("behind", self.server.name)
        elif now - self._aim[1] > self.silence:
            self.alarms.tell("behind", self.server.name, minutes=round((now - self._aim[1]) / 60))
