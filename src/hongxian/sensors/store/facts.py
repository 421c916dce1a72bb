"""From verdicts on columns to facts: what lies where, in which form, since when."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from hongxian.facts import Fact
from hongxian.info import load_crime_tiers, load_types
from hongxian.sensors.store.bound import bound
from hongxian.sensors.store.column_names import named
from hongxian.sensors.store.columns import CLEARED, CONFIRMED, Verdict
from hongxian.sensors.store.grading import grade_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.store.counts import TableCounts

FEW = 0.5
"""Score of what is only suggested."""


def store_facts(subject: str, verdicts: Iterable[Verdict], today: date) -> Iterator[Fact]:
    """Yield the facts of what was confirmed or suggested.

    Each column gives one fact with its rows and, where the table tells how old they are, one with
    the age of the oldest in days.
    """
    for verdict in verdicts:
        if verdict.status == CLEARED:
            continue
        yield _rows(subject, verdict, today)
        oldest = oldest_of(verdict.table)
        if oldest:
            yield _age(subject, verdict, oldest, today)


def _common(subject: str, verdict: Verdict) -> dict[str, Any]:
    sure = verdict.status == CONFIRMED
    return {
        "subject": subject, "sensor": "store", "kind": "store", "item": verdict.place,
        "info": verdict.info, "form": verdict.form, "locator": verdict.place,
        "certainty": "seen" if sure else "inferred", "score": None if sure else FEW,
        "artefact": artefact_of(verdict.table),
    }  # fmt: skip


def _rows(subject: str, verdict: Verdict, today: date) -> Fact:
    hit = verdict.hit
    detail: dict[str, Any] = {
        "medium": verdict.table.medium, "why": list(verdict.why), "verdict": verdict.status,
        "column": verdict.column.name, "table": verdict.table.name, "where": verdict.table.where,
        "filled": verdict.column.filled, "read": verdict.table.rows,
    }  # fmt: skip
    if hit is not None and hit.rows:
        detail |= {"valid": hit.valid, "labelled": hit.labelled, "excerpt": hit.excerpt}
        detail["first_rows"] = hit.first
    if verdict.form == "hashed":
        detail["bare"] = verdict.bare
        if verdict.column.name in verdict.table.proven:
            detail["proven"] = True
    if verdict.decided:
        detail["decided_by"] = verdict.decided
    if verdict.table.total is not None and verdict.table.sampled:
        detail["total"] = verdict.table.total
    if weight := exposure(verdict):
        detail["exposure"] = round(weight, 4)
        detail["tier"] = tier_of(verdict.info)
    if grade := grade_of(verdict.info, today):
        detail["grade"] = grade
    return Fact(**_common(subject, verdict), amount=_all(verdict), unit="row", detail=detail)


def _all(verdict: Verdict) -> float:
    """Return the rows that hold it; of a sample, as many as the table then has."""
    table = verdict.table
    if not table.sampled or not table.rows or table.total is None:
        return float(verdict.rows)
    return float(round(verdict.rows * table.total / table.rows))


def _age(subject: str, verdict: Verdict, oldest: str, today: date) -> Fact:
    day = date.fromisoformat(oldest)
    return Fact(
        **_common(subject, verdict), amount=float(max(0, (today - day).days)), unit="day",
        effective_at=datetime.combine(day, time()),
        detail={"medium": verdict.table.medium, "table": verdict.table.name,
                "where": verdict.table.where},
    )  # fmt: skip


def oldest_of(table: TableCounts) -> str | None:
    """Return the day of a table's oldest record: by a column of moments that is no birth date."""
    days = [
        column.oldest
        for column in table.columns
        if column.oldest and (table.medium == "log" or named(column.name, column.comment).timed)
    ]
    return min(days, default=None)


def tier_of(info: str) -> int:
    """Return the records from which trading in a PI type is a grave offence."""
    known = load_types().get(info)
    return known.crime_tier if known else 5_000


def exposure(verdict: Verdict) -> float:
    """Return how many times the rows in clear reach the threshold of a grave offence."""
    if verdict.form not in ("clear", "hashed") or verdict.info not in load_types():
        return 0.0
    if verdict.form == "hashed" and not verdict.bare:
        return 0.0
    tiers = load_crime_tiers()
    name = str(tier_of(verdict.info))
    return _all(verdict) / (tiers[name].count if name in tiers else 5_000)


def present_facts(subject: str, tables: Iterable[TableCounts]) -> Iterator[Fact]:
    """Yield what is left of persons who should be gone, as deletions that left a residue."""
    for table in tables:
        for column, rows in table.present.items():
            place = f"{table.place}.{column}"
            yield Fact(
                subject=subject, sensor="store", kind="delete", item=place, outcome="residue",
                locator=place, amount=float(rows), unit="row", artefact=artefact_of(table),
                detail={"medium": table.medium, "table": table.name, "where": table.where},
            )  # fmt: skip


def artefact_of(table: TableCounts) -> str:
    """Return the hash of a table's state: of its fingerprint, or of where it is."""
    text = table.fingerprint or table.place
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def silence(table: TableCounts) -> float:
    """Return the share of rows that a kind of value may have although a sample showed none."""
    return bound(table.rows) if table.sampled else 0.0


def now_day() -> date:
    """Return the present day."""
    return datetime.now(UTC).date()
