"""What came of masking, what risk is left, and what the process returns."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.guards.mask.risk.grade import role
from hongxian.guards.mask.risk.report import RiskReport
from hongxian.guards.mask.risk.spool import Spool
from hongxian.words.mask import mask as mask_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hongxian.facts.reason import Reason
    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Column, Plan
    from hongxian.words.worded import WordedError

AS_THEY_CAME = ("keep", "permute", "text")
"""Techniques after which a column of direct identifiers still is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be measured beside masking.

    Args:
        quasi: columns that together may tell who somebody is.
        sensitive: columns that nobody should learn of a person.
        least: the least size of a class that is wanted.
        threshold: the highest risk that is accepted, if the user set one.
    """

    quasi: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    least: int = 5
    threshold: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of masking a file or a table.

    Args:
        place: the file or the table, as the user knows it.
        rows: how many there were.
        columns: what happened to each column.
        risk: what risk there was, and is; ``None`` when nobody asked.
        backup: where the source is now, if it was masked in place.
    """

    place: str = ""
    rows: int
    columns: tuple[Column, ...]
    risk: RiskReport | None = None
    backup: str | None = None

    @property
    def refused(self) -> int:
        """How many values did not fit and were suppressed."""
        return sum(column.refused for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a source.

    Args:
        form: format of the files that tables become in a folder: ``parquet`` or ``csv``.
        tables: names of the tables that are masked; none are all.
        query: a SELECT whose rows are masked instead of tables.
        asked: what is to be measured.
        skip: what cannot be masked inside an archive, a mail or a document is left out.
    """

    form: str = "parquet"
    tables: tuple[str, ...] = ()
    query: str | None = None
    asked: Asked = field(default_factory=Asked)
    skip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """What came of masking a source.

    Args:
        outcomes: of each table and file.
        problems: what was not copied, and why; each can be said in both languages.
        notes: what else the user should know, though nothing is missing.
    """

    outcomes: tuple[Outcome, ...]
    problems: tuple[Reason | WordedError, ...] = ()
    notes: tuple[Reason | WordedError, ...] = ()


def measured(place: str, plan: Plan, asked: Asked, copy: Callable[[Watch | None], int]) -> Outcome:
    """Copy records, measure the risk on the way, and return what came of it.

    Args:
        place: what is copied, as the user knows it.
        plan: what happens to each column.
        asked: what is to be measured.
        copy: copies, shows each batch before and after, and returns how many records there were.
    """
    needed = bool(asked.quasi or asked.sensitive)
    with Spool(asked.quasi, asked.sensitive) if needed else nullcontext() as spool:
        rows = copy(spool.add if spool else None)
        risk = risk_of(plan, spool, asked) if spool else None
    return Outcome(place=place, rows=rows, columns=tuple(plan.columns.values()), risk=risk)


def risk_of(plan: Plan, spool: Spool, asked: Asked) -> RiskReport:
    """Return the risk before and after, of a table whose measured columns are in a spool."""
    direct = [one for one in plan.columns.values() if one.info and role(one.info) == "direct"]
    return RiskReport(
        quasi=asked.quasi,
        before=spool.risk("before", asked.least),
        after=spool.risk("after", asked.least),
        direct_before=len(direct),
        direct_after=sum(one.rule.technique in AS_THEY_CAME for one in direct),
        threshold=asked.threshold,
        unjudged=tuple(
            mask_text(one.name)
            for one in plan.columns.values()
            if one.info is None
            and one.rule.technique in AS_THEY_CAME
            and one.name not in asked.quasi + asked.sensitive
        ),
    )


def exit_code(outcomes: Sequence[Outcome], *, least_k: int | None, strict: bool) -> Exit:
    """Return what the process returns: the limit on k comes before values that did not fit."""
    for outcome in outcomes:
        after: Any = outcome.risk.after if outcome.risk else None
        if least_k is not None and after is not None and after.rows and after.k < least_k:
            return Exit.VIOLATED
    return Exit.UNCLEAR if strict and any(one.refused for one in outcomes) else Exit.CLEAN
