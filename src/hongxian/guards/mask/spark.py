"""Masks the files of a folder where Spark's executors are; the report is that of one process.

Each file is a table with a plan of its own. Of a large Parquet file several executors mask some
groups of rows each; what happens to its columns is then decided here, by its first rows.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.facts.spark_session import plainly, session
from hongxian.guards.mask.risk.spool import Spool
from hongxian.guards.mask.run import Asked, Masked, Outcome, risk_of
from hongxian.guards.mask.spark_masking import (
    CHECK,
    Masking,
    Order,
    Piece,
    SparkPlan,
    Told,
    masked_piece,
    plan_of,
    uncarried,
    unpacked,
)
from hongxian.sensors.store.sources.files import parts_of, walk
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

    from hongxian.guards.mask.plan import Column

PART = 1 << 28
"""Bytes of a Parquet file that one executor masks; larger files become several."""
ROUNDS = 4
"""Tasks for each processor whose measured columns are held here at once."""


def mask_on_spark(
    source: Path, target: Path, order: Order, asked: Asked, spark: SparkSession | None = None
) -> Masked:
    """Mask the files of a folder, or one file, into a new folder.

    Args:
        source: a path that every executor can read.
        target: a folder that is not there yet, or is empty; every executor can write beside it.
        order: what is to be done.
        asked: what is to be measured, of one file.
        spark: a session; one is started when none is given.

    Raises:
        HongxianError: there is no source, the target is taken, or a technique or a key is refused.
    """
    if not source.exists():
        raise WordedError("file_missing", source)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WordedError("mask_output_there", target)
    try:
        stage = Path(tempfile.mkdtemp(prefix=".hongxian-", dir=target.absolute().parent))
    except OSError as error:
        raise unreadable(target.parent, error) from None
    try:
        pieces = list(pieces_of(source, stage, PART))
        if pieces and pieces[-1].file and (asked.quasi or asked.sensitive):
            raise WordedError("mask_risk_one")
        masked = _masked(pieces, order, asked, spark)
        if masked.outcomes:
            whole = {one.place for one in masked.outcomes}
            wanted = [piece for piece in pieces if piece.name in whole]
            _put(stage, target, source, wanted, private=order.reveal)
    except OSError as error:
        raise unreadable(error.filename or target, error) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return masked


def pieces_of(source: Path, stage: Path, size: int) -> Iterator[Piece]:
    """Yield the pieces of a file or a folder, in the order of their names.

    Args:
        source: the file or folder.
        stage: the folder into which they go.
        size: bytes of a Parquet file that one executor masks.
    """
    for number, (path, name) in enumerate(walk(source)):
        parts = parts_of(path, size)
        for part in range(parts):
            own = Path(name)
            if parts > 1:
                own = own.with_name(f"{own.stem}-{part:05}{own.suffix}")
            yield Piece(
                file=number, name=name, source=str(path.absolute()), target=str(stage / own),
                part=part, parts=parts,
            )  # fmt: skip


def _masked(pieces: list[Piece], order: Order, asked: Asked, spark: SparkSession | None) -> Masked:
    order = settled(pieces, order, asked)
    files: dict[int, _File] = {}
    with Spool(asked.quasi, asked.sensitive) if order.watched else nullcontext() as spool:
        for piece, told in zip(pieces, _told(pieces, order, spark or session()), strict=True):
            files.setdefault(piece.file, _File(piece.name)).add(told)
            for side, data in told.watched:
                spool.add(side, unpacked(data))  # type: ignore[union-attr]
        plan = plan_of(order)
        for file in files.values():
            plan.seen |= file.seen
        good = [file for file in files.values() if file.fault is None]
        if good:
            plan.check_named()
        outcomes = [file.outcome(plan, spool, asked) for file in good]
    faults = [file.fault for file in files.values() if file.fault is not None]
    return Masked(outcomes=tuple(outcomes), problems=tuple(faults))


class _File:
    """What executors told of one file, added up."""

    def __init__(self, name: str) -> None:
        self.name, self.rows = name, 0
        self.columns: dict[str, Column] = {}
        self.seen: set[str] = set()
        self.fault: WordedError | None = None

    def add(self, told: Told) -> None:
        """Add a piece.

        Raises:
            HongxianError: what was asked cannot be done, whatever the file.
        """
        if told.error and self.fault is None:
            self.fault = uncarried(told.error)
            if self.fault.code is not Exit.SENSOR:
                raise self.fault
        self.rows += told.rows
        self.seen |= told.seen
        for column in told.columns:
            self._column(column)

    def _column(self, other: Column) -> None:
        own = self.columns.setdefault(other.name, replace(other, values=0, refused=0))
        if (own.info, own.how, own.rule) != (other.info, other.how, other.rule):
            raise WordedError("mask_spark_differ", f"{self.name}: {own.name}",
                              one=own.info or "-", other=other.info or "-")  # fmt: skip
        own.values += other.values
        own.refused += other.refused

    def outcome(self, plan: SparkPlan, spool: Spool | None, asked: Asked) -> Outcome:
        """Return what came of it."""
        plan.columns = self.columns
        risk = risk_of(plan, spool, asked) if spool else None
        return Outcome(
            place=self.name, rows=self.rows, columns=tuple(self.columns.values()), risk=risk
        )


class _Enough(Exception):  # noqa: N818 - nothing went wrong
    """The first rows were seen."""


def settled(pieces: list[Piece], order: Order, asked: Asked) -> Order:
    """Return the order with what the first rows of files that have parts decide.

    Raises:
        HongxianError: a technique is refused, or a key is missing.
    """
    plans = {one.file: _looked(one, order) for one in pieces if one.parts > 1 and one.part == 0}
    return replace(
        order,
        settled={
            file: {name: (one.info, one.how, one.rule) for name, one in plan.columns.items()}
            for file, plan in plans.items()
        },
        checks=_checks(order),
        watched=tuple(dict.fromkeys([*asked.quasi, *asked.sensitive])),
    )


def _checks(order: Order) -> dict[str, bytes]:
    """Return what tells executors that they have the same key; none when there is no key here."""
    ring = plan_of(order).policy.ring
    try:
        key = ring.key(order.key)
    except WordedError:
        return {}
    return {key.name: key.derive(CHECK)}


def _looked(piece: Piece, order: Order) -> SparkPlan:
    """Return the plan of a file after its first rows; what is wrong with them is told later."""
    plan = plan_of(order)

    def watch(side: str, _column: Any) -> None:
        if side == "after":
            raise _Enough

    with tempfile.TemporaryDirectory(prefix="hongxian-") as folder:
        try:
            masked_piece(piece, Path(folder) / "first", plan, watch)
        except _Enough:
            pass
        except WordedError as error:
            if error.code is not Exit.SENSOR:
                raise
    return plan


def _told(pieces: list[Piece], order: Order, spark: SparkSession) -> Iterator[Told]:
    """Yield what executors tell, in the order of the pieces."""
    context = spark.sparkContext
    most = context.defaultParallelism * ROUNDS if order.watched else max(1, len(pieces))
    for start in range(0, len(pieces), most):
        own = pieces[start : start + most]
        with plainly():
            done = context.parallelize(own, len(own)).mapPartitions(Masking(order)).collect()
        yield from done


def _put(stage: Path, target: Path, source: Path, pieces: list[Piece], *, private: bool) -> None:
    """Let the finished folder take its place in one step, without what broken off work left."""
    sources = {piece.target: piece.source for piece in pieces}
    for path in list(stage.rglob("*")):
        if path.is_file() and str(path) not in sources:
            path.unlink()
        elif path.is_file() and not private:
            path.chmod(Path(sources[str(path)]).stat().st_mode & 0o777)
    if source.is_dir() and not private:
        stage.chmod(source.stat().st_mode & 0o777)
    if target.exists():
        target.rmdir()
    stage.replace(target)
