"""Reads everything that the vault holds, and points at the first object that is not as it came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.keep.vault.objects import file_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.objects import Store


@dataclass(frozen=True, slots=True)
class Fault:
    """An object that is not as it came: ``altered``, ``missing`` or ``stranger`` (never entered).

    Args:
        what: which of these.
        area: whose it is.
        name: its name.
        at: when it had come, by the vault's clock; ``None`` for a stranger.
    """

    what: str
    area: str
    name: str
    at: float | None = None


@dataclass(slots=True)
class Checked:
    """What was read, and what was found; faults in the order of arrival.

    ``entry`` is the first entry of the ledger that is not as it was written.
    """

    objects: int = 0
    size: int = 0
    faults: list[Fault] = field(default_factory=list)
    entry: int | None = None

    @property
    def whole(self) -> bool:
        """Whether everything is as it came."""
        return not self.faults and self.entry is None


def check(store: Store, progress: Callable[[int], None] = lambda _: None) -> Checked:
    """Read and hash all objects.

    Args:
        store: whose.
        progress: told the number of objects read so far.
    """
    done = Checked(entry=store.ledger.first_altered())
    known = set()
    for entry in store.ledger.everything():
        path = store.path(entry.area, entry.name)
        known.add(path)
        if (fault := _fault(store, entry)) is not None:
            done.faults.append(Fault(fault, entry.area, entry.name, entry.at))
        done.objects += 1
        done.size += entry.size
        progress(done.objects)
    root = store.root / "objects"
    for path in sorted(root.rglob("*")):
        if not path.is_dir() and path not in known:
            area, name = _split(store, path.relative_to(root).as_posix())
            done.faults.append(Fault("stranger", area, name))
    return done


def _fault(store: Store, entry: Entry) -> str | None:
    path = store.path(entry.area, entry.name)
    if path.is_symlink():
        return "altered"
    try:
        same = path.stat().st_size == entry.size and file_hash(path) == entry.sha256
    except FileNotFoundError:
        return "missing"
    return None if same else "altered"


def _split(store: Store, path: str) -> tuple[str, str]:
    area = next((one for one in store.ledger.areas() if path.startswith(f"{one}/")), "")
    return area, path.removeprefix(f"{area}/")
