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

from .calls import body
from .compound import compounds, inner
from .judge import FOLLOWED, judge
from .lexer import ANSI_QUOTES, NO_BACKSLASH, Token, UnreadableError, readings

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog

PIPES = "PIPES_AS_CONCAT"
READ = frozenset({ANSI_QUOTES, NO_BACKSLASH, PIPES})
"""Modes that change what a text means, and that are followed."""
LONGEST = 1 << 20
"""Characters of a text that are read at all."""


def classify(
    sql: str | bytes,
    catalog: Catalog,
    modes: frozenset[str] = frozenset(),
    limits: Limits | None = None,
    *,
    follows: bool = False,
) -> Judgement:
    """Return what a text for MySQL or MariaDB would do.

    Args:
        sql: the exact text; bytes are UTF-8, anything else is refused.
        catalog: what the server holds; a database is a schema.
        modes: of ``sql_mode``; those of :data:`READ` change what a text means.
        limits: from where on rows are mass.
        follows: whether whoever asks looks again, after a SET alone, at how texts are read.
    """
    try:
        text = sql.decode("utf-8") if isinstance(sql, bytes) else sql
        text.encode("utf-8")
    except UnicodeError:
        return refused(sql, "no_unicode")
    if len(text) > LONGEST:
        return refused(sql, "too_long")
    try:
        found = [
            _judged(one, text, catalog, limits or Limits(), modes & READ, follows=follows)
            for one in readings(text, modes)
        ]
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


def _judged(  # noqa: PLR0913 - what it is judged by
    reading: list[list[Token]], sql: str, catalog: Catalog, limits: Limits, modes: frozenset[str],
    *, follows: bool,
) -> tuple[Statement, ...]:  # fmt: skip
    statements = []
    for parts in compounds(reading):
        case = Case()
        judge(parts[0], catalog, limits, case)
        for part in parts[1:]:
            inner(part, catalog, limits, case)
        tokens = [one for part in parts for one in part]
        if len(parts) > 1:
            opened = [one.upper for one in parts[0]].index("BEGIN")
            whole = [parts[0][opened:], *parts[1:]]
            body(" ; ".join(_plain(part) for part in whole), catalog, case)
            inner(parts[0][opened + 1 :], catalog, limits, case)
        _by_modes(tokens, modes, case)
        if follows and len(reading) == 1 and tokens[0].upper == "SET":
            for reason in FOLLOWED:
                case.reasons.pop(reason, None)
            case.verdict = max(case.reasons.values(), default=Verdict.SAFE)
        text = sql[tokens[0].start : tokens[-1].end]
        statements.append(case.statement(tokens[0].upper, text))
    return tuple(statements)


def _by_modes(tokens: list[Token], modes: frozenset[str], case: Case) -> None:
    """Judge what means something else under modes: ``||``, and texts within texts."""
    piped = PIPES in modes and any(one.is_sign("||") for one in tokens)
    if piped or (modes and tokens[0].upper in ("PREPARE", "EXECUTE")):
        case.add(Verdict.UNKNOWN, "reading_setting", "sql_mode")


def _plain(part: list[Token]) -> str:
    """Return a part of a body in the form that no mode changes."""
    return " ".join(one.canonical for one in part)
