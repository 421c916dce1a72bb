"""What runs on Spark's executors to mask: pieces of a table, each by a plan of its own making.

An executor loads the policy from its file and fetches the keys from the policy's own sources: no
key, and nothing from which one could be derived, passes through Spark, its plans, its logs or its
console.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import uuid4

from hongxian.errors import Exit
from hongxian.facts.reason import Reason, read_reason
from hongxian.guards.mask.batches import getter, mask_batches
from hongxian.guards.mask.cells import Masked, pa
from hongxian.guards.mask.copies.file import ONE, copy_file, inner_file
from hongxian.guards.mask.copies.outputs import opened_output, output, write_all
from hongxian.guards.mask.copies.tables import TableError, rows_of
from hongxian.guards.mask.known import recognised
from hongxian.guards.mask.plan import Named, Plan
from hongxian.guards.mask.policy import Policy
from hongxian.guards.mask.policy_file import load_policy
from hongxian.sensors.store.sources.columnar import parquet_part
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.packed import BROKEN
from hongxian.words.worded import WordedError, said, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Column
    from hongxian.guards.mask.policy import Rule
    from hongxian.sensors.store.sources.file import File

CHECK = "spark:check"
"""The use of a key that tells whether executors have the same; it tells nothing of other uses."""
Fault = tuple[str, str | None, int, dict[str, Any]]
"""A worded error as it may be carried: word, place, exit code, values; without a word the values
are the reason why a table is not whole."""
Settled = tuple[str | None, str, "Rule"]
"""PI type of a column, who told it, its rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done, as far as it may be carried about: no key is in it."""

    policy: str | None
    """The file; executors read it themselves."""
    audience: str
    named: Mapping[str, Named]
    reveal: bool = False
    key: str | None = None
    settled: Mapping[int, Mapping[str, Settled]] = field(default_factory=dict)
    """What was decided on the columns of the files that have parts, by their numbers."""
    checks: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Key id -> what tells that it is the same key."""
    watched: tuple[str, ...] = ()
    """Columns over which risk is measured."""
    lang: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file, or some groups of rows of a large one, and where it goes."""

    file: int
    """Number of the file."""
    name: str
    """What people call it."""
    source: str
    target: str
    part: int = 0
    parts: int = 1


@dataclass(slots=True, kw_only=True)
class Told:
    """What an executor tells of a piece."""

    file: int
    rows: int = 0
    columns: list[Column] = field(default_factory=list)
    """What was done to each column."""
    seen: set[str] = field(default_factory=set)
    watched: list[tuple[str, bytes]] = field(default_factory=list, repr=False)
    """Side and Arrow batch of the columns that are measured."""
    error: Fault | None = None


class SparkPlan(Plan):
    """A plan whose decisions were taken elsewhere, as far as they were."""

    settled: Mapping[str, Settled] = MappingProxyType({})

    def column(self, name: str, values: Any) -> Any:
        """Return the values of a column masked; see :meth:`Plan.column`."""
        if name in self.settled and name not in self.columns:
            self.columns[name] = self._made(name, *self.settled[name])
        return super().column(name, values)

    def _made(self, name: str, info: str | None, how: str, rule: Rule) -> Column:
        """Refuse what many executors cannot do as one process does."""
        if rule.technique == "token":
            raise WordedError("mask_spark_vault", name)
        if "seed" in rule.options:
            raise WordedError("mask_spark_seed", name)
        return super()._made(name, info, how, rule)


def plan_of(order: Order, file: int = 0) -> SparkPlan:
    """Return the plan for a file; keys come from the sources that the policy names.

    Args:
        order: what is to be done.
        file: number of the file.

    Raises:
        HongxianError: the policy cannot be read, or a key is missing or another than the driver's.
    """
    policy = load_policy(Path(order.policy)) if order.policy else Policy()
    for name, check in order.checks.items():
        if not hmac.compare_digest(policy.ring.key(name).derive(CHECK), check):
            raise WordedError("mask_spark_key", word=name)
    plan = SparkPlan(
        policy=policy, audience=order.audience, named=order.named, recognise=recognised,
        reveal=order.reveal, key=order.key,
    )  # fmt: skip
    plan.settled = order.settled.get(file, {})
    return plan


class Masking:
    """What an executor does with pieces; Spark carries it there.

    Args:
        order: what is to be done.
    """

    def __init__(self, order: Order) -> None:
        """Keep the order."""
        self.order = order

    def __call__(self, pieces: Iterable[Piece]) -> Iterator[Told]:
        """Mask pieces; what goes wrong is told, so that it is one line."""
        for piece in pieces:
            told = Told(file=piece.file)
            try:
                self._mask(piece, told)
            except WordedError as error:
                told.error = carried(error, self.order.lang)
            yield told

    def _mask(self, piece: Piece, told: Told) -> None:
        plan = plan_of(self.order, piece.file)
        target = Path(piece.target)
        fresh = target.with_name(f".{uuid4().hex}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            told.rows = masked_piece(piece, fresh, plan, self._watch(told))
            fresh.replace(target)
        except OSError as error:
            raise unreadable(error.filename or piece.name, error) from None
        finally:
            fresh.unlink(missing_ok=True)
        told.seen = plan.seen
        told.columns = [replace(one, apply=Masked) for one in plan.columns.values()]

    def _watch(self, told: Told) -> Watch | None:
        """Return what keeps the columns that are measured, or nothing when none are."""
        if not self.order.watched:
            return None

        def watch(side: str, column: Callable[[str], Any]) -> None:
            arrays = {name: column(name) for name in self.order.watched}
            there = {name: one for name, one in arrays.items() if one is not None}
            batch = pa.record_batch(list(there.values()), names=list(there))
            told.watched.append((side, packed(batch)))

        return watch


def carried(error: WordedError, lang: str) -> Fault:
    """Return an error as it may be carried."""
    if isinstance(error, TableError):
        return "", None, int(error.code), error.reason.data()
    values = {name: said(value, lang) for name, value in error.values.items()}
    plain = {name: one if isinstance(one, int) else str(one) for name, one in values.items()}
    where = None if error.where is None else str(error.where)
    return error.word, where, int(error.code), plain


def uncarried(fault: Fault) -> WordedError:
    """Return the error again."""
    word, where, code, values = fault
    if not word:
        return TableError(read_reason(values) or Reason("store.damaged"))
    return WordedError(word, where, Exit(code), **values)


def masked_piece(piece: Piece, target: Path, plan: Plan, watch: Watch | None) -> int:
    """Write a masked copy of a piece and return its rows.

    Raises:
        HongxianError: the source is broken, or of a kind that is not copied.
        OSError: it cannot be read, or the copy not be written.
    """
    file = local_file(Path(piece.source), piece.name)
    if piece.parts > 1:
        with opened_output(target, None) as out:
            return _part(file, piece, out, plan, watch)
    file, kind, packing = inner_file(file)
    if kind not in ONE:
        raise WordedError("mask_no_source", piece.name, Exit.SENSOR, kind=kind)
    with opened_output(target, packing) as out:
        return copy_file(file, kind, out, plan, watch)


def _part(file: File, piece: Piece, out: BinaryIO, plan: Plan, watch: Watch | None) -> int:
    """Mask some groups of rows of a Parquet file."""
    try:
        table, _ = parquet_part(file, piece.part, piece.parts)
    except (pa.ArrowInvalid, *BROKEN) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise WordedError("mask_damaged", piece.name, Exit.SENSOR, kind="parquet") from None
    batches = mask_batches(rows_of(table), plan, watch)
    return write_all(batches, table.schema.remove_metadata(), output(out, "parquet"))


def packed(batch: Any) -> bytes:
    """Return a batch as bytes."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def unpacked(data: bytes) -> Callable[[str], Any]:
    """Return what gives a column of a packed batch by its name, ``None`` when it is not there."""
    return getter(pa.ipc.open_stream(data).read_next_batch())
