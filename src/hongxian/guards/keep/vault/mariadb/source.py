"""A MariaDB server as a source of copies: bases are dumps of one moment, which name their log."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hongxian.guards.keep.programs import ProgramError, told
from hongxian.guards.keep.vault.mariadb.stream import BinlogStream, number
from hongxian.guards.keep.vault.objects import BLOCK, Place

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.alarms import Alarms
    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.objects import Store
    from hongxian.guards.keep.vault.settings import MariaSettings

WORDS = (
    "--all-databases", "--single-transaction", "--quick", "--routines", "--events", "--triggers",
    "--hex-blob", "--master-data=2", "--flush-logs",
)  # fmt: skip
"""A dump of one moment, at the beginning of a binary log that it names."""
ENDED = b"-- Dump completed"
"""The last line of a whole dump."""

_START = re.compile(rb"MASTER_LOG_FILE='([^']+)', MASTER_LOG_POS=(\d+)")


@dataclass(frozen=True, slots=True)
class Dump:
    """A base: its object, and log and position from which binary logs go on."""

    entry: Entry
    log: str
    position: int


class MariaSource:
    """A server.

    Args:
        store: the vault.
        alarms: told what is wrong.
        settings: of the server.
        retention: seconds for which any moment can be restored.
    """

    def __init__(
        self, store: Store, alarms: Alarms, settings: MariaSettings, retention: float
    ) -> None:
        """Begin with nothing taken."""
        self._store, self._server, self._retention = store, settings.server, retention
        self.name, self.base_every = settings.server.name, settings.base_every
        self.stream = BinlogStream(store, alarms, settings.server, retention, settings.silence)

    def pull(self) -> None:
        """Take a dump.

        Raises:
            ProgramError: it could not be taken, or broke off.
        """
        now = datetime.fromtimestamp(self._store.clock.now(), UTC)
        area = self.stream.area
        place = Place(area, f"base/{now:%Y%m%dT%H%M%S%fZ}.sql", area, self._retention)
        incoming = self._store.incoming(place)
        command = self._server.command("mariadb-dump", *WORDS)
        end = b""
        try:
            with subprocess.Popen(  # noqa: S603 - ours
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            ) as child:
                while child.stdout is not None and (data := child.stdout.read(BLOCK)):
                    incoming.write(data)
                    end = (end + data)[-200:]
                said = child.stderr.read() if child.stderr else b""
            if child.returncode or ENDED not in end:
                raise ProgramError(told(said))
            incoming.keep()
        finally:
            incoming.close()

    def latest(self) -> float | None:
        """Return when the newest base was taken, by the vault's clock."""
        found = self.dumps()
        return found[-1].entry.at if found else None

    def dumps(self) -> list[Dump]:
        """Return the bases, the oldest first."""
        found = []
        for entry in self._store.ledger.live(self.stream.area, "base/"):
            with self._store.open(entry.area, entry.name) as source:
                start = _START.search(source.read(1 << 16))
            if start:
                found.append(Dump(entry, start[1].decode(), int(start[2])))
        return sorted(found, key=lambda dump: dump.entry.at)

    def old(self) -> list[Entry]:
        """Return what no moment of the retention needs."""
        now = self._store.clock.now()
        before = [dump for dump in self.dumps() if dump.entry.at <= now - self._retention]
        if not before:
            return []
        first = number(before[-1].log)
        gone = [dump.entry for dump in before[:-1]]
        logs = self._store.ledger.live(self.stream.area, "binlog/")
        gone += [entry for entry in logs if number(entry.name) < first]
        return gone
