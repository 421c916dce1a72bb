"""A MariaDB server of its own for a drill: a folder, a socket and a user, no network.

Nothing of the source's configuration is taken but what its files need. Plugins and functions that
the copy asks for are not loaded, events and replication do not run, and what comes in the logs is
text for a client that knows no commands of its own (``--binary-mode``).
"""

from __future__ import annotations

import re
import secrets
import subprocess
from typing import TYPE_CHECKING, Any

import pymysql

from hongxian.guards.keep.drill.mariadb.sums import connected, rows
from hongxian.guards.keep.drill.scratch import ScratchServer
from hongxian.guards.keep.programs import ProgramError, program, ran, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hongxian.guards.keep.drill.mariadb.restore import Restored
    from hongxian.guards.keep.drill.settings import MariaTried

ROLE = "hongxian_scratch"
"""Who asks the scratch server; its password is made anew for each drill."""
TAKEN = ("innodb_page_size", "innodb_data_file_path", "innodb_undo_tablespaces",
         "innodb_log_file_size", "innodb_checksum_algorithm")  # fmt: skip
"""What the files of a base need, of the settings that came with them."""

_SETTING = re.compile(r"([a-z_]+)\s*=\s*([A-Za-z0-9_:;]+)\s*")
"""A setting without any path."""


class MariaScratch(ScratchServer):
    """A server over what was restored.

    Args:
        restored: the copy.
        folder: where its socket and its log are.
        source: whose it is.
    """

    __slots__ = ("_password", "restored")

    def __init__(self, restored: Restored, folder: Path, source: MariaTried) -> None:
        """Begin without a server."""
        super().__init__(folder, source)
        self.restored, self._password = restored, secrets.token_hex(16)

    def prepare(self) -> None:
        """Make its files ready: those of a base by ``mariadb-backup``, else those of a new server.

        Raises:
            ProgramError: they cannot be made ready.
        """
        for place in (self.socket, self.folder / "plugins", self.folder / "temporary"):
            place.mkdir(mode=0o700)
        (self.folder / "client.cnf").write_text(
            f"[client]\nsocket={self.socket}/s\nuser={ROLE}\npassword={self._password}\n", "ascii"
        )
        (self.folder / "own.sql").write_text(self._own(), "ascii")
        data = self.restored.data
        settings = _settings(data / "backup-my.cnf")
        if self.restored.dump is None:
            lines = [f"{key}={value}\n" for key, value in settings.items()]
            (data / "backup-my.cnf").write_text("[mysqld]\n" + "".join(lines), "ascii")
        else:
            with self.restored.dump.open("a", encoding="ascii") as out:
                out.write(f"\nflush privileges;\n{self._own()}")
        self.owned()
        if self.restored.dump is None:
            command = [self._program("mariadb-backup"), f"--defaults-file={data / 'backup-my.cnf'}",
                       "--prepare", f"--target-dir={data}"]  # fmt: skip
        else:
            command = [self._program("mariadb-install-db"), "--no-defaults", f"--datadir={data}",
                       "--auth-root-authentication-method=normal", "--skip-test-db"]  # fmt: skip
        ran(command, cwd=self.folder, **self.user)

    def start(self) -> None:
        """Start it, wait until it answers, and bring a dump in.

        Raises:
            ProgramError: it ended, did not answer within its time, or does not take the dump.
        """
        options = {
            "datadir": self.restored.data, "socket": self.socket / "s",
            "pid-file": self.folder / "pid", "init-file": self.folder / "own.sql",
            "plugin-dir": self.folder / "plugins", "tmpdir": self.folder / "temporary",
            "secure-file-priv": self.folder / "temporary", "event-scheduler": "OFF",
            "max-allowed-packet": "1G", "innodb-flush-log-at-trx-commit": "0",
            **_settings(self.restored.data / "backup-my.cnf"), **self.source.settings,
        }  # fmt: skip
        words = [f"--{key}={value}" for key, value in options.items()]
        self.begin([self._program("mariadbd"), "--no-defaults", "--skip-networking",
                    "--skip-slave-start", "--skip-log-bin", *words])  # fmt: skip
        self.until(self._answers)
        if self.restored.dump is not None:
            with self.restored.dump.open("rb") as source:
                self._client(source)

    def connected(self) -> Any:
        """Return a session."""
        return connected(
            unix_socket=f"{self.socket}/s", user=ROLE, password=self._password,
            max_allowed_packet=1 << 30,
        )  # fmt: skip

    def replay(self, logs: Sequence[Path], start: int, stop: int | None = None) -> None:
        """Replay binary logs, one behind the other.

        Args:
            logs: the files.
            start: position in the first.
            stop: position in the last; ``None``: to its end.

        Raises:
            ProgramError: a log cannot be read, or a statement fails.
        """
        command = [self._program("mariadb-binlog"), "--no-defaults", f"--start-position={start}",
                   f"--local-load={self.folder / 'temporary'}"]  # fmt: skip
        if stop is not None:
            command.append(f"--stop-position={stop}")
        with (self.folder / "binlog.log").open("w+b") as said:
            reader = subprocess.Popen(  # noqa: S603 - MariaDB's, over copies of our own
                [*command, *map(str, logs)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=said, **self.user,
            )  # fmt: skip
            with reader:
                self._client(reader.stdout)
            if reader.returncode:
                said.seek(0)
                raise ProgramError(told(said.read()))

    def leave(self) -> None:
        """Take out what is the drill's own, and end it, so that it can be started as it is."""
        with self.connected() as base:
            rows(base, f"drop user {ROLE}@localhost")
        self.end()

    def _client(self, source: Any) -> None:
        command = [self._program("mariadb"), f"--defaults-file={self.folder / 'client.cnf'}",
                   "--binary-mode", "--batch", "--max-allowed-packet=1G"]  # fmt: skip
        ran(command, stdin=source, cwd=self.folder, **self.user)

    def _answers(self) -> bool:
        if not (self.socket / "s").exists():
            return False
        try:
            self.connected().close()
        except pymysql.OperationalError:
            return False
        return True

    def _program(self, name: str) -> str:
        return program(name, self.source.programs)

    def _own(self) -> str:
        return (
            f"create or replace user {ROLE}@localhost identified by '{self._password}';\n"
            f"grant all privileges on *.* to {ROLE}@localhost with grant option;\n"
        )


def _settings(path: Path) -> dict[str, str]:
    """Return the settings that came with the files of a base, as far as they are needed."""
    if not path.is_file():
        return {}
    lines = path.read_text("utf-8", "replace").splitlines()
    found = (one for line in lines if (one := _SETTING.fullmatch(line)))
    return {one[1]: one[2] for one in found if one[1] in TAKEN}
