"""Brings a base and its WAL back from the vault into a folder; every byte is hashed on its way."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.drill.copies import copy_all
from hongxian.guards.keep.vault.postgresql import wal
from hongxian.guards.keep.vault.postgresql.bases import Base, bases, files
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.objects import Store


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back: the base, where its data and its WAL lie, and how many bytes."""

    base: Base
    data: Path
    wal: Path
    size: int


def restore(store: Store, name: str, folder: Path, until: float | None = None) -> Restored:
    """Bring the newest base back, and all WAL since its beginning.

    Args:
        store: the vault.
        name: of the server.
        folder: where to; ``data`` and ``wal`` are made in it.
        until: the newest base from before this moment (seconds since 1970) instead.

    Raises:
        HongxianError: there is no base, or an object is not as it came.
    """
    found = [one for one in bases(store, name) if until is None or one.at <= until]
    if not found:
        raise WordedError("keep_no_base", name)
    base = found[-1]
    data, archive = folder / "data", folder / "wal"
    for place in (data, archive, *(data / one for one in base.folders)):
        place.mkdir(mode=0o700, parents=True)
    jobs = [(entry, data / path) for path, entry in files(store, name, base)]
    jobs += [(entry, archive / segment) for segment, entry in _segments(store, name, base).items()]
    size = copy_all(store, jobs)
    size += _spooled(store, name, base, archive)
    return Restored(base, data, archive, size)


def _segments(store: Store, name: str, base: Base) -> dict[str, Entry]:
    """Return file name -> object of the WAL since a base; a broken-off one ends its timeline."""
    found: dict[str, Entry] = {}
    for entry in store.ledger.live(f"postgresql/{name}", "wal/"):
        word = entry.name.removeprefix("wal/")
        segment = word.removesuffix(".partial")
        if wal.HISTORY.fullmatch(word) or (
            wal.SEGMENT.fullmatch(segment) and segment[8:] >= base.segment[8:]
        ):
            found.setdefault(segment, entry)
    return found


def _spooled(store: Store, name: str, base: Base, archive: Path) -> int:
    """Copy the segment that is just being written: it holds the last transactions."""
    size = 0
    spool = store.root / "spool" / name
    for path in sorted(spool.glob("*")) if spool.is_dir() else ():
        segment = path.name.removesuffix(".partial")
        target = archive / segment
        known = wal.SEGMENT.fullmatch(segment) and segment[8:] >= base.segment[8:]
        if known and not target.exists():
            shutil.copyfile(path, target)
            target.chmod(0o600)
            size += target.stat().st_size
    return size
