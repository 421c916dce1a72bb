"""Mutants of a rule: its SELECT with one thing wrong. Cases that notice none are no proof.

A rule's cases must tell every mutant from the rule; :func:`surviving` names those they do not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.judge.cases import Tables, lay_out, run_bench
from hongxian.judge.reference import reference_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.judge.cases import Bench, Case
    from hongxian.rules.load import Rule

_DECOYS = (
    "insert into limits select 'decoy', name, value + 1000 from limits "
    "union all select rule, 'decoy', -1000 from limits"
)
"""Thresholds of others, so that a mutant that reads the wrong one is noticed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A changed text of a rule."""

    what: str
    """What was changed: the place before and after."""
    sql: str


def mutants(sql: str) -> list[Mutant]:
    """Return every mutant of a SELECT, each once."""
    import sqlglot  # noqa: PLC0415 - heavy, and not needed to judge

    from hongxian.judge.variants import variants  # noqa: PLC0415 - built on sqlglot

    tree = sqlglot.parse_one(sql, read="duckdb")
    made: dict[str, Mutant] = {}
    nodes: list[Any] = list(tree.walk())
    for node in nodes:
        for other in variants(node):
            before, after = (part.sql(dialect="duckdb") for part in (node, other))
            if node is tree:
                text = after
            else:
                node.replace(other)
                text = tree.sql(dialect="duckdb")
                other.replace(node)
            made.setdefault(text, Mutant(what=f"{before}  ->  {after}", sql=text))
    made.pop(tree.sql(dialect="duckdb"), None)
    return list(made.values())


def surviving(rule: Rule, cases: Sequence[Case], reference: Tables | None = None) -> list[Mutant]:
    """Return the mutants of a rule that its cases do not tell from the rule.

    The cases are laid out once; only the query is run anew for each mutant. A mutant that does
    not run at all is noticed.

    Args:
        rule: the rule.
        cases: its cases.
        reference: rows of the reference views; the shipped ones unless given.
    """
    tables = reference if reference is not None else _shipped(rule, cases)
    benches = lay_out(rule, cases, tables)
    try:
        for bench in benches:
            bench.store.con.execute(_DECOYS)
        return [mutant for mutant in mutants(rule.sql) if not _noticed(rule, mutant, benches)]
    finally:
        for bench in benches:
            bench.store.close()


def _shipped(rule: Rule, cases: Sequence[Case]) -> Tables:
    on = max(case.judged_at for case in cases).date()
    return dict(reference_tables((), [rule], {}, on))


def _noticed(rule: Rule, mutant: Mutant, benches: Sequence[Bench]) -> bool:
    changed = replace(rule, sql=mutant.sql)
    try:
        return any(problems for problems in _problems(changed, benches))
    except HongxianError:
        return True


def _problems(rule: Rule, benches: Sequence[Bench]) -> Iterator[list[str]]:
    for bench in benches:
        for result in run_bench(rule, bench):
            yield result.problems
