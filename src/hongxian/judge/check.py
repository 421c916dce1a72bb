"""Checks a rule file: what a rule may read, which functions, and that its texts are complete.

A rule that passes runs on DuckDB and on Spark SQL with the same text, reads nothing but the
published views, gives the same answer on every run, and never turns *unknown* into yes or no.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify

from hongxian.facts import vocabulary as words
from hongxian.judge.views import VIEWS
from hongxian.rules.load import VERDICTS
from hongxian.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.rules.load import Rule

SOURCES = ("law", "standard", "practice", "ours")
"""Where the value of a threshold can come from."""

FUNCTIONS = frozenset(
    [
        "abs", "array_agg", "avg", "ceil", "coalesce", "count", "floor",
        "get_json_object", "greatest", "lag", "least", "length", "lower", "max", "max_by", "min",
        "min_by", "nullif", "row_number", "split_part", "sum", "upper",
    ]
)  # fmt: skip
"""Functions that DuckDB and Spark SQL share, with the same meaning and no volatile one."""

ITEMS = frozenset(
    [
        *words.SECTIONS, *words.CONTROLS, *words.PROMPTS, *words.STATES, *words.DECLARED,
        *words.TRAITS,
        "basic", "collected_list", "complaint", "existing", "extended", "policy", "sdk_list",
        "separate", "shared_list",
    ]
)  # fmt: skip
"""Words that a rule may compare ``item`` with."""

_WORDS = {
    "certainty": words.CERTAINTIES, "form": words.FORMS, "item": ITEMS, "kind": words.KINDS,
    "phase": words.PHASES, "scope": words.SCOPES, "sensor": words.SENSORS,
    "status": words.STATUSES,
}  # fmt: skip
_SYNTAX = (exp.Case, exp.If, exp.Cast, exp.And, exp.Or, exp.Xor, exp.Filter)
_PLACE = re.compile(r"{(\w+)")


def check_rule(rule: Rule) -> list[str]:
    """Return what is wrong with a rule; empty when nothing is."""
    try:
        statements = [s for s in sqlglot.parse(rule.sql, read="duckdb") if s is not None]
        sqlglot.parse(rule.sql, read="spark")
    except SqlglotError as error:
        return [f"{rule.source}: {_line(error)}"]
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        return [f"{rule.source}: not exactly one SELECT"]
    tree = statements[0]
    found = [
        *_shape(tree), *_reads(tree), *_functions(tree), *_cases(tree), *_literals(tree),
        *_texts(rule, tree), *_needs(rule), *_limits(rule, tree),
    ]  # fmt: skip
    return [f"{rule.source}: {problem}" for problem in found]


def yields(tree: exp.Query) -> set[str]:
    """Return the verdicts that a rule's SELECT can return."""
    return {literal.name for case in _verdict_cases(tree) for literal in _results(case)}


def _line(error: Exception) -> str:
    text = re.sub(r"\x1b\[\d*m", "", str(error))
    return " ".join(text.split())[:200]


def _shape(tree: exp.Query) -> Iterator[str]:
    names = tree.named_selects
    for name in ("subject", "verdict", "evidence"):
        if name not in names:
            yield f"the last SELECT does not return {name}"
    if any(select.is_star for select in tree.find_all(exp.Select)):
        yield "select * is not allowed: name the columns"
    for clause, name in ((exp.Qualify, "qualify"), (exp.Limit, "limit"), (exp.Lateral, "lateral")):
        if tree.find(clause):
            yield f"{name} is not allowed"
    if any(group.args.get("all") for group in tree.find_all(exp.Group)):
        yield "group by all is not allowed: name the columns"


def _reads(tree: exp.Query) -> Iterator[str]:
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    names = {table.name for table in tree.find_all(exp.Table)}
    if foreign := sorted(names - own - set(VIEWS)):
        yield f"reads {', '.join(foreign)}: rules read the published views alone"
        return
    if own & set(VIEWS):
        yield f"a CTE hides the view {', '.join(sorted(own & set(VIEWS)))}"
        return
    try:
        schema: dict[str, Any] = dict(VIEWS)
        qualify(tree.copy(), schema=schema, dialect="duckdb", expand_alias_refs=False)
    except SqlglotError as error:
        yield _line(error)


def _functions(tree: exp.Query) -> Iterator[str]:
    for function in tree.find_all(exp.Func):
        if isinstance(function, _SYNTAX):
            continue
        name = function.name if isinstance(function, exp.Anonymous) else function.sql_name()
        if name.lower() not in FUNCTIONS:
            yield f"function {name.lower()} is not one that both engines share, or is volatile"


def _results(case: exp.Case) -> list[exp.Expression]:
    branches = [branch.args["true"] for branch in case.args["ifs"]]
    default = case.args.get("default")
    return [*branches, *([default] if default is not None else [])]


def _verdict_cases(tree: exp.Query) -> list[exp.Case]:
    return [
        case
        for case in tree.find_all(exp.Case)
        if (case.parent and case.parent.alias == "verdict")
        or any(r.name in VERDICTS for r in _results(case))
    ]


def _cases(tree: exp.Query) -> Iterator[str]:
    cases = _verdict_cases(tree)
    if not cases:
        yield "no CASE gives the verdict"
    for case in cases:
        default = case.args.get("default")
        if default is None or default.name != "unclear":
            yield "a CASE that gives verdicts must end in else 'unclear'"
        for result in _results(case):
            if not (isinstance(result, exp.Literal) and result.name in VERDICTS):
                yield f"{result.sql()} is none of the five verdicts"


def _literals(tree: exp.Query) -> Iterator[str]:
    """Words that no fact can hold would make a branch that never fires."""
    for node in tree.find_all(exp.EQ, exp.NEQ, exp.In, exp.NullSafeNEQ, exp.NullSafeEQ):
        known = _WORDS.get(node.this.name) if isinstance(node.this, exp.Column) else None
        others = node.expressions if isinstance(node, exp.In) else [node.expression]
        for other in others:
            if known is not None and isinstance(other, exp.Literal) and other.name not in known:
                yield f"{node.this.name} is never '{other.name}': the vocabulary has no such word"


def _texts(rule: Rule, tree: exp.Query) -> Iterator[str]:
    texts = {"title": rule.title, "group": rule.group, "fix": rule.fix}
    texts["false_positives"] = rule.false_positives
    texts |= {f"says.{verdict}": rule.says.get(verdict, {}) for verdict in sorted(yields(tree))}
    for name, text in texts.items():
        for lang in LANGUAGES:
            if not text.get(lang):
                yield f"{name}: no text in {lang}"
    columns = set(tree.named_selects)
    for verdict, says in rule.says.items():
        for lang, message in says.items():
            for place in sorted(set(_PLACE.findall(message)) - columns):
                yield f"says.{verdict}.{lang}: {{{place}}} is no column that the rule returns"


def _needs(rule: Rule) -> Iterator[str]:
    for scope in (scope for need in rule.needs for scope in need):
        if scope not in words.SCOPES:
            yield f"needs: no scope '{scope}'"


def _limits(rule: Rule, tree: exp.Query) -> Iterator[str]:
    used = _limit_names(rule, tree)
    for name in sorted(used ^ set(rule.thresholds)):
        yield f"threshold '{name}' must stand both in the head and in the SQL"
    for name, threshold in rule.thresholds.items():
        if threshold.get("source") not in SOURCES:
            yield f"threshold '{name}': source is none of {', '.join(SOURCES)}"
        if not isinstance(threshold.get("value"), int | float) or not threshold.get("unit"):
            yield f"threshold '{name}': needs a value (a number) and a unit"


def _limit_names(rule: Rule, tree: exp.Query) -> set[str]:
    used = set()
    for table in tree.find_all(exp.Table):
        if table.name != "limits":
            continue
        select = table.parent_select
        pairs = {e.this.name: e.expression for e in select.find_all(exp.EQ)} if select else {}
        name = pairs.get("name")
        if name is None or "rule" not in pairs or pairs["rule"].name != rule.id:
            used.add("limits without rule and name")
        elif isinstance(name, exp.Column):
            used.update(rule.thresholds)
        else:
            used.add(name.name)
    return used
