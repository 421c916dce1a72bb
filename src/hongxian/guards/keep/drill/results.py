"""What drills have shown: kept as files, one for each drill."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hongxian.guards.keep.drill.settings import AnySource


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was looked at.

    ``what`` is ``table``, ``rows``, ``sum``, ``query``, ``mark``, ``amcheck``, ``rpo`` or ``rto``;
    ``outcome`` is ``passed``, ``failed`` or ``unclear``; ``told`` is a figure or a reason.
    """

    what: str
    name: str
    outcome: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A drill; times in seconds, moments since 1970.

    ``rto`` is how long it took until the server took statements, ``rpo`` how old the newest
    transaction was that came back; ``every`` how often drills were asked for; ``reason`` why it
    broke off.
    """

    source: str
    at: float
    outcome: str
    rto: float | None
    rpo: float | None
    latest: float | None
    base: str | None
    size: int
    every: float
    reason: str | None
    mark: str | None
    checks: tuple[Check, ...]

    def record(self) -> dict[str, Any]:
        """Return it as JSON-able data."""
        return asdict(self) | {"checks": [asdict(one) for one in self.checks]}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Trial:
        """Return what :meth:`record` gave."""
        return cls(**{**record, "checks": tuple(Check(**one) for one in record["checks"])})


def keep(trial: Trial, folder: Path) -> Path:
    """Keep a drill in the folder of its source; return its file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{datetime.fromtimestamp(trial.at, UTC):%Y%m%dT%H%M%S%fZ}.json"
    with path.open("x", encoding="utf-8") as out:
        json.dump(trial.record(), out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    return path


def trials(folder: Path) -> list[Trial]:
    """Return the drills of a source, the oldest first."""
    return [Trial.of(json.loads(path.read_bytes())) for path in sorted(folder.glob("*.json"))]


def due(source: AnySource, known: list[Trial], now: float | None = None) -> float:
    """Return in how many seconds the next drill is due; 0 or less: it is overdue.

    A drill that failed does not count.
    """
    passed = [one.at for one in known if one.outcome == "passed"]
    moment_ = time.time() if now is None else now
    return passed[-1] + source.every - moment_ if passed else 0.0


def moment(seconds: float) -> str:
    """Return a moment in ISO 8601, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
