"""Judges statements of one snapshot; what functions, views and tables do is judged once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hongxian.guards.keep.statements.catalog import TRASH, Catalog, pick
from hongxian.guards.keep.statements.verdict import Limits, Verdict

from . import bodies, calls, query, statements
from .case import TOP, Case, Scope
from .nodes import dotted
from .parse import UnreadableError, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.guards.keep.statements.catalog import Function, Relation, Trigger

    from .parse import Node

Estimate = Callable[[str], float | None]
"""How many rows the planner says that a statement (its text) changes; ``None``: it does not say."""

MOST_KEPT = 50_000
"""Functions and texts of bodies whose judgement is kept."""

DEEPEST = 24
"""Bodies and views within one another that are still followed."""


_ROWS = frozenset(("SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"))
"""Statements about rows, which are judged by the tables that they write."""


def no_estimate(_: str) -> None:
    """Say nothing about any statement."""


@dataclass(slots=True)
class Judge:
    """Judges against one snapshot.

    Attributes:
        catalog: the snapshot.
        limits: from where on rows are mass.
        estimate: asked for the rows of a top statement that is not proved to take few.
        given: how many values each parameter of a top statement lists, by its number.
        kept: what functions and texts were found to do, by their identity.
        running: what is being judged.
        circled: what of it came back to itself.
    """

    catalog: Catalog
    limits: Limits = field(default_factory=Limits)
    estimate: Estimate = no_estimate
    given: Mapping[int, int] = field(default_factory=dict)
    kept: dict[object, Case] = field(default_factory=dict)
    running: set[object] = field(default_factory=set)
    circled: set[object] = field(default_factory=set)

    def statement(self, kind: str, node: Node, scope: Scope, case: Case, text: str = "") -> None:
        """Judge one statement into a case; only a top one is given with its text."""
        if kind not in _ROWS and TRASH in repr(node):
            # what gets into the trash is dropped one day, what gets out is not undone
            case.add(Verdict.DESTRUCTIVE, "trash", kind)
        if scope.depth > DEEPEST:
            case.add(Verdict.UNKNOWN, "too_deep")
        else:
            statements.judge(self, kind, node, scope, case, text=text)

    def query(self, node: object, scope: Scope, case: Case) -> None:
        """Judge all that an expression or a query does."""
        query.walk(self, node, scope, case)

    def text(self, sql: str, scope: Scope, case: Case) -> None:
        """Judge the statements of a text that stands in the catalog or in a body."""
        if scope.depth > DEEPEST:
            case.add(Verdict.UNKNOWN, "too_deep")
            return

        def work(found: Case) -> None:
            try:
                for one in parse(sql):
                    self.statement(one.kind, one.node, scope, found)
            except UnreadableError as error:
                found.add(Verdict.UNKNOWN, str(error.args[0]))

        case.join(self.once((sql, scope), work))

    def once(self, key: object, work: Callable[[Case], None]) -> Case:
        """Return what a piece of work found, done once for a key.

        Work that comes back to itself does what the rest of it does. What was found on the way
        is not whole then, and is forgotten.
        """
        done = self.kept.get(key)
        if done is not None:
            self.circled |= {key} & self.running
            return done
        if len(self.kept) >= MOST_KEPT:
            self.kept.clear()
        done = self.kept[key] = Case()
        self.running.add(key)
        try:
            work(done)
        except BaseException:
            # what is half done must not be taken for safe
            self.kept.clear()
            self.running.clear()
            self.circled.clear()
            raise
        self.running.discard(key)
        if not self.running and self.circled:
            self.circled.clear()
            self.kept.clear()
            self.kept[key] = done
        return done

    def expression(self, text: str, scope: Scope, case: Case) -> None:
        """Judge an expression of the catalog, as a default or a check."""
        self.text(f"select {text}", scope, case)

    def call(
        self, name: tuple[str, str], count: int | None, scope: Scope, case: Case
    ) -> tuple[Function, ...]:
        """Judge a call: the worst of all functions of that name; return them.

        Args:
            name: schema (empty when not given) and name.
            count: of arguments; ``None``: any number.
            scope: where the call stands.
            case: where it is noted.
        """
        same = pick(self.catalog.functions, *name)
        found = tuple(one for one in same if count is None or one.takes(count))
        for one in found:
            self.function(one, scope, case)
        return found

    def function(self, one: Function, scope: Scope, case: Case) -> None:
        """Judge a call of a function, and what it does when it is called often."""
        key = ("function", id(one))

        def work(found: Case) -> None:
            calls.judge(self, one, Scope(depth=scope.depth + 1), found)
            if key in self.circled and found.takes_rows:
                found.add(Verdict.DESTRUCTIVE, "many_calls", one.full)

        done = self.once(key, work)
        if done.verdict or done.takes_rows or not one.builtin:
            case.touch("function", one.full, "call")
            case.join(done)
        if done.takes_rows and scope.many:
            case.add(Verdict.DESTRUCTIVE, "many_calls", one.full)

    def named(self, names: tuple[tuple[str, str], ...], scope: Scope, case: Case) -> None:
        """Judge functions that are called behind the scenes, by their full names."""
        for name in names:
            if not self.call(name, None, scope, case):
                case.add(Verdict.UNKNOWN, "function_unknown", dotted(name))

    def trigger(self, one: Trigger, scope: Scope, case: Case) -> None:
        """Judge what a trigger does, if it is enabled."""
        if one.enabled in ("D", "R"):
            return
        if one.when:
            self.expression(one.when, TOP, case)
        self.named((one.function,), scope, case)

    def definition_changes(self, case: Case) -> None:
        """Judge what event triggers do whenever a definition changes."""
        for one in self.catalog.event_triggers:
            if one.enabled not in ("D", "R"):
                self.named((one.function,), TOP, case)

    def find(self, name: tuple[str, str]) -> tuple[Relation, ...]:
        """Return the relations of a name in every schema, or in the one that is given."""
        return pick(self.catalog.relations, *name)

    def rows(self, relation: Relation, depth: int = 0) -> float | None:
        """Return how many rows a table and those that inherit from it hold."""
        children = [self.catalog.relation(one) for one in relation.children]
        if not children or depth > DEEPEST:
            return relation.rows
        counts = [self.rows(one, depth + 1) for one in children if one]
        own = relation.rows if relation.kind != "p" else 0.0
        known = [one for one in [own, *counts] if one is not None]
        return sum(known) if len(known) == len(counts) + 1 else None

    def body(self, one: Function, scope: Scope, case: Case) -> None:
        """Judge the body of a function."""
        bodies.judge(self, one, scope, case)


def with_catalog(judge: Judge, catalog: Catalog) -> Judge:
    """Return a judge of a later snapshot, which has judged nothing yet."""
    return replace(judge, catalog=catalog, kept={}, running=set(), circled=set())
