"""The log: one writer adds entries, and an entry counts once the disk has it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.evidence.clock import TrustedClock
from hongxian.guards.keep.evidence.entry import (
    FIRST,
    Entry,
    EntryError,
    covered,
    line_hash,
    read_entry,
    seconds_of,
    stamp,
)
from hongxian.guards.keep.evidence.heads import Head
from hongxian.guards.keep.evidence.verify import heads_of, verify_log
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hongxian.guards.keep.evidence.keys import SigningKey
    from hongxian.guards.keep.evidence.verify import Verified


class EvidenceLog:
    """Adds entries to a file; whoever opens it second is refused.

    Opening reads all of it: a log that was altered or cut takes no further entry. Half a last line,
    as a crash leaves it, was never acknowledged: it is kept beside the log, cut off and told.

    Args:
        path: the file; made when it is not there. Heads lie beside it in ``PATH.heads``.
        key: signs the heads.
        clock: tells the time; goes on from the last entry.

    Raises:
        HongxianError: it is open elsewhere, was altered, or cannot be written.
    """

    def __init__(self, path: Path, key: SigningKey, clock: TrustedClock | None = None) -> None:
        """Open, check and mend it."""
        self.path, self.clock = path, clock or TrustedClock()
        self._key, self._lock, self._syncing = key, threading.Lock(), threading.Lock()
        self._broken, self._synced = False, 0
        self._file = _opened(path)
        try:
            found = verify_log(path, heads_of(path), key.public, whole=False)
            self._take(found)
        except BaseException:
            os.close(self._file)
            raise

    def _take(self, found: Verified) -> None:
        if found.faults:
            raise WordedError("keep_log_altered", self.path, fault=found.faults[0].worded())
        self._tree, self.origin, self._prev = found.tree, found.origin, found.last or FIRST
        self._size, self._headed = found.bytes, 0
        if found.at:
            self.clock.not_before(seconds_of(found.at))
        torn = os.pread(self._file, os.fstat(self._file).st_size, self._size)
        if torn:
            self._mend(torn)
        if not self.origin:
            self.origin = f"hongxian.keep/{secrets.token_hex(8)}"
            self.record("opened", {"origin": self.origin, "key": self._key.public})

    def _mend(self, torn: bytes) -> None:
        """Cut half a line off, after it was put aside; told in the log itself."""
        aside = self.path.with_name(f"{self.path.name}.torn-{self._tree.size}")
        aside.write_bytes(torn)
        os.ftruncate(self._file, self._size)
        self._flush()
        if self.origin:
            cut = {"bytes": len(torn), "cut_hash": hashlib.sha256(torn).hexdigest()}
            self.record("mended", {"after": self._tree.size, **cut})

    @property
    def size(self) -> int:
        """Entries, those included that the disk may not have yet."""
        return self._tree.size

    def append(self, kind: str, body: Mapping[str, Any]) -> Entry:
        """Add an entry, which counts after the next :meth:`sync`; its PI is covered.

        Raises:
            HongxianError: it cannot be written; nothing of it stays.
        """
        with self._lock:
            if self._broken:
                raise WordedError("keep_log_broken", self.path)
            entry = Entry(
                seq=self._tree.size, at=stamp(self.clock.now()), kind=kind, body=covered(body),
                prev=self._prev,
            )  # fmt: skip
            try:
                line = entry.line()
                read_entry(line)
            except (EntryError, TypeError) as error:
                raise WordedError("keep_entry", self.path, kind=kind, reason=error) from None
            self._write(line + b"\n")
            self._prev = line_hash(line)
            self._tree.add(bytes.fromhex(self._prev))
            return entry

    def _write(self, data: bytes) -> None:
        """Write all of it or nothing."""
        done = 0
        try:
            while done < len(data):
                done += os.write(self._file, data[done:])
        except OSError as error:
            self._broken = True
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
                self._broken = False
            raise unreadable(self.path, error) from None
        self._size += len(data)

    def sync(self) -> None:
        """Wait until the disk has all entries so far; many that wait share one turn of the disk.

        Raises:
            HongxianError: the disk has failed; the log takes nothing more.
        """
        wanted = self._tree.size
        with self._syncing:
            if self._synced >= wanted:
                return
            wanted = self._tree.size
            self._flush()
            self._synced = wanted

    def _flush(self) -> None:
        try:
            os.fdatasync(self._file)
        except OSError as error:
            self._broken = True  # what the kernel has dropped by then is not known
            raise unreadable(self.path, error) from None

    def record(self, kind: str, body: Mapping[str, Any]) -> Entry:
        """Add an entry and wait until the disk has it."""
        entry = self.append(kind, body)
        self.sync()
        return entry

    def head(self) -> str | None:
        """Return a signed head, added to those beside the log; ``None`` if none is due."""
        with self._lock:
            if self._headed == self._tree.size:
                return None
            size, root = self._tree.size, self._tree.root()
            self._headed = size
        self.sync()
        note = Head(self.origin, size, root, stamp(self.clock.now())).note(self._key)
        try:
            add_head(heads_beside(self.path), note)
        except OSError as error:
            raise unreadable(heads_beside(self.path), error) from None
        return note

    def close(self) -> None:
        """Sign a last head and let others open it."""
        try:
            if not self._broken:
                self.head()
        finally:
            os.close(self._file)


def heads_beside(path: Path) -> Path:
    """Return where the heads of a log lie."""
    return path.with_name(f"{path.name}.heads")


def add_head(path: Path, note: str) -> None:
    """Add a head to a file and wait until the disk has it.

    Raises:
        OSError: it cannot be written.
    """
    place = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(place, (note + "\n").encode())
        os.fsync(place)
    finally:
        os.close(place)


def _opened(path: Path) -> int:
    try:
        place = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(place)
        raise WordedError("keep_log_open", path) from None
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return place
