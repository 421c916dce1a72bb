"""What is gathered about one statement while it is judged, and where in it one is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from hongxian.guards.keep.statements.verdict import Reason, Statement, Touched, Verdict


class Scope(NamedTuple):
    """Where in a statement or a body one is.

    Attributes:
        many: that what stands here can run for many rows, or many times.
        names: variables and arguments of the body around, in small letters.
        tables: names of common table expressions, which are no tables.
        depth: how many bodies and views are around.
    """

    many: bool = False
    names: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    depth: int = 0


TOP = Scope()


@dataclass(slots=True)
class Case:
    """What is known of one statement so far.

    Attributes:
        verdict: the worst so far.
        reasons: why.
        touched: what it acts on.
        takes_rows: that it changes or deletes rows, be it few: run for many rows it takes many.
        literal: that the value of a literal had a part in it, so that it holds for this text alone.
        unproven: reasons that a row estimate could remove.
    """

    verdict: Verdict = Verdict.SAFE
    reasons: dict[Reason, Verdict] = field(default_factory=dict)
    touched: set[Touched] = field(default_factory=set)
    takes_rows: bool = False
    literal: bool = False
    unproven: set[Reason] = field(default_factory=set)

    def add(self, verdict: Verdict, code: str, about: str = "", *, unproven: bool = False) -> None:
        """Note a reason; a safe one is none."""
        if verdict is Verdict.SAFE:
            return
        reason = Reason(code, about)
        self.reasons[reason] = max(verdict, self.reasons.get(reason, verdict))
        self.verdict = max(self.verdict, verdict)
        if unproven:
            self.unproven.add(reason)

    def touch(self, kind: str, name: str, action: str) -> None:
        """Note what is acted on."""
        self.touched.add(Touched(kind, name, action))

    def join(self, other: Case) -> None:
        """Take over all that another case found; it is proven or not by itself."""
        for reason, verdict in other.reasons.items():
            self.add(verdict, reason.code, reason.about)
        self.touched |= other.touched
        self.takes_rows = self.takes_rows or other.takes_rows
        self.literal = self.literal or other.literal

    def statement(self, kind: str, text: str) -> Statement:
        """Return what is known as the outcome of a statement."""
        bad = {one for one, verdict in self.reasons.items() if verdict >= Verdict.DESTRUCTIVE}
        return Statement(
            kind, text, self.verdict, tuple(self.reasons), tuple(sorted(self.touched)),
            bool(bad) and bad <= self.unproven,
        )  # fmt: skip
