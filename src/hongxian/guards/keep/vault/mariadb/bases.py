"""Bases of a MariaDB server: dumps of one moment, or copies of its files by ``mariadb-backup``.

Each is one object. A dump names in its text from where binary logs go on; beside a copy of files
stands an object that says so, written last: a copy without it is none.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from hongxian.guards.keep.programs import ProgramError, told
from hongxian.guards.keep.vault.mariadb.xbstream import chunks
from hongxian.guards.keep.vault.objects import BLOCK, Place
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.mariadb.server import MariaServer
    from hongxian.guards.keep.vault.objects import Incoming, Store

WORDS = (
    "--all-databases", "--single-transaction", "--quick", "--routines", "--events", "--triggers",
    "--hex-blob", "--master-data=2", "--flush-logs",
)  # fmt: skip
"""A dump of one moment, at the beginning of a binary log that it names."""
ENDED = b"-- Dump completed"
"""The last line of a whole dump."""
DUMP, FILES, ABOUT = ".sql", ".mbstream", ".json"
"""How the names of a dump, of a copy of files, and of what is told about it end."""
PREFIX = "base/"

_START = re.compile(rb"MASTER_LOG_FILE='([^']+)', MASTER_LOG_POS=(\d+)")
_POSITION = re.compile(rb"([A-Za-z0-9_.-]+\.\d{6,})\t(\d+)")
_NAMES = (b"xtrabackup_", b"mariadb_backup_")
"""How mariadb-backup's own files begin; the second since MariaDB 11.1."""


@dataclass(frozen=True, slots=True)
class Base:
    """A base: its objects, the one with data first, and from where binary logs go on."""

    entries: tuple[Entry, ...]
    log: str
    position: int

    @property
    def entry(self) -> Entry:
        """The object with its data."""
        return self.entries[0]

    @property
    def files(self) -> bool:
        """Whether it is a copy of files, and no dump."""
        return self.entry.name.endswith(FILES)

    @property
    def number(self) -> str:
        """What it is called."""
        return self.entry.name.removeprefix(PREFIX).partition(".")[0]


def pull(store: Store, server: MariaServer, hold: float) -> None:
    """Take a base: a copy of files when the server is told how, else a dump.

    Args:
        store: the vault.
        server: of which.
        hold: seconds for which it is held at least.

    Raises:
        ProgramError: it could not be taken.
        HongxianError: what came is not whole.
    """
    area = f"mariadb/{server.name}"
    number = datetime.fromtimestamp(store.clock.now(), UTC).strftime(f"{PREFIX}%Y%m%dT%H%M%S%fZ")
    if not server.backup:
        incoming = store.incoming(Place(area, number + DUMP, area, hold))
        with _closed(incoming):
            _dump(server.command("mariadb-dump", *WORDS), incoming)
        return
    incoming = store.incoming(Place(area, number + FILES, area, hold))
    with _closed(incoming):
        log, position = _copy(server.backup, incoming)
    about = store.incoming(Place(area, number + ABOUT, area, hold))
    with _closed(about):
        about.write(json.dumps({"log": log, "position": position}).encode())


def bases(store: Store, name: str) -> list[Base]:
    """Return the whole bases of a server, the oldest first."""
    area = f"mariadb/{name}"
    held = {entry.name: entry for entry in store.ledger.live(area, PREFIX)}
    found = []
    for word, entry in held.items():
        about = held.get(word.removesuffix(FILES) + ABOUT) if word.endswith(FILES) else None
        try:
            with store.open(area, about.name if about else word) as source:
                head = source.read(1 << 16)
        except FileNotFoundError:  # it has just gone
            continue
        if about is not None:
            told_ = json.loads(head)
            found.append(Base((entry, about), told_["log"], told_["position"]))
        elif word.endswith(DUMP) and (start := _START.search(head)):
            found.append(Base((entry,), start[1].decode(), int(start[2])))
    return sorted(found, key=lambda base: base.entry.at)


def _dump(command: Sequence[str], incoming: Incoming) -> None:
    end = b""
    with _output(command) as source:
        while data := source.read(BLOCK):
            incoming.write(data)
            end = (end + data)[-200:]
    if ENDED not in end:
        raise ProgramError(ENDED.decode())


@dataclass(slots=True)
class _Tee:
    """Reads, and writes all that was read to an object on its way in."""

    source: IO[bytes]
    incoming: Incoming

    def read(self, size: int, /) -> bytes:
        data = self.source.read(size)
        self.incoming.write(data)
        return data


def _copy(command: Sequence[str], incoming: Incoming) -> tuple[str, int]:
    """Take a copy of files; return log and position from which binary logs go on."""
    notes: dict[str, bytes] = {}
    with _output(command) as source:
        for chunk in chunks(_Tee(source, incoming)):
            if chunk.path.encode().startswith(_NAMES):
                kind = chunk.path.rpartition("backup_")[2]
                notes[kind] = notes.get(kind, b"") + chunk.data[: 1 << 16]
    # what is written last says that all before it was written
    if not {"checkpoints", "info"} <= notes.keys() or b"full-backuped" not in notes["checkpoints"]:
        raise WordedError("keep_backup_stream", reason="info")
    found = _POSITION.match(notes.get("binlog_info", b""))
    if found is None:
        raise WordedError("keep_backup_stream", reason="binlog_info")
    return found[1].decode(), int(found[2])


@contextmanager
def _closed(incoming: Incoming) -> Iterator[None]:
    """Keep an object when all went well, and leave nothing of it else."""
    try:
        yield
        incoming.keep()
    finally:
        incoming.close()


@contextmanager
def _output(command: Sequence[str]) -> Iterator[IO[bytes]]:
    """Run a program, and give what it prints; it must end well."""
    with tempfile.TemporaryFile() as said:
        try:
            child = subprocess.Popen(  # noqa: S603 - from our settings
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said
            )
        except OSError as error:
            raise ProgramError(error.strerror or type(error).__name__) from None
        fault: WordedError | None = None
        with child:
            assert child.stdout is not None  # noqa: S101 - it was asked for
            try:
                yield child.stdout
            except WordedError as error:
                fault = error
                if child.stdout.read(1):  # it goes on to print what nobody can read
                    child.kill()
            finally:
                child.stdout.close()
        if child.returncode and (fault is None or child.returncode > 0):
            said.seek(0)
            raise ProgramError(told(said.read()) or str(child.returncode))
        if fault is not None:
            raise fault
