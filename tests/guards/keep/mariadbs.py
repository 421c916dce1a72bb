"""Real MariaDB servers that write binary logs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.sensors.store.sources.servers import folder, free_port, new_mariadb, program, running
from tests.waiting import until

from hongxian.guards.keep.vault.mariadb.server import MariaServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.vault.mariadb.stream import BinlogStream


@dataclass
class Maria:
    """A server, and the file of its credentials."""

    place: Path
    port: int

    @property
    def server(self) -> MariaServer:
        """The server as the vault is told."""
        return MariaServer(name="shop", defaults=self.place / "my.cnf")

    @property
    def copied(self) -> MariaServer:
        """The server, whose bases are copies of its files."""
        words = (program("mariadb-backup"), f"--defaults-file={self.place / 'my.cnf'}", "--backup",
                 "--stream=mbstream", f"--target-dir={self.place / 'copy'}")  # fmt: skip
        return replace(self.server, backup=words)

    def lost(self) -> None:
        """Kill it as a broken machine does, and lose its files."""
        number = int((self.place / "p").read_text())
        os.kill(number, signal.SIGKILL)
        until(lambda: _ended(number))
        shutil.rmtree(self.place / "data")

    def sql(self, text: str, data: bytes | None = None) -> str:
        """Run statements; what they printed."""
        words = ("-N", "-B", "-e", text) if data is None else ()
        ran = subprocess.run(
            self.server.command("mariadb", *words), input=data, capture_output=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.decode().strip()


def _ended(number: int) -> bool:
    """Return whether a process holds nothing any more."""
    try:
        return not Path(f"/proc/{number}/maps").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


def caught_up(stream: BinlogStream, shop: Maria) -> Path:
    """Wait until the spool holds all that the server has written; return the newest log there."""
    log, written = shop.sql("show master status").split()[:2]
    spooled = stream.spool / log

    def there() -> bool:
        stream.look()
        return spooled.exists() and spooled.stat().st_size >= int(written)

    until(there, lambda: (log, written, list(stream.spool.iterdir())))
    return spooled


@contextmanager
def maria(*words: str, data: Path | None = None) -> Iterator[Maria]:
    """Run a server until the test is done, over files that are there if any."""
    import pymysql

    with folder() as place:
        there, port = data or place / "data", free_port()
        if data is None:
            new_mariadb(there)
        (place / "my.cnf").write_text(f"[client]\nhost=127.0.0.1\nport={port}\nuser=root\n")
        command = (program("mariadbd"), "--no-defaults", f"--datadir={there}", f"--port={port}",
                   f"--socket={place}/s", "--bind-address=127.0.0.1", f"--pid-file={place}/p",
                   f"--tmpdir={place}", "--innodb-flush-method=nosync", "--log-bin=log",
                   "--server-id=1", *words)  # fmt: skip

        def ready() -> None:
            pymysql.connect(host="127.0.0.1", port=port, user="root").close()

        with running(place, *command, ready=ready, end=signal.SIGKILL):
            yield Maria(place, port)
