"""What the lane asks of whoever judges statements: the words that both share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SAFE, REVERSIBLE, DESTRUCTIVE, UNKNOWN = range(4)
"""Verdicts, the worse the greater."""
WORDS = ("safe", "reversible", "destructive", "unknown")


class ReasonLike(Protocol):
    """Why something is not safe."""

    @property
    def code(self) -> str:
        """A word for it."""

    def say(self, lang: str) -> str:
        """Return it as a line, without values of the data."""


class StatementLike(Protocol):
    """One statement of a text."""

    @property
    def kind(self) -> str:
        """The parser's name of it, as ``DeleteStmt``."""


class JudgementLike(Protocol):
    """What is said about a text before it runs."""

    @property
    def verdict(self) -> int:
        """One of the numbers above."""

    @property
    def reasons(self) -> Sequence[ReasonLike]:
        """Why it is not safe."""

    @property
    def statements(self) -> Sequence[StatementLike]:
        """Its statements; none when it cannot be read."""

    @property
    def touched(self) -> Sequence[Any]:
        """What it acts on, each with ``kind``, ``name`` and ``action``."""

    @property
    def fingerprint(self) -> str:
        """Equal for texts that differ in values alone."""

    @property
    def shape(self) -> str | None:
        """The text with its literals out, when any others are as safe in their places."""

    @property
    def unproven(self) -> bool:
        """Whether an estimate of rows could make it safe."""


class State(Protocol):
    """A database as a snapshot shows it."""

    def judge(
        self, text: str, estimate: Callable[[str], float | None] | None = None,
        given: Mapping[int, int] | None = None,
    ) -> JudgementLike:  # fmt: skip
        """Judge a text, with estimates of rows and lengths of parameters if somebody has them."""

    def after(self, text: str) -> State:
        """Return the snapshot as it is once a text has run."""


PLAIN = frozenset((
    "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "TransactionStmt",
    "VariableShowStmt", "VariableSetStmt", "ExplainStmt", "CopyStmt", "FetchStmt",
    "ClosePortalStmt", "DeclareCursorStmt", "LockStmt", "ListenStmt", "UnlistenStmt", "NotifyStmt",
    "VacuumStmt", "CheckPointStmt", "ConstraintsSetStmt", "ExecuteStmt", "DeallocateStmt",
    "DiscardStmt", "PrepareStmt", "TruncateStmt", "CommentStmt",
    # of MySQL by the word that they begin with
    "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES", "TABLE", "(", "DO", "SHOW",
    "EXPLAIN", "DESCRIBE", "DESC", "ANALYZE", "BEGIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT",
    "RELEASE", "SET", "USE", "LOCK", "UNLOCK", "HELP", "HANDLER", "FLUSH", "CHECKSUM", "CHECK",
    "LOAD", "PREPARE", "DEALLOCATE", "XA", "SIGNAL", "GET", "TRUNCATE", "OPTIMIZE",
))  # fmt: skip
"""Statements that define nothing by which others are judged."""
_LASTING = PLAIN - {"PrepareStmt", "ExecuteStmt", "DeallocateStmt", "PREPARE", "DEALLOCATE"}
"""Statements that are not about what the session itself prepared either."""


def defines(judgement: JudgementLike) -> bool:
    """Return whether a text may change what the catalog holds."""
    return not all(one.kind in PLAIN for one in judgement.statements)


def prepares(judgement: JudgementLike) -> bool:
    """Return whether a text names a statement that EXECUTE runs later."""
    return any(one.kind == "PrepareStmt" for one in judgement.statements)


def lasting(judgement: JudgementLike) -> bool:
    """Return whether a verdict holds in any session, and sending the text changes none."""
    for one in judgement.statements:  # noqa: SIM110 - runs for every statement, and is twice as fast
        if one.kind not in _LASTING:
            return False
    return True


def waits(judgement: JudgementLike) -> bool:
    """Return whether what a text defines is judged only when it is used."""
    return any(one.code == "judged_when_used" for one in judgement.reasons)
