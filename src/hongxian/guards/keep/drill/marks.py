"""Marks: what all tables of a source held in one moment, kept outside of it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.drill.sums import Seen
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What was marked.

    ``at`` are seconds since 1970 by the drill's machine; ``position`` is where the server's log
    stood behind the marker (an LSN, or binary log and position), ``xid`` the marker's transaction
    and ``superuser`` a role that may all (of PostgreSQL alone); ``exact`` says that no row was
    written between marker and snapshot.
    """

    number: str
    at: float
    position: str
    exact: bool
    seed: int
    queries: Mapping[str, str]
    seen: Seen
    xid: int = 0
    database: str = ""
    superuser: str = ""


def keep_mark(made: Mark, folder: Path) -> None:
    """Keep a mark in the folder of its source."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    day = datetime.fromtimestamp(made.at, UTC).strftime("%Y%m%dT%H%M%S%fZ")
    told = asdict(made) | {"seen": made.seen.record()}
    path = folder / f"{day}-{made.number}.json"
    with path.open("x", encoding="utf-8") as out:
        json.dump(told, out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())


def marks(folder: Path) -> list[Mark]:
    """Return the marks of a folder, the oldest first."""
    found = []
    for path in sorted(folder.glob("*.json")):
        told: dict[str, Any] = json.loads(path.read_bytes())
        found.append(Mark(**told | {"seen": Seen.of(told["seen"])}))
    return found


def fault_of(error: Exception) -> str:
    """Return what a server said of a mark that it refused, as one line without values."""
    return mask(" ".join(str(error).split()))[:200] or type(error).__name__
