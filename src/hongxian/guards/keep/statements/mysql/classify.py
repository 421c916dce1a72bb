"""A text for MySQL or MariaDB and what the server holds, and what would be lost: the way in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hongxian.guards.keep.statements.postgres.case import Case
from hongxian.guards.keep.statements.verdict import (
    Judgement,
    Limits,
    Statement,
    Verdict,
    refused,
)

from .compound import compounds, inner
from .judge import body, judge
from .lexer import Token, UnreadableError, readings

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog

LONGEST = 1 << 20
"""Characters of a text that are read at all."""


def classify(
    sql: str | bytes,
    catalog: Catalog,
    modes: frozenset[str] = frozenset(),
    limits: Limits | None = None,
) -> Judgement:
    """Return what a text for MySQL or MariaDB would do.

    Args:
        sql: the exact text; bytes are UTF-8, anything else is refused.
        catalog: what the server holds; a database is a schema.
        modes: of ``sql_mode``; of them ``ANSI_QUOTES`` and ``NO_BACKSLASH_ESCAPES`` are followed.
        limits: from where on rows are mass.
    """
    try:
        text = sql.decode("utf-8") if isinstance(sql, bytes) else sql
        text.encode("utf-8")
    except UnicodeError:
        return refused(sql, "no_unicode")
    if len(text) > LONGEST:
        return refused(sql, "too_long")
    try:
        found = [_judged(one, text, catalog, limits or Limits()) for one in readings(text, modes)]
    except UnreadableError as error:
        return refused(sql, str(error.args[0]))
    except Exception:  # noqa: BLE001 - a guard that fails does not let through
        return refused(sql, "fault")
    worst = max(found, key=lambda one: max((part.verdict for part in one), default=Verdict.SAFE))
    verdict = max((part.verdict for part in worst), default=Verdict.SAFE)
    reasons = tuple(dict.fromkeys(reason for part in worst for reason in part.reasons))
    return Judgement(sql, verdict, reasons, worst, fingerprint(readings(text, modes)[0]))


def fingerprint(statements: list[list[Token]]) -> str:
    """Return 16 hexadecimal digits, equal for texts that differ in literals, case and comments."""
    shape = [
        [one.kind if one.kind in ("string", "number") else one.upper or one.text for one in part]
        for part in statements
    ]
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:16]


def _judged(
    reading: list[list[Token]], sql: str, catalog: Catalog, limits: Limits
) -> tuple[Statement, ...]:
    statements = []
    for parts in compounds(reading):
        case = Case()
        judge(parts[0], catalog, limits, case)
        for part in parts[1:]:
            inner(part, catalog, limits, case)
        tokens = [one for part in parts for one in part]
        if len(parts) > 1:
            body(sql[tokens[0].end : tokens[-1].end], case)
            opened = [one.upper for one in parts[0]].index("BEGIN")
            inner(parts[0][opened + 1 :], catalog, limits, case)
        text = sql[tokens[0].start : tokens[-1].end]
        statements.append(case.statement(tokens[0].upper, text))
    return tuple(statements)
