"""One drill: a copy is restored, replayed, looked at, and thrown away; what was seen is kept."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.marks import TABLE, Mark, marks
from hongxian.guards.keep.drill.restore import hand_over, restore
from hongxian.guards.keep.drill.results import Check, Trial, moment
from hongxian.guards.keep.drill.scratch import PORT, Scratch
from hongxian.guards.keep.drill.sums import connected, seen
from hongxian.guards.keep.programs import ProgramError, program, ran
from hongxian.guards.keep.vault.postgresql.wal import position_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.drill.restore import Restored
    from hongxian.guards.keep.drill.settings import DrillSettings, SourceSettings
    from hongxian.guards.keep.drill.sums import Seen
    from hongxian.guards.keep.vault.objects import Store

PAUSED = "select pg_get_wal_replay_pause_state() = 'paused'"
OPEN = "select not pg_is_in_recovery()"
LATEST = "select coalesce(extract(epoch from pg_last_xact_replay_timestamp()), 0)"
MARKED = f"select count(*) from {TABLE} where id = '%s'"


@dataclass(slots=True)
class _Course:
    """A drill on its way: where it is, and what it has seen so far."""

    scratch: Scratch
    mark: Mark | None
    database: str
    role: str
    checks: list[Check] = field(default_factory=list)
    latest: float = 0.0
    looked: float = 0.0

    def sql(self, text: str) -> str:
        return self.scratch.sql(text, self.database, self.role)

    def wait(self, asked: str) -> None:
        self.scratch.wait(asked, self.database, self.role)


def tried(
    store: Store, settings: DrillSettings, source: SourceSettings, until: float | None = None
) -> Trial:
    """Restore a copy of a source for a trial.

    Args:
        store: the vault.
        settings: of the drills.
        source: whose copy.
        until: a moment (seconds since 1970) to which WAL is replayed; ``None``: to its end.
    """
    at, began = time.time(), time.monotonic()
    settings.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f"{source.name}-", dir=settings.folder))
    told = marks(settings.folder / "marks" / source.name)
    course, restored, rto, reason = None, None, None, None
    try:
        restored = restore(store, source.name, place, until)
        course = _begun(source, restored, place, told, until)
        _replayed(course, until)
        rto = time.monotonic() - began - course.looked
        _looked(course, source, told, until)
    except (HongxianError, ProgramError, OSError, asyncpg.PostgresError) as error:
        reason = " ".join(str(error).split())[:300]
    finally:
        if course is not None:
            course.scratch.end()
        shutil.rmtree(place, ignore_errors=True)
    checks = course.checks if course else []
    latest = course.latest if course else 0.0
    rpo = max(0.0, at - latest) if latest and until is None else None
    checks += _limits(source, rpo, rto)
    failed = reason is not None or any(one.outcome == "failed" for one in checks)
    return Trial(
        source=source.name, at=at, outcome="failed" if failed else "passed", rto=rto, rpo=rpo,
        latest=latest or None, base=restored.base.number if restored else None,
        size=restored.size if restored else 0, every=source.every, reason=reason,
        mark=course.mark.number if course and course.mark else None, checks=tuple(checks),
    )  # fmt: skip


def _begun(
    source: SourceSettings, restored: Restored, place: Path, told: list[Mark], until: float | None
) -> _Course:
    end = position_of(restored.base.end)
    fit = [one for one in told if position_of(one.position) > end
           and (until is None or one.at <= until)]  # fmt: skip
    known = (fit or told)[-1] if told else None
    scratch = Scratch(restored, place, source)
    scratch.prepare()
    if os.getuid() == 0 and source.user is not None:
        hand_over(place, source.user)
    return _Course(
        scratch, fit[-1] if fit else None, known.database if known else "postgres",
        known.superuser if known else source.superuser,
    )  # fmt: skip


def _replayed(course: _Course, until: float | None) -> None:
    """Replay to the mark, look at it there, and go on to the end."""
    if course.mark is not None:
        course.scratch.start(recovery_target_xid=str(course.mark.xid),
                             recovery_target_action="pause")  # fmt: skip
        course.wait(PAUSED)
        began = time.monotonic()
        course.checks += asyncio.run(_compared(course, course.mark))
        course.latest = float(course.sql(LATEST))
        course.scratch.end()
        course.looked = time.monotonic() - began
    target = {}
    if until is not None:
        target = {"recovery_target_time": moment(until), "recovery_target_action": "promote"}
    course.scratch.start(**target)
    course.wait(OPEN)
    course.latest = max(course.latest, float(course.sql(LATEST)))


async def _compared(course: _Course, mark: Mark) -> list[Check]:
    base = await connected(
        f"host={course.scratch.socket} port={PORT} user={course.role} dbname={course.database}"
    )
    try:
        names = [name for name in mark.seen.tables if await _there(base, name)]
        return list(_differences(mark, await seen(base, names, mark.queries, mark.seed)))
    finally:
        await base.close()


async def _there(base: asyncpg.Connection, name: str) -> bool:
    return await base.fetchval("select to_regclass($1) is not null", name)  # type: ignore[no-any-return]


def _differences(mark: Mark, found: Seen) -> Iterator[Check]:
    other = "failed" if mark.exact else "unclear"
    for name, one in mark.seen.tables.items():
        now = found.tables.get(name)
        if now is None:
            yield Check("table", name, "failed", "missing")
        elif now.rows != one.rows:
            yield Check("rows", name, other, f"{one.rows} -> {now.rows}")
        else:
            same = now.sum == one.sum
            yield Check("sum", name, "passed" if same else other, str(one.rows))
    for name, answer in mark.seen.queries.items():
        same = found.queries[name] == answer
        yield Check("query", name, "passed" if same else other, "")


def _looked(course: _Course, source: SourceSettings, told: list[Mark], until: float | None) -> None:
    """Look at what there is at the end."""
    newest = [one for one in told if until is None or one.at < until][-1:]
    for one in newest:
        try:
            there = course.sql(MARKED % one.number) == "1"
        except ProgramError:
            there = False
        course.checks.append(Check("mark", one.number, "passed" if there else "failed", ""))
    if source.amcheck:
        course.checks.append(_amchecked(course, source))


def _amchecked(course: _Course, source: SourceSettings) -> Check:
    """Let PostgreSQL's ``pg_amcheck`` look at every page of tables and indexes."""
    try:
        command = [program("pg_amcheck", source.programs), "-h", str(course.scratch.socket), "-p",
                   str(PORT), "-U", course.role, "-w"]  # fmt: skip
        ran([*command, "-d", course.database, "--install-missing"])
    except HongxianError:
        return Check("amcheck", course.database, "unclear", "pg_amcheck")
    except ProgramError as error:
        return Check("amcheck", course.database, "failed", str(error))
    return Check("amcheck", course.database, "passed", "")


def _limits(source: SourceSettings, rpo: float | None, rto: float | None) -> Iterator[Check]:
    for name, most, found in (
        ("rpo", source.longest_rpo, rpo), ("rto", source.longest_rto, rto),
    ):  # fmt: skip
        if most and found is not None:
            yield Check(name, "", "failed" if found > most else "passed", f"{found:.1f} s")
