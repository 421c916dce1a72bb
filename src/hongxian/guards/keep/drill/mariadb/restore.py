"""Brings a base of MariaDB and its binary logs back from the vault into a folder."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.drill.copies import copy_all
from hongxian.guards.keep.drill.mariadb.binlog import MAGIC, whole
from hongxian.guards.keep.vault.mariadb.bases import Base, bases
from hongxian.guards.keep.vault.mariadb.stream import LOG, number
from hongxian.guards.keep.vault.mariadb.xbstream import unpack
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.vault.objects import Store


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back.

    ``data`` holds the files of a base, ``dump`` is the text of one that is a dump; ``logs`` are the
    binary logs, cut behind the last transaction that is to come back, which was made at ``latest``
    (seconds since 1970, 0 when there is none).
    """

    base: Base
    data: Path
    dump: Path | None
    logs: tuple[Path, ...]
    latest: float
    size: int


def restore(store: Store, name: str, folder: Path, until: float | None = None) -> Restored:
    """Bring the newest base back, and all binary logs since then.

    Args:
        store: the vault.
        name: of the server.
        folder: where to; ``data`` and ``logs`` are made in it.
        until: the newest base from before this moment (seconds since 1970) instead, logs up to it.

    Raises:
        HongxianError: there is no base, an object is not as it came, or a log is missing.
    """
    found = [one for one in bases(store, name) if until is None or one.entry.at <= until]
    if not found:
        raise WordedError("keep_no_base", name)
    base = found[-1]
    data, logs = folder / "data", folder / "logs"
    for place in (data, logs):
        place.mkdir(mode=0o700)
    copy = folder / base.entry.name.rpartition("/")[2]
    size = copy_all(store, [(base.entry, copy)])
    if base.files:
        with copy.open("rb") as source:
            unpack(source, data)
        copy.unlink()
    size += _logs(store, name, base, logs)
    paths, latest = _cut(sorted(logs.iterdir(), key=lambda one: number(one.name)), base, until)
    return Restored(base, data, None if base.files else copy, tuple(paths), latest, size)


def _logs(store: Store, name: str, base: Base, folder: Path) -> int:
    first = number(base.log)
    held = store.ledger.live(f"mariadb/{name}", "binlog/")
    jobs = [
        (entry, folder / entry.name.removeprefix("binlog/"))
        for entry in held if number(entry.name) >= first
    ]  # fmt: skip
    size = copy_all(store, jobs)
    spool = store.root / "spool" / f"mariadb-{name}"  # the one being written: the last transactions
    for path in sorted(spool.iterdir()) if spool.is_dir() else ():
        target = folder / path.name
        if LOG.fullmatch(path.name) and number(path.name) >= first and not target.exists():
            shutil.copyfile(path, target)
            target.chmod(0o600)
            size += target.stat().st_size
    return size


def _cut(logs: list[Path], base: Base, until: float | None) -> tuple[list[Path], float]:
    """Leave what is to come back: whole transactions, one log behind the other."""
    kept: list[Path] = []
    latest = 0.0
    for expected, path in enumerate(logs, number(base.log)):
        if number(path.name) != expected:
            raise WordedError("keep_log_gap", log=expected)
        end, newest, ended = whole(path, until)
        latest = newest or latest
        if expected == number(base.log):
            end = max(end, base.position)
        if ended or path == logs[-1]:
            os.truncate(path, min(end, path.stat().st_size))
        if end > len(MAGIC):
            kept.append(path)
        if ended:
            break
    return kept, latest
