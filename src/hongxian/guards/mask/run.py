"""Masks one file to a copy, or in place with a backup, and tells what came of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from hongxian.errors import Exit
from hongxian.guards.mask.copies.file import ONE, copy_file, inner_file
from hongxian.guards.mask.copies.outputs import form_of, opened_output, packing_of
from hongxian.guards.mask.risk.grade import role
from hongxian.guards.mask.risk.report import RiskReport
from hongxian.guards.mask.risk.spool import Spool
from hongxian.sensors.store.sources.file import local_file
from hongxian.words.mask import mask as mask_text
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Column, Plan

    Copy = Callable[[BinaryIO, Watch | None], int]

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
    backup: Path | None = None

    @property
    def refused(self) -> int:
        """How many values did not fit and were suppressed."""
        return sum(column.refused for column in self.columns)


def mask_file(source: Path, target: Path | None, plan: Plan, asked: Asked | None = None) -> Outcome:
    """Mask a file that is one table or one text.

    Args:
        source: the file, packed or not.
        target: the copy, whose name may ask for another format; ``None`` masks in place and
            leaves a backup.
        plan: what happens to each column.
        asked: what is to be measured.

    Raises:
        HongxianError: the source cannot be read, or the target not be written.
    """
    backup = _checked(source, target)
    part = beside(target or source)
    try:
        file, kind, packed = inner_file(local_file(source, str(source)))
        if kind not in ONE:
            raise WordedError("mask_no_source", source, Exit.SENSOR, kind=kind)
        form = _form(source, target, kind) if target else None
        packing = packing_of(target.name) if target else packed
        outcome = write_copy(
            lambda out, watch: copy_file(file, kind, out, plan, watch, form=form),
            part, plan, asked or Asked(), packing,
        )  # fmt: skip
        plan.check_named()
        _put(part, source, target, backup, private=plan.reveal)
    except OSError as error:
        raise unreadable(error.filename or source, error) from None
    finally:
        part.unlink(missing_ok=True)
    return replace(outcome, place=source.name, backup=backup)


def _form(source: Path, target: Path, kind: str) -> str | None:
    """Return the format that a copy's name asks for; ``None`` when it is the source's own."""
    form = form_of(target.name)
    separated = form in ("csv", "tsv")
    return None if form == form_of(source.name) and separated == (kind == "csv") else form


def write_copy(
    copy: Copy, part: Path, plan: Plan, asked: Asked, packing: str | None = None
) -> Outcome:
    """Write a masked copy and measure the risk on the way.

    Args:
        copy: writes the copy and returns its rows.
        part: where it is written.
        plan: what happens to each column.
        asked: what is to be measured.
        packing: how the copy is packed.
    """
    measured = bool(asked.quasi or asked.sensitive)
    with Spool(asked.quasi, asked.sensitive) if measured else nullcontext() as spool:
        with opened_output(part, packing) as out:
            rows = copy(out, spool.add if spool else None)
        risk = risk_of(plan, spool, asked) if spool else None
    return Outcome(rows=rows, columns=tuple(plan.columns.values()), risk=risk)


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


def beside(path: Path) -> Path:
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
