"""Base backups of a server, pulled by the vault and verified before they count."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from hongxian.guards.keep.programs import ran
from hongxian.guards.keep.vault.objects import Place
from hongxian.guards.keep.vault.postgresql.server import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.objects import Store
    from hongxian.guards.keep.vault.postgresql.server import Server

ABOUT = "about.json"
"""Written last: a base without it is none."""

_START = re.compile(r"^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base backup; ``at`` by the vault's clock, in seconds since 1970.

    ``segment`` is the first that is needed, ``end`` the position (LSN) up to which WAL must be
    replayed before it is consistent; ``folders`` are all that it has, with empty ones.
    """

    number: str
    at: float
    segment: str
    timeline: int
    end: str
    size: int
    folders: tuple[str, ...]

    @property
    def prefix(self) -> str:
        """How the names of its objects begin."""
        return f"base/{self.number}/"


def pull(store: Store, server: Server, hold: float) -> Base:
    """Take a base backup.

    Args:
        store: the vault.
        server: of which.
        hold: seconds for which it is held at least.

    Raises:
        ProgramError: PostgreSQL's programs could not take it, or found that it is not whole.
    """
    number = datetime.fromtimestamp(store.clock.now(), UTC).strftime("%Y%m%dT%H%M%S%fZ")
    place = Path(tempfile.mkdtemp(dir=store.root / "incoming"))
    try:
        folder = place / "base"
        ran([server.program("pg_basebackup"), "-d", server.words(), "-D", str(folder), "-Fp",
             "-X", "none", "-c", "fast", "-w", "-l", f"vault {number}",
             "--manifest-checksums=SHA256"], PATIENCE)  # fmt: skip
        ran([server.program("pg_verifybackup"), "-n", str(folder)])
        return _kept(store, server, folder, number, hold)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def bases(store: Store, name: str) -> list[Base]:
    """Return the whole bases of a server, the oldest first."""
    found = []
    for entry in store.ledger.live(f"postgresql/{name}", "base/"):
        if entry.name.endswith(f"/{ABOUT}") and entry.name.count("/") == 2:
            try:
                with store.open(entry.area, entry.name) as source:
                    told: dict[str, Any] = json.load(source)
            except FileNotFoundError:  # it has just gone
                continue
            found.append(Base(**told | {"folders": tuple(told["folders"])}))
    return sorted(found, key=lambda base: base.at)


def files(store: Store, name: str, base: Base) -> Iterator[tuple[str, Entry]]:
    """Yield path within the data directory and object of each file of a base."""
    prefix = f"{base.prefix}files/"
    for entry in store.ledger.live(f"postgresql/{name}", prefix):
        yield unquote(entry.name.removeprefix(prefix)), entry


def _kept(store: Store, server: Server, folder: Path, number: str, hold: float) -> Base:
    start = _START.search((folder / "backup_label").read_text("utf-8"))
    span = json.loads((folder / "backup_manifest").read_bytes())["WAL-Ranges"][-1]
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    base = Base(
        number=number, at=store.clock.now(), segment=start[1] if start else "",
        timeline=span["Timeline"], end=span["End-LSN"],
        size=sum(path.stat().st_size for path in paths),
        folders=tuple(sorted(
            one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_dir()
        )),
    )  # fmt: skip

    def placed(name: str) -> Place:
        area = f"postgresql/{server.name}"  # a client of restic may be called as a server
        return Place(area, base.prefix + name, area, hold)

    store.adopt((path, placed(f"files/{_name(folder, path)}")) for path in paths)
    incoming = store.incoming(placed(ABOUT))
    try:
        incoming.write(json.dumps(asdict(base)).encode())
        incoming.keep()
    finally:
        incoming.close()
    return base


def _name(folder: Path, path: Path) -> str:
    """Return the name of a file as an object can have it."""
    parts = (quote(os.fsencode(one), safe="") for one in path.relative_to(folder).parts)
    return "/".join(
        (f"%2E{one[1:]}" if one[0] == "." else one).replace("~", "%7E") for one in parts
    )
