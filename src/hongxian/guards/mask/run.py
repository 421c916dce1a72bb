"""Masks one file to a copy, or in place with a backup, and tells what came of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.guards.mask.risk.grade import role
from hongxian.guards.mask.risk.report import RiskReport
from hongxian.guards.mask.risk.spool import Spool
from hongxian.guards.mask.sources.csv_ import mask_csv
from hongxian.guards.mask.sources.jsonl import mask_jsonl
from hongxian.guards.mask.sources.parquet import mask_parquet
from hongxian.words.mask import mask as mask_text
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.mask.plan import Column, Plan

SOURCES: dict[str, Callable[..., int]] = {
    ".csv": mask_csv, ".tsv": mask_csv, ".parquet": mask_parquet, ".pq": mask_parquet,
    ".jsonl": mask_jsonl, ".ndjson": mask_jsonl,
}  # fmt: skip
"""What masks a file, by the end of its name."""

BACKUP = ".bak"
"""What is put behind the name of a file that is masked in place."""

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
    """What came of masking a file.

    Args:
        rows: how many there were.
        columns: what happened to each column.
        risk: what risk there was, and is; ``None`` when nobody asked.
        backup: where the source is now, if it was masked in place.
    """

    rows: int
    columns: tuple[Column, ...]
    risk: RiskReport | None = None
    backup: Path | None = None

    @property
    def refused(self) -> int:
        """How many values did not fit and were suppressed."""
        return sum(column.refused for column in self.columns)


def mask_file(source: Path, target: Path | None, plan: Plan, asked: Asked | None = None) -> Outcome:
    """Mask a file.

    Args:
        source: the file.
        target: the copy; ``None`` masks in place and leaves a backup.
        plan: what happens to each column.
        asked: what is to be measured.

    Raises:
        HongxianError: the source cannot be read, or the target not be written.
    """
    mask = SOURCES.get(source.suffix.lower())
    if mask is None:
        raise WordedError("mask_no_source", source, known=", ".join(SOURCES))
    backup = _checked(source, target)
    asked = asked or Asked()
    measured = bool(asked.quasi or asked.sensitive)
    part = _beside(target or source)
    try:
        with Spool(asked.quasi, asked.sensitive) if measured else nullcontext() as spool:
            rows = mask(source, part, plan, spool.add if spool else None)
            plan.check_named()
            risk = _risk(plan, spool, asked) if spool else None
        _put(part, source, target, backup, private=plan.reveal)
    except OSError as error:
        raise unreadable(error.filename or source, error) from None
    finally:
        part.unlink(missing_ok=True)
    return Outcome(rows=rows, columns=tuple(plan.columns.values()), risk=risk, backup=backup)


def _checked(source: Path, target: Path | None) -> Path | None:
    """See that nothing is lost; returns where the backup goes, if there is to be one."""
    if not source.is_file():
        number = 21 if source.is_dir() else 2
        raise unreadable(source, OSError(number, os.strerror(number)))
    if target is not None:
        if target.exists() and target.samefile(source):
            raise WordedError("mask_same_file", target)
        return None
    backup = source.with_name(source.name + BACKUP)
    if backup.exists():
        raise WordedError("mask_backup_there", backup)
    return backup


def _beside(path: Path) -> Path:
    """Return a new empty file in the folder of the output, for its owner alone."""
    try:
        number, name = tempfile.mkstemp(prefix=".hongxian-", dir=path.parent)
    except OSError as error:
        raise unreadable(path.parent, error) from None
    os.close(number)
    return Path(name)


def _put(
    part: Path, source: Path, target: Path | None, backup: Path | None, *, private: bool
) -> None:
    """Let the finished file take its place in one step; the source stays whole until then."""
    if not private:
        part.chmod(source.stat().st_mode & 0o777)
    if backup is not None:
        shutil.copy2(source, backup)
    part.replace(target or source)


def _risk(plan: Plan, spool: Spool, asked: Asked) -> RiskReport:
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


def exit_code(outcome: Outcome, *, least_k: int | None, strict: bool) -> Exit:
    """Return what the process returns: the limit on k comes before values that did not fit."""
    after: Any = outcome.risk.after if outcome.risk else None
    if least_k is not None and after is not None and after.rows and after.k < least_k:
        return Exit.VIOLATED
    return Exit.UNCLEAR if strict and outcome.refused else Exit.CLEAN
