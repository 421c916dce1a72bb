"""What is said about a text before it runs: a verdict, why, and what it would touch."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from hongxian.words import say


class Verdict(IntEnum):
    """What a statement does to data, the worse the greater; a text is as bad as its worst one.

    ``SAFE`` loses nothing: it reads, adds, or changes few rows that it names. ``REVERSIBLE``
    changes what can be set back from what is known (names, rights, settings, derived objects).
    ``DESTRUCTIVE`` loses data or what protects it: it needs a ticket, or runs in quarantine.
    ``UNKNOWN`` cannot be judged, and is refused.
    """

    SAFE = 0
    REVERSIBLE = 1
    DESTRUCTIVE = 2
    UNKNOWN = 3

    def say(self, lang: str) -> str:
        """Return its word in a language."""
        return say(f"keep_statements.verdict_{self.name.lower()}", lang)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code, and the object that it is about (a name, never a value of the data)."""

    code: str
    about: str = ""

    def say(self, lang: str) -> str:
        """Return the reason as a line, in a language."""
        return say(f"keep_statements.{self.code}", lang, about=self.about)


@dataclass(frozen=True, slots=True, order=True)
class Touched:
    """An object that a statement acts on: what kind it is, its full name, what happens to it.

    Kinds: table, view, function, type, role, database, schema, setting, server, other.
    Actions: read, call, insert, update, delete, truncate, create, alter, drop.
    """

    kind: str
    name: str
    action: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a text.

    Attributes:
        kind: the parser's name of it, as ``DeleteStmt``.
        text: the text of it alone.
        verdict: what it does.
        reasons: why it is not safe; none when it is.
        touched: what it acts on, in order of name.
        unproven: that it is destructive only since nobody said how many rows it takes: judged
            again with an estimate it can be safe.
    """

    kind: str
    text: str
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    touched: tuple[Touched, ...] = ()
    unproven: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said about a whole text.

    Attributes:
        sql: the exact text.
        verdict: the worst of its statements; ``UNKNOWN`` when it cannot be read.
        reasons: of all statements, each once.
        statements: each with its own verdict; none when the text cannot be read.
        fingerprint: equal for texts that differ in literals, spaces and comments only; empty when
            the text cannot be read.
        shape: the text with its literals out, when any others in their places are as safe; else
            ``None``.
    """

    sql: str | bytes
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    statements: tuple[Statement, ...] = ()
    fingerprint: str = ""
    shape: str | None = None

    @property
    def text_hash(self) -> str:
        """SHA-256 of the exact text (UTF-8), in hexadecimal digits."""
        raw = self.sql if isinstance(self.sql, bytes) else self.sql.encode("utf-8", "surrogatepass")
        return hashlib.sha256(raw).hexdigest()

    @property
    def touched(self) -> tuple[Touched, ...]:
        """What the statements act on, each once, in order."""
        return tuple(sorted({one for part in self.statements for one in part.touched}))

    @property
    def unproven(self) -> bool:
        """Whether a row estimate could make the text safe."""
        bad = [one for one in self.statements if one.verdict >= Verdict.DESTRUCTIVE]
        return bool(bad) and all(one.unproven for one in bad)


def refused(sql: str | bytes, code: str) -> Judgement:
    """Return the judgement of a text that cannot be read."""
    return Judgement(sql, Verdict.UNKNOWN, (Reason(code),))


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on changed rows are a loss of mass.

    Attributes:
        rows: most rows that one statement may change or delete.
        cascade: most rows of other tables that go with them by foreign keys.
        few: up to so many rows the share of the table may be up to a half.
        share: above it, the part of a table that one statement takes is mass.
    """

    rows: int = 1000
    cascade: int = 100
    few: int = 20
    share: float = 0.2

    def mass(self, rows: float, of: float | None) -> bool:
        """Return whether so many rows of a table (``None``: of unknown size) are mass."""
        if rows > self.rows:
            return True
        part = rows / of if of else 0.0
        return part >= 0.5 or (part > self.share and rows > self.few)
