"""What to run instead of a text that loses data, and how to undo it.

Rows are caught while the statement itself runs, unchanged: triggers on each table that it takes
rows from write the old ones into a schema of the plan (:mod:`.captures`). What is dropped is moved
into that schema instead (:mod:`.moves`). All of it runs in one transaction. The schema is what the
delayed drop ends: ``DROP SCHEMA ... CASCADE``, by the clock of whoever keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.keep.statements.catalog import TRASH
from hongxian.guards.keep.statements.postgres.parse import Raw, parse
from hongxian.guards.keep.statements.verdict import Judgement, Reason, Statement, Verdict

from . import captures, columns, moves
from .names import quoted
from .step import CannotError, Step

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog

_ROWS = frozenset({
    "mass_all", "mass_constant", "mass_unproven", "mass_estimated", "mass_rows", "mass_loop",
    "mass_merge", "mass_upsert", "many_calls", "cascade", "truncate", "replaced",
})  # fmt: skip
"""Reasons that rows are taken, which triggers can catch."""

_RUNNING = frozenset({
    "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "TruncateStmt", "SelectStmt", "DoStmt",
    "CallStmt", "ExplainStmt", "CreateTableAsStmt", "ExecuteStmt", "PrepareStmt",
})  # fmt: skip
"""Statements that take rows while they themselves run: others are only what takes rows later."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to run a text in quarantine.

    Attributes:
        schema: that keeps what is taken; dropped when the time to undo is over.
        steps: one for each statement of the text, in order; none when it cannot be.
        reasons: why it cannot be run in quarantine and needs a ticket; none when it can.
    """

    schema: str
    steps: tuple[Step, ...] = ()
    reasons: tuple[Reason, ...] = ()
    opening: tuple[str, ...] = field(default=())

    @property
    def carried(self) -> bool:
        """Whether the text can be run in quarantine."""
        return not self.reasons

    @property
    def run(self) -> tuple[str, ...]:
        """All that is run, in one transaction, in order."""
        return (*self.opening, *(sql for step in self.steps for sql in step.all))

    @property
    def undo(self) -> tuple[str, ...]:
        """What brings all back, in one transaction; the last statement first."""
        back = [sql for step in reversed(self.steps) for sql in step.undo]
        own = [f"drop schema {quoted(self.schema)} cascade"] if self.opening else []
        return (*back, *own) if back else ()

    @property
    def close(self) -> tuple[str, ...]:
        """What ends the quarantine, each by itself and again if need be: nothing can be undone."""
        own = [f"drop schema if exists {quoted(self.schema)} cascade"] if self.opening else []
        return (*(sql for step in self.steps for sql in step.ends), *own)

    @property
    def database(self) -> str:
        """The name under which a database is kept; empty when none is."""
        return next((step.database for step in self.steps if step.database), "")


def plan(judgement: Judgement, catalog: Catalog, token: str, prefix: str = TRASH) -> Plan:
    """Return how to run a judged text in quarantine.

    Args:
        judgement: of the text, by the same snapshot.
        catalog: the snapshot.
        token: letters, digits and ``_`` that no other plan has: it names the schema.
        prefix: what the schema's name begins with; itself begins with :data:`~..catalog.TRASH`.
    """
    schema = prefix + token
    if judgement.verdict is Verdict.UNKNOWN:
        return Plan(schema, reasons=judgement.reasons)
    text = judgement.sql.decode() if isinstance(judgement.sql, bytes) else judgement.sql
    raws = parse(text)
    steps: list[Step] = []
    if len(raws) > 1 and any(raw.kind == "TransactionStmt" for raw in raws):
        return Plan(schema, reasons=(Reason("own_transaction"),))
    try:
        for place, (raw, one) in enumerate(zip(raws, judgement.statements, strict=True)):
            steps.append(_step(raw, one, catalog, schema, place))
    except CannotError as error:
        return Plan(schema, reasons=(error.reason,))
    opening = (f"create schema {quoted(schema)}",) if any(step.keeps for step in steps) else ()
    return Plan(schema, tuple(steps), opening=opening)


def _step(raw: Raw, one: Statement, catalog: Catalog, schema: str, place: int) -> Step:
    if one.verdict < Verdict.DESTRUCTIVE:
        return Step(one.text)
    codes = {reason.code for reason in one.reasons}
    if any(name.startswith(TRASH) for touched in one.touched for name in touched.name.split(".")):
        raise CannotError("no_quarantine", TRASH)
    if raw.kind == "DropStmt":
        return moves.drop(raw.node, one, catalog, schema)
    if raw.kind == "DropdbStmt":
        return moves.database(raw.node, one, schema)
    if raw.kind == "AlterTableStmt" and codes == {"drop_column"}:
        return columns.drop(raw.node, one, catalog, schema, str(place))
    if raw.kind not in _RUNNING:
        raise CannotError("no_quarantine", raw.kind)
    if codes <= _ROWS:
        made = captures.capture(one, raw, catalog, schema, str(place))
        # to prepare takes nothing: it is run so only if EXECUTE can be
        return Step(one.text) if raw.kind == "PrepareStmt" else made
    raise CannotError("no_quarantine", ", ".join(sorted(codes - _ROWS)))
