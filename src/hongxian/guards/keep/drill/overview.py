"""What is protected, how the last drills went, and where the gaps are; as JSON-able data."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.drill.marks import marks
from hongxian.guards.keep.drill.results import due, moment, trials
from hongxian.guards.keep.vault.held import held
from hongxian.guards.keep.vault.mariadb.bases import bases as maria_bases
from hongxian.guards.keep.vault.mariadb.stream import number
from hongxian.guards.keep.vault.postgresql import wal
from hongxian.guards.keep.vault.postgresql.bases import bases
from hongxian.words.mask import mask_all

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.drill.settings import AnySource, DrillSettings
    from hongxian.guards.keep.vault.objects import Store

ALARMS = 50
"""Alarms that are shown, of each log."""


def overview(settings: DrillSettings, store: Store) -> dict[str, Any]:
    """Return what a report tells.

    Args:
        settings: of the drills.
        store: the vault.
    """
    now = time.time()
    logs = (settings.vault / "alarms.jsonl", settings.folder / "alarms.jsonl")
    record: dict[str, Any] = mask_all({
        "name": settings.name, "at": moment(now),
        "sources": [
            _source(settings, store, one, now) for one in settings.sources.values()
        ],
        "held": [one.record() for one in held(store)],
        "alarms": sorted((row for log in logs for row in _alarms(log)), key=lambda row: row["at"]),
    })  # fmt: skip
    return record


def _source(settings: DrillSettings, store: Store, source: AnySource, now: float) -> dict[str, Any]:
    known = trials(settings.folder / "trials" / source.name)
    told = marks(settings.folder / "marks" / source.name)
    left = due(source, known, now)
    at = _mariadb if source.KIND == "mariadb" else _postgresql
    return {
        "name": source.name, "state": _state(known, left), "due_days": round(left / 86_400, 1),
        "every_days": round(source.every / 86_400, 2), **at(store, source.name),
        "mark": moment(told[-1].at) if told else None,
        "last": known[-1].record() | {"moment": moment(known[-1].at)} if known else None,
        "drills": len(known),
    }  # fmt: skip


def _postgresql(store: Store, name: str) -> dict[str, Any]:
    found = bases(store, name)
    names = [
        entry.name.removeprefix("wal/") for entry in store.ledger.live(f"postgresql/{name}", "wal/")
    ]
    segments = [one for one in names if wal.SEGMENT.fullmatch(one)]
    times = [one.at for one in found]
    return _copies(times, segments, max(segments, default=None), list(wal.gaps(segments)))


def _mariadb(store: Store, name: str) -> dict[str, Any]:
    times = [one.entry.at for one in maria_bases(store, name)]
    logs = [
        entry.name.removeprefix("binlog/")
        for entry in store.ledger.live(f"mariadb/{name}", "binlog/")
    ]
    numbers = sorted(number(one) for one in logs)
    gaps = [f"{one + 1:06}" for one, two in pairwise(numbers) if two > one + 1]
    return _copies(times, logs, max(logs, key=number, default=None), gaps)


def _copies(
    times: list[float], segments: list[str], newest: str | None, gaps: list[str]
) -> dict[str, Any]:
    return {
        "bases": len(times), "base": moment(times[-1]) if times else None,
        "segments": len(segments), "segment": newest, "gaps": gaps,
    }  # fmt: skip


def _state(known: list[Any], left: float) -> str:
    if not known:
        return "never"
    if known[-1].outcome == "failed":
        return "failed"
    return "overdue" if left <= 0 else "passed"


def _alarms(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8").splitlines()[-ALARMS:]
    except OSError:
        return []
    return [json.loads(line) for line in lines]
