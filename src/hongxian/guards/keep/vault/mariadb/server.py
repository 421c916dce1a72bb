"""Asks a MariaDB server which binary logs it has; its credentials stand in a file of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.programs import program, ran

if TYPE_CHECKING:
    from pathlib import Path

SLAVE_ID = 62_771
"""As which replica the vault takes binary logs, unless told otherwise; no other may have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MariaServer:
    """A server of which copies are taken.

    Args:
        name: what it is called in the vault.
        defaults: file with host, port, user and password under ``[client]``.
        replica: as which replica the vault takes its binary logs.
        programs: folder of MariaDB's programs; ``None``: where they are found.
        backup: program, with its words, that prints a stream of ``mariadb-backup``; bases are dumps
            when there is none.
    """

    name: str
    defaults: Path
    replica: int = SLAVE_ID
    programs: Path | None = None
    backup: tuple[str, ...] = ()

    def command(self, name: str, *words: str) -> list[str]:
        """Return one of MariaDB's programs with words, which knows the credentials."""
        return [program(name, self.programs), f"--defaults-extra-file={self.defaults}", *words]

    def logs(self) -> list[str]:
        """Return the names of its binary logs, the oldest first.

        Raises:
            ProgramError: it does not answer, or keeps none.
        """
        words = ("-N", "-B", "--connect-timeout=10", "-e", "show binary logs")
        lines = ran(self.command("mariadb", *words)).decode().splitlines()
        return [line.split("\t")[0] for line in lines]
