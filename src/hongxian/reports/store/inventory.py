"""The model behind every format: a row for each PI type in each column, and what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.facts.reason import read_reason
from hongxian.info import load_types
from hongxian.sensors.store.bound import bound, percent
from hongxian.sensors.store.columns import CLEARED
from hongxian.sensors.store.facts import exposure, oldest_of, tier_of
from hongxian.sensors.store.grading import class_of, grade_of
from hongxian.words import say
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from datetime import date

    from hongxian.facts.reason import Reason
    from hongxian.sensors.store.columns import Verdict
    from hongxian.sensors.store.counts import TableCounts
    from hongxian.sensors.store.scan import Scanned

_ORDER = ("confirmed", "suggested", "cleared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One PI type in one column."""

    where: str
    table: str
    column: str
    medium: str
    kind: str
    info: str
    status: str
    form: str
    rows: int
    """Rows that hold it among those read."""
    read: int
    total: int | None
    """Rows of the table when only a sample was read."""
    distinct: float | None
    """Share of the different values that are valid or labelled."""
    valid: int
    labelled: int
    sensitive: bool
    grade: int | None
    """Grade by GB/T 43697."""
    oldest: str | None
    tier: int | None
    """Records from which trading in it is a grave offence."""
    exposure: float
    """How many times the rows in clear reach that threshold."""
    why: tuple[str, ...]
    excerpt: str
    first_rows: tuple[int, ...]
    decided: str

    @property
    def place(self) -> str:
        """File or database, table and column."""
        return ": ".join(filter(None, (self.where, self.table))) + f".{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read of one table."""

    where: str
    table: str
    medium: str
    kind: str
    rows: int
    total: int | None
    bytes: int
    columns: int
    bound: str | None
    """Of a sample: the percentage below which a type stays that was not found."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """All of a scan."""

    subject: str
    day: date
    rows: tuple[Row, ...]
    """Confirmed first, then by place."""
    tables: tuple[Read, ...]
    problems: tuple[Reason, ...]
    reused: int
    sampled: bool

    def held(self) -> tuple[Row, ...]:
        """Return the rows that were not cleared."""
        return tuple(row for row in self.rows if row.status != CLEARED)


def build_inventory(scanned: Scanned) -> Inventory:
    """Return the model of a scan; every text in it is covered."""
    rows = [_row(verdict, scanned.day) for verdict in scanned.verdicts]
    rows.sort(key=lambda row: (_ORDER.index(row.status), row.where, row.table))
    return Inventory(
        subject=mask(scanned.subject), day=scanned.day, rows=tuple(rows),
        tables=tuple(_read(table) for table in scanned.tables),
        problems=tuple(one for one in scanned.reasons() if one.word != "store.sampled"),
        reused=scanned.reused, sampled=any(table.sampled for table in scanned.tables),
    )  # fmt: skip


def _row(verdict: Verdict, day: date) -> Row:
    table, column, hit = verdict.table, verdict.column, verdict.hit
    known = load_types().get(verdict.info)
    return Row(
        where=mask(table.where), table=mask(table.name), column=mask(column.name),
        medium=table.medium, kind=table.kind, info=verdict.info, status=verdict.status,
        form=verdict.form, rows=verdict.rows, read=table.rows,
        total=table.total if table.sampled else None,
        distinct=round(hit.distinct / column.distinct, 4) if hit and column.distinct else None,
        valid=hit.valid if hit else 0, labelled=hit.labelled if hit else 0,
        sensitive=known.sensitive(day) if known else verdict.info.startswith("secret."),
        grade=grade_of(verdict.info, day), oldest=oldest_of(table),
        tier=tier_of(verdict.info) if known else None, exposure=round(exposure(verdict), 4),
        why=verdict.why, excerpt=hit.excerpt if hit else "",
        first_rows=tuple(hit.first) if hit else (), decided=mask(verdict.decided),
    )  # fmt: skip


def _read(table: TableCounts) -> Read:
    return Read(
        where=mask(table.where), table=mask(table.name), medium=table.medium, kind=table.kind,
        rows=table.rows, total=table.total if table.sampled else None, bytes=table.bytes,
        columns=len(table.columns),
        bound=percent(bound(table.rows)) if table.sampled else None,
        reasons=tuple(one for one in map(read_reason, table.reasons) if one),
    )  # fmt: skip


def class_name(info: str, lang: str) -> str:
    """Return the class by GB/T 43697."""
    return class_of(info, lang) or say("store.class_other", lang)
