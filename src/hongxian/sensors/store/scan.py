"""The store sensor: sources in, counts, verdicts, facts and coverage out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.facts import Coverage, Fact
from hongxian.facts.reason import Reason, read_reason
from hongxian.sensors.store.columns import Verdict, judge_table
from hongxian.sensors.store.decisions import apply
from hongxian.sensors.store.draw import SHAPED
from hongxian.sensors.store.facts import now_day, present_facts, store_facts
from hongxian.sensors.store.read_table import Counting, count_table
from hongxian.sensors.store.sources.table import Sample
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from hongxian.sensors.store.absent import Absent
    from hongxian.sensors.store.counts import TableCounts
    from hongxian.sensors.store.decisions import Decision
    from hongxian.sensors.store.sources.sources import Source
    from hongxian.sensors.store.sources.table import Table
    from hongxian.sensors.store.state import State

SCOPE = "store.scan"
BOUNDS = ("store.sampled", "store.texts_drawn")
"""Reasons that tell how far was looked on purpose: the whole with a bound, no fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a scan is to be done."""

    sample: int | None = 50_000
    """Rows of each table of a database; ``None`` reads all. Files are always read in full."""
    seed: int = 0
    decisions: Sequence[Decision] = ()
    absent: Absent | None = None
    state: State | None = None
    moved: Callable[[int, int], None] | None = None
    """Is told rows and bytes of each batch."""
    begun: Callable[[Table], None] | None = None
    """Is told each table."""


@dataclass(slots=True, kw_only=True)
class Scanned:
    """What the sensor made of the sources of one subject."""

    subject: str
    day: date
    tables: list[TableCounts] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    problems: list[Reason] = field(default_factory=list)
    reused: int = 0
    """Tables whose counts were taken from an earlier scan."""
    opened: bool = False
    """Whether any source could be opened."""

    def facts(self) -> list[Fact]:
        """Return the facts."""
        found = [*store_facts(self.subject, self.verdicts, self.day)]
        return [*found, *present_facts(self.subject, self.tables)]

    def reasons(self) -> tuple[Reason, ...]:
        """Return why the sources were not read in full, each reason once."""
        told = [read_reason(data) for table in self.tables for data in table.reasons]
        every = [*self.problems, *(one for one in told if one)]
        sampled = [
            Reason("store.sampled", {"rows": one.rows, "total": one.total}, one.place)
            for one in self.tables
            if one.sampled
        ]
        return tuple(dict.fromkeys([*every, *sampled, *self._texts_left()]))

    def _texts_left(self) -> Iterator[Reason]:
        for table in self.tables:
            if count := sum(column.texts_left for column in table.columns):
                yield Reason("store.texts_drawn", {"columns": count, "texts": SHAPED}, table.place)

    def coverage(self) -> Coverage:
        """Return how far the sensor looked; a sample is the whole with a bound, as told."""
        faults = [one for one in self.reasons() if one.word not in BOUNDS]
        status = "partial" if faults else "ran"
        detail: dict[str, Any] = {
            "tables": len(self.tables), "rows": sum(one.rows for one in self.tables),
            "bytes": sum(one.bytes for one in self.tables),
        }  # fmt: skip
        return Coverage(
            subject=self.subject, scope=SCOPE, status=status if self.tables else "not_run",
            reasons=self.reasons() or (() if self.tables else (Reason("store.nothing"),)),
            artefact=SCOPE, detail=detail,
        )  # fmt: skip


def scan(sources: Sequence[Source], subject: str, options: Options) -> Scanned:
    """Scan sources.

    Args:
        sources: what :func:`~hongxian.sensors.store.sources.sources.open_source` returned.
        subject: whose store it is.
        options: how.
    """
    scanned = Scanned(subject=subject, day=now_day())
    for source in sources:
        _scan(source, scanned, options)
    return judged(scanned, options.decisions)


def judged(scanned: Scanned, decisions: Sequence[Decision]) -> Scanned:
    """Say what the columns hold, by what was counted and by what persons decided."""
    verdicts = [one for table in scanned.tables for one in judge_table(table)]
    scanned.verdicts = apply(verdicts, scanned.tables, decisions)
    return scanned


def counting(options: Options) -> Counting:
    """Return how tables are counted."""
    sample = Sample(rows=options.sample, seed=options.seed) if options.sample else None
    return Counting(sample=sample, seed=options.seed, absent=options.absent, moved=options.moved)


def _scan(source: Source, scanned: Scanned, options: Options) -> None:
    how = counting(options)
    for table in source.tables(scanned.problems):
        scanned.opened = True
        table.where = mask(table.where)
        kept = options.state and options.state.known(table.place, table.fingerprint)
        if kept:
            scanned.tables.append(kept)
            scanned.reused += 1
            continue
        if options.begun:
            options.begun(table)
        counts = count_table(table, how)
        scanned.tables.append(counts)
        if options.state:
            options.state.keep(counts)
