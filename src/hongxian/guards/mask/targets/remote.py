"""Object stores and other file systems by fsspec: an object is there whole, or not at all."""

from __future__ import annotations

import io
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from uuid import uuid4

from hongxian.errors import Exit
from hongxian.guards.mask.targets.target import TargetError
from hongxian.sensors.store.sources.remote import reached
from hongxian.sensors.store.sources.sources import plain_name
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMITS = frozenset({"s3", "s3a", "gs", "gcs"})
"""File systems that send an object in parts, and show it only when told that it is whole."""


PART = 1 << 25
"""Bytes of a part; several are sent at once, and an object may have 10,000: 320 GB."""


class RemoteTarget:
    """What an address names.

    Args:
        spec: the address; options of the file system may follow ``?``.

    Raises:
        HongxianError: its driver is not installed, or the address is none.
    """

    def __init__(self, spec: str) -> None:
        """Find the file system; nothing is asked of it yet."""
        self.shown = plain_name(spec)
        self.system, self.root = reached(spec, self.shown)
        self.root = self.root.rstrip("/")

    @property
    def name(self) -> str:
        """The last part."""
        return self.root.rsplit("/", 1)[-1]

    @contextmanager
    def file(self, mode: int | None, backup: str | None = None) -> Iterator[BinaryIO]:
        """Open the one object."""
        del mode
        with _object(self.system, self.root, self.shown, self._kept(backup)) as out:
            yield out

    @contextmanager
    def folder(self, mode: int | None) -> Iterator[RemoteFolder]:
        """Open a folder.

        Raises:
            HongxianError: there is something in it already, or it cannot be listed.
        """
        del mode
        with _told(self.shown):
            self.system.invalidate_cache()
            if _there(self.system, self.root):
                raise WordedError("mask_output_there", self.shown)
        folder = RemoteFolder(self.system, self.root, self.shown)
        try:
            yield folder
        except BaseException:
            folder.forget()
            raise

    def _kept(self, backup: str | None) -> str | None:
        if backup is None:
            return None
        kept = f"{self.root.rpartition('/')[0]}/{backup}"
        with _told(self.shown):
            self.system.invalidate_cache()
            if self.system.exists(kept):
                raise WordedError("mask_backup_there", f"{self.shown}.bak")
        return kept


class RemoteFolder:
    """A folder that is being filled.

    Args:
        system: its file system.
        root: its path there.
        shown: what may be printed of it.
    """

    def __init__(self, system: Any, root: str, shown: str) -> None:
        """Begin with nothing."""
        self.system, self.root, self.shown = system, root, shown
        self.written: list[str] = []

    @contextmanager
    def file(self, name: str, mode: int | None) -> Iterator[BinaryIO]:
        """Open a new object in it."""
        del mode
        path = f"{self.root}/{name}"
        with _object(self.system, path, f"{self.shown}/{name}", None) as out:
            yield out
        self.written.append(path)

    def forget(self) -> None:
        """Take away what was written, as far as the file system lets us."""
        for path in self.written:
            with suppress(Exception):
                self.system.rm_file(path)


def _there(system: Any, root: str) -> bool:
    try:
        return bool(system.ls(root, detail=False))
    except FileNotFoundError:
        return False


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """Make one line of whatever a file system raises; every one has errors of its own."""
    try:
        yield
    except WordedError:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        kind = type(error).__name__
        raise TargetError("mask_not_written", shown, Exit.SENSOR, kind=kind) from None


@contextmanager
def _object(system: Any, path: str, shown: str, kept: str | None) -> Iterator[BinaryIO]:
    protocol = system.protocol
    commits = bool(_COMMITS.intersection([protocol] if isinstance(protocol, str) else protocol))
    folder, _, name = path.rpartition("/")
    part = path if commits else f"{folder}/.hongxian-{uuid4().hex}-{name}"
    own = {"autocommit": False, "block_size": PART} if commits else {}
    with _told(shown):
        if not commits:
            system.makedirs(folder, exist_ok=True)
        stream = system.open(part, "wb", **own)
    try:
        yield cast("BinaryIO", _Out(stream, shown))
        with _told(shown):
            stream.close()
            if kept is not None:
                system.cp_file(path, kept)
            if commits:
                stream.commit()
            else:
                system.mv(part, path)
            system.invalidate_cache()
    except BaseException:
        _dropped(system, stream, part, commits=commits)
        raise


def _dropped(system: Any, stream: Any, part: str, *, commits: bool) -> None:
    """Forget an object that did not become whole."""
    with suppress(Exception):
        stream.close()
    with suppress(Exception):
        stream.closed = True  # one that could not be closed would try again when it is forgotten
    with suppress(Exception):
        if commits:
            stream.discard()
        else:
            system.rm_file(part)


class _Out(io.RawIOBase):
    """Takes bytes for an object; what goes wrong is one line."""

    def __init__(self, stream: Any, shown: str) -> None:
        super().__init__()
        self.stream, self.shown, self.size = stream, shown, 0

    def writable(self) -> bool:
        """Say yes."""
        return True

    def tell(self) -> int:
        """Return how many bytes there were."""
        return self.size

    def write(self, data: Any) -> int:
        """Take bytes.

        Raises:
            HongxianError: they cannot be written.
        """
        with _told(self.shown):
            size = memoryview(data).nbytes
            self.stream.write(bytes(data))
        self.size += size
        return size
