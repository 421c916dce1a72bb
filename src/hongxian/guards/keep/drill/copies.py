"""Objects on their way out of a vault: every byte is hashed again."""

from __future__ import annotations

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.guards.keep.vault.objects import BLOCK
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.objects import Store

WORKERS = 4


def copy_all(store: Store, jobs: Iterable[tuple[Entry, Path]]) -> int:
    """Copy objects to new files; return their bytes.

    Raises:
        HongxianError: an object is not as it came.
    """
    with ThreadPoolExecutor(WORKERS) as pool:
        return sum(pool.map(lambda job: _copied(store, *job), jobs))


def hand_over(folder: Path, user: str) -> None:
    """Give a folder and all in it to another user."""
    shutil.chown(folder, user)
    for place, folders, names in os.walk(folder):
        for one in (*folders, *names):
            shutil.chown(Path(place) / one, user)


def _copied(store: Store, entry: Entry, path: Path) -> int:
    digest = hashlib.sha256()
    with store.open(entry.area, entry.name) as source, path.open("xb") as out:
        while data := source.read(BLOCK):
            digest.update(data)
            out.write(data)
    if digest.hexdigest() != entry.sha256:
        raise WordedError("keep_altered", entry.name)
    path.chmod(0o600)
    return entry.size
