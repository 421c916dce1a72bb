"""A PostgreSQL server of its own for a drill: a folder, a socket and a user, no network.

Nothing of the source's configuration is taken but what replaying WAL needs; nothing that the
copies ask for beside (archiving, preloaded libraries, standbys) is run.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from hongxian.guards.keep.drill.scratch import ScratchServer
from hongxian.guards.keep.programs import program, ran

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hongxian.guards.keep.drill.postgresql.restore import Restored
    from hongxian.guards.keep.drill.settings import SourceSettings

PORT = 54_329
"""Of the socket's name; nothing listens on a network."""
CONTROL = {
    "max_connections": "max_connections", "max_worker_processes": "max_worker_processes",
    "max_wal_senders": "max_wal_senders", "max_prepared_xacts": "max_prepared_transactions",
    "max_locks_per_xact": "max_locks_per_transaction",
}  # fmt: skip
"""What a standby must have as large as the source had: name in pg_controldata -> setting."""


class Scratch(ScratchServer):
    """A server over what was restored.

    Args:
        restored: the copy.
        folder: where its socket, its settings and its log are.
        source: whose it is.
    """

    __slots__ = ("restored",)
    source: SourceSettings

    def __init__(self, restored: Restored, folder: Path, source: SourceSettings) -> None:
        """Begin without a server."""
        super().__init__(folder, source)
        self.restored = restored

    def prepare(self) -> None:
        """Write its settings.

        Raises:
            ProgramError: the copy has no control file that can be read.
        """
        data, archive = self.restored.data, self.restored.wal
        self.socket.mkdir(mode=0o700)
        (data / "postgresql.auto.conf").write_text("", "utf-8")
        for name in ("postmaster.pid", "standby.signal"):
            (data / name).unlink(missing_ok=True)
        (data / "recovery.signal").touch(mode=0o600)
        (self.folder / "hba.conf").write_text("local all all trust\n", "ascii")
        (self.folder / "ident.conf").write_text("", "ascii")
        lines = {
            "listen_addresses": "", "port": str(PORT), "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700", "hba_file": str(self.folder / "hba.conf"),
            "ident_file": str(self.folder / "ident.conf"), "logging_collector": "off",
            "log_destination": "stderr", "lc_messages": "C", "hot_standby": "on",
            "archive_mode": "off", "autovacuum": "off", "fsync": "off", "full_page_writes": "off",
            "restore_command": f'cp "{archive}/%f" "%p"', "recovery_target_timeline": "latest",
            "jit": "off", **control(data, self.source.programs), **self.source.settings,
        }  # fmt: skip
        text = "".join(f"{key} = {quoted(value)}\n" for key, value in lines.items())
        (self.folder / "postgresql.conf").write_text(text, "utf-8")

    def start(self, **target: str) -> None:
        """Start it.

        Args:
            target: where to end replaying, as PostgreSQL's settings call it.
        """
        command = [program("postgres", self.source.programs), "-D", str(self.restored.data),
                   "-c", f"config_file={self.folder / 'postgresql.conf'}"]  # fmt: skip
        for key, value in target.items():
            command += ["-c", f"{key}={value}"]
        self.begin(command)

    def wait(self, asked: str, database: str, role: str) -> None:
        """Wait until it answers *true* to a query.

        Raises:
            ProgramError: it ended, or did not within its time.
        """
        self.until(lambda: self.sql(asked, database, role) == "t")

    def sql(self, text: str, database: str, role: str) -> str:
        """Return what it answers to a query.

        Raises:
            ProgramError: it does not.
        """
        command = [program("psql", self.source.programs), "-XAtqw", "-h", str(self.socket), "-p",
                   str(PORT), "-U", role, "-d", database, "-c", text]  # fmt: skip
        return ran(command).decode().strip()

    def end(self, number: int = signal.SIGINT) -> None:
        """End it by a fast shutdown; what it holds stays."""
        super().end(number)


def control(data: Path, programs: Path | None) -> Mapping[str, str]:
    """Return settings that must be as large as the source had them, or replaying WAL ends.

    Raises:
        ProgramError: the copy has no control file that can be read.
    """
    command = [program("pg_controldata", programs), str(data)]
    lines = ran(command, {"LC_ALL": "C"}).decode().splitlines()
    pairs = (line.partition(" setting:") for line in lines)
    return {CONTROL[key]: value.strip() for key, _, value in pairs if key in CONTROL}


def quoted(value: str) -> str:
    """Return a value as it stands in a file of PostgreSQL's settings."""
    escaped = value.replace("'", "''")
    return f"'{escaped}'"
