"""Everything at once: hosts, accounts, database, lane and vault, for one group of faults."""

from __future__ import annotations

import shutil
import signal
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .lane import Lane
from .processes import Runner
from .results import Outcome
from .server import Server
from .vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .logs import Log
    from .network import Network
    from .results import Results

QUARANTINE = ("statements", "powers")
"""Groups in which the lane moves what can be brought back; in the others it refuses."""


@dataclass(slots=True)
class World:
    """What a group of faults is done to."""

    group: str
    place: Path
    runner: Runner
    server: Server
    lane: Lane
    vault: Vault
    results: Results

    @property
    def logs(self) -> tuple[Log, ...]:
        """All logs of evidence."""
        return (self.lane.log, self.vault.log, self.vault.drills)

    def refused(self, fault: str, expected: str, happened: str, record: str, *, held: bool) -> None:
        """Tell of a fault that is to be refused.

        Args:
            fault: what was done.
            expected: what should come of it.
            happened: what came of it.
            record: of evidence.
            held: whether it was refused and nothing was lost.
        """
        outcome = "refused" if held else "lost"
        self.results.add(Outcome(self.group, fault, expected, happened, outcome, record))

    def healed(self, fault: str, expected: str, happened: str, record: str, *, held: bool) -> None:
        """Tell of a fault that is to be healed; as :meth:`refused`."""
        outcome = "healed" if held else "lost"
        self.results.add(Outcome(self.group, fault, expected, happened, outcome, record))

    def verified(self) -> None:
        """Let ``keep verify`` look at all logs."""
        for log in self.logs:
            if log.path.exists():
                done = log.verify(self.runner)
                told = done.text.replace(f"{self.place}/", "")
                self.results.prove(f"{self.group}: {told}", whole=done.code == 0)


@contextmanager
def world(group: str, network: Network, results: Results) -> Iterator[World]:
    """Run everything until a group of faults was done."""
    place = Path(tempfile.mkdtemp(prefix="hxf"))
    place.chmod(0o711)
    runner = Runner(network)
    server = Server(runner, place / "db")
    mode = "quarantine" if group in QUARANTINE else "refuse"
    lane = Lane(runner, place / "lane", server, mode=mode)
    vault = Vault(runner, place / "vault", server)
    try:
        network.make()
        server.make()
        lane.make()
        vault.make()
        made = World(group, place, runner, server, lane, vault, results)
        yield made
        made.lane.stop()
        made.vault.stop()
        made.verified()
    finally:
        lane.stop(signal.SIGKILL)
        vault.stop()
        server.stop(signal.SIGKILL)
        network.remove()
        shutil.rmtree(place, ignore_errors=True)
