"""Objects that are written once: no name is ever given twice, and nothing is changed or removed.

A stream goes to a temporary file, to the disk, and then gets its name by ``link(2)``, which never
replaces one. Only the vault itself removes what it has held long enough by its own clock.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from hongxian.guards.keep.vault.ledger import Entry, Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.guards.keep.vault.clock import VaultClock

BLOCK = 1 << 20
"""Bytes that are read at once."""
FILE, FOLDER = 0o440, 0o750
"""Rights: a group may read, so that a drill runs under a user of its own."""

_NAME = re.compile(
    r"[A-Za-z0-9_+%-][A-Za-z0-9._+%-]{0,254}(/[A-Za-z0-9_+%-][A-Za-z0-9._+%-]{0,254}){0,15}"
)


class RefusedError(Exception):
    """The vault does not do it.

    Args:
        reason: a word of the list in ``words/keep_vault.toml``: ``refused_<reason>``.
        values: what fills its places.
    """

    def __init__(self, reason: str, **values: object) -> None:
        """Keep the word."""
        super().__init__(reason)
        self.reason, self.values = reason, values


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object is to stand, who brings it, and how long it is held (seconds)."""

    area: str
    name: str
    client: str
    hold: float


class Incoming:
    """An object on its way in; without :meth:`keep` nothing is left of it."""

    def __init__(self, store: Store, place: Place) -> None:
        """Open a temporary file."""
        self._store, self._place = store, place
        number, self._path = tempfile.mkstemp(dir=store.root / "incoming")
        self._file = os.fdopen(number, "wb")
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Add bytes.

        Raises:
            RefusedError: the disk would fall short of its reserve.
        """
        self._store.room(len(data))
        self._hash.update(data)
        self._file.write(data)
        self.size += len(data)

    def read(self) -> bytes:
        """Return what has come so far."""
        self._file.flush()
        with open(self._path, "rb") as source:  # noqa: PTH123 - one call less for each object
            return source.read()

    @property
    def sha256(self) -> str:
        """The hash of what has come so far."""
        return self._hash.hexdigest()

    def keep(self) -> Entry:
        """Give it its name, for ever.

        Raises:
            RefusedError: the name stands already.
        """
        self._file.flush()
        os.fchmod(self._file.fileno(), FILE)
        os.fsync(self._file.fileno())
        return self._store.name(self._path, self._place, self.sha256, self.size)

    def close(self) -> None:
        """Remove the temporary file."""
        self._file.close()
        os.unlink(self._path)  # noqa: PTH108 - as above


class Store:
    """The folder of a vault.

    Args:
        root: the folder; made when it is not there.
        clock: the vault's own.
        reserve: bytes of the disk that stay free.
        readonly: whether to look only.
    """

    def __init__(
        self, root: Path, clock: VaultClock, reserve: int = 0, *, readonly: bool = False
    ) -> None:
        """Open it."""
        self.root, self.clock, self.reserve = root, clock, reserve
        if not readonly:
            for folder in (root, root / "objects"):
                folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
            (root / "incoming").mkdir(mode=0o700, exist_ok=True)
        self.ledger = Ledger(root / "ledger.sqlite", readonly=readonly)

    def recover(self) -> None:
        """Put in order what an earlier end left: half-named objects, temporary files."""
        for entry in self.ledger.intended():
            path = self.path(entry.area, entry.name)
            if path.exists() and file_hash(path) == entry.sha256:
                self.ledger.append([entry])
            else:
                self.ledger.forgo(entry)
        self._unlink(self.ledger.expired())
        for left in (self.root / "incoming").iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def path(self, area: str, name: str) -> Path:
        """Return where an object lies.

        Raises:
            RefusedError: the name is none that an object can have.
        """
        if not _NAME.fullmatch(area) or not _NAME.fullmatch(name):
            raise RefusedError("name")
        return self.root / "objects" / area / name

    def incoming(self, place: Place) -> Incoming:
        """Begin an object.

        Raises:
            RefusedError: its name stands already, or is none that an object can have.
        """
        self._free(place)
        return Incoming(self, place)

    def name(self, source: str | Path, place: Place, sha256: str, size: int) -> Entry:
        """Give a finished file of this file system its name.

        Raises:
            RefusedError: the name stands already.
        """
        self._free(place)
        entry = self._entry(place, sha256, size)
        self._enter([source], [entry])
        return entry

    def adopt(self, files: Iterable[tuple[Path, Place]]) -> list[Entry]:
        """Take many finished files of this file system at once; they are hashed here.

        Raises:
            RefusedError: a name stands already.
        """
        sources: list[str | Path] = []
        entries = []
        for source, place in files:
            source.chmod(FILE)
            self._free(place)
            sources.append(source)
            entries.append(self._entry(place, file_hash(source), source.stat().st_size))
        self._enter(sources, entries)
        return entries

    def expire(
        self, entries: Iterable[Entry], replaced: frozenset[str] = frozenset()
    ) -> list[Entry]:
        """Remove what has been held long enough; return what was removed.

        What is still held stays, whoever asks.

        Args:
            entries: what is to go.
            replaced: names that hold nothing which another object does not hold now.
        """
        now, gone = self.clock.now(), []
        for entry in entries:
            if entry.until > now and entry.name not in replaced:
                continue
            gone.append(Entry(
                area=entry.area, name=entry.name, sha256=entry.sha256, size=entry.size,
                client=entry.client, at=now, until=entry.until, act="expire",
            ))  # fmt: skip
        self.ledger.append(gone)
        self._unlink(gone)
        return gone

    def open(self, area: str, name: str) -> IO[bytes]:
        """Open an object to read it.

        Raises:
            FileNotFoundError: there is none.
        """
        return self.path(area, name).open("rb")

    def room(self, more: int) -> None:
        """Make sure that the disk keeps its reserve.

        Raises:
            RefusedError: it would not.
        """
        if self.reserve and shutil.disk_usage(self.root).free - more < self.reserve:
            raise RefusedError("reserve")

    def _entry(self, place: Place, sha256: str, size: int) -> Entry:
        now = self.clock.now()
        return Entry(
            area=place.area, name=place.name, sha256=sha256, size=size, client=place.client,
            at=now, until=now + place.hold,
        )  # fmt: skip

    def _unlink(self, gone: Iterable[Entry]) -> None:
        for entry in gone:
            self.path(entry.area, entry.name).unlink(missing_ok=True)

    def _free(self, place: Place) -> None:
        if self.path(place.area, place.name).exists():
            raise RefusedError("exists", name=place.name)

    def _enter(self, sources: list[str | Path], entries: list[Entry]) -> None:
        """Link files to their names; an end in between is put in order by :meth:`recover`."""
        paths = [self.path(entry.area, entry.name) for entry in entries]
        self.ledger.intend(entries)
        try:
            for source, path in zip(sources, paths, strict=True):
                path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
                os.link(source, path)
        except FileExistsError as error:
            raise RefusedError("exists", name=Path(error.filename2).name) from None
        for folder in {path.parent for path in paths}:
            _sync(folder)
        self.ledger.append(entries)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def blocks(source: IO[bytes], size: int) -> Iterator[bytes]:
    """Yield so many bytes of a file, block by block."""
    while size > 0 and (data := source.read(min(BLOCK, size))):
        size -= len(data)
        yield data


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
