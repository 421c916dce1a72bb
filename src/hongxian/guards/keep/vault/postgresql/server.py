"""Asks a PostgreSQL server, by its replication protocol, who it is and how far it has written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.programs import program, ran
from hongxian.guards.keep.vault.postgresql.wal import position_of

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = {"PGCONNECT_TIMEOUT": "10"}


@dataclass(frozen=True, slots=True)
class Probe:
    """What a server answered: its system, its timeline, and how far it has written.

    ``kept`` is the position from which its slot keeps WAL; ``None`` when there is no such slot.
    """

    system: str
    timeline: int
    position: int
    kept: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server of which copies are taken.

    Args:
        name: what it is called in the vault.
        connection: of a role with REPLICATION, as libpq reads it.
        slot: whose WAL the server keeps for the vault.
        programs: folder of PostgreSQL's programs; ``None``: where they are found.
    """

    name: str
    connection: str
    slot: str = "hongxian_vault"
    programs: Path | None = None

    def program(self, name: str) -> str:
        """Return where one of PostgreSQL's programs is."""
        return program(name, self.programs)

    def words(self, **more: str) -> str:
        """Return how it is connected to, with more words of libpq's."""
        told = {"application_name": self.slot, **more}
        return " ".join([self.connection, *(f"{key}={value}" for key, value in told.items())])

    def probe(self) -> Probe:
        """Ask it.

        Raises:
            ProgramError: it does not answer.
        """
        system, slot = self._asked("IDENTIFY_SYSTEM", f"READ_REPLICATION_SLOT {self.slot}")[:2]
        number, line, position, _ = system.split("|")
        kind, kept, _ = slot.split("|")
        there = position_of(kept) if kept else 0
        return Probe(number, int(line), position_of(position), there if kind else None)

    def make_slot(self) -> None:
        """Make the slot; the server keeps WAL from this moment on.

        Raises:
            ProgramError: the server does not let it, or it is there.
        """
        self._asked(f"CREATE_REPLICATION_SLOT {self.slot} PHYSICAL RESERVE_WAL")

    def _asked(self, *texts: str) -> list[str]:
        command = [self.program("psql"), "-XAtw", "-F", "|", "-d", self.words(replication="true")]
        for text in texts:
            command += ["-c", text]
        return ran(command, PATIENCE).decode().splitlines()
