"""What can be wrong at one place of a SELECT: the changes that mutation tries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterator

_SWAPS: dict[type[exp.Expression], tuple[type[exp.Expression], ...]] = {
    exp.LT: (exp.LTE, exp.GT),
    exp.LTE: (exp.LT, exp.GTE),
    exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT, exp.LTE),
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.Add: (exp.Sub,),
    exp.Sub: (exp.Add,),
    exp.Min: (exp.Max,),
    exp.Max: (exp.Min,),
    exp.LogicalOr: (exp.LogicalAnd,),
    exp.LogicalAnd: (exp.LogicalOr,),
    exp.Lag: (exp.Lead,),
    exp.Lead: (exp.Lag,),
}
"""Comparisons flipped and moved by their boundary; the first for the last; any for all."""


def variants(node: exp.Expression) -> Iterator[exp.Expression]:
    """Yield what could stand in a node's place by one mistake; the node itself is not changed."""
    for other in _SWAPS.get(type(node), ()):
        yield other(**{name: _copied(value) for name, value in node.args.items()})
    if make := _MAKERS.get(type(node)):
        yield from make(node)


def _copied(value: Any) -> Any:
    if isinstance(value, list):
        return [_copied(item) for item in value]
    return value.copy() if isinstance(value, exp.Expression) else value


def _connector(node: exp.Expression) -> Iterator[exp.Expression]:
    """Drop one of the conditions, or take ``or`` for ``and``."""
    left, right = node.args["this"], node.args["expression"]
    yield left.copy()
    if not isinstance(left, type(node)):
        yield right.copy()
    other = exp.Or if isinstance(node, exp.And) else exp.And
    yield exp.Paren(this=other(this=_paren(left), expression=_paren(right)))


def _paren(node: exp.Expression) -> exp.Expression:
    return exp.Paren(this=node.copy())


def _condition(node: exp.Expression) -> Iterator[exp.Expression]:
    """Drop the only condition of a ``where`` or ``having``."""
    if not isinstance(node.this, exp.Connector):
        yield type(node)(this=exp.true())


def _join(node: exp.Expression) -> Iterator[exp.Expression]:
    """Take an inner join for a left join; drop its only condition."""
    if node.args.get("side") == "LEFT":
        inner = node.copy()
        inner.set("side", None)
        yield inner
    if isinstance(node.args.get("on"), exp.Predicate):
        crossed = node.copy()
        crossed.set("on", exp.true())
        yield crossed


def _case(node: exp.Expression) -> Iterator[exp.Expression]:
    """Drop each branch, the last included."""
    branches = node.args["ifs"]
    for place in range(len(branches)):
        other = node.copy()
        kept = [branch for at, branch in enumerate(other.args["ifs"]) if at != place]
        other.set("ifs", kept)
        yield other if kept else (other.args.get("default") or exp.null())
    if node.args.get("default") is not None:
        other = node.copy()
        other.set("default", None)
        yield other


def _in(node: exp.Expression) -> Iterator[exp.Expression]:
    """Drop each element of a list."""
    items = node.expressions
    for place in range(len(items) if len(items) > 1 else 0):
        other = node.copy()
        other.set("expressions", [item for at, item in enumerate(other.expressions) if at != place])
        yield other


def _negated(node: exp.Expression) -> Iterator[exp.Expression]:
    if not isinstance(node.parent, exp.Not):
        yield exp.Paren(this=exp.Not(this=_paren(node)))


def _affirmed(node: exp.Expression) -> Iterator[exp.Expression]:
    yield node.this.copy()


def _between(node: exp.Expression) -> Iterator[exp.Expression]:
    yield exp.GTE(this=node.this.copy(), expression=node.args["low"].copy())
    yield exp.LTE(this=node.this.copy(), expression=node.args["high"].copy())


def _number(node: exp.Expression) -> Iterator[exp.Expression]:
    """Nudge a number by one; numbers that name columns are no constants."""
    if node.is_string or isinstance(node.parent, exp.Ordered | exp.Group | exp.Limit | exp.Select):
        return
    for step in (1, -1):
        yield exp.Literal.number(f"{float(node.this) + step:g}")


def _interval(node: exp.Expression) -> Iterator[exp.Expression]:
    for step in (1, -1):
        other = node.copy()
        other.set("this", exp.Literal.string(f"{float(node.this.this) + step:g}"))
        yield other


def _coalesce(node: exp.Expression) -> Iterator[exp.Expression]:
    """Forget what stands for a null."""
    yield node.this.copy()


def _count(node: exp.Expression) -> Iterator[exp.Expression]:
    """Count a thing as often as it comes."""
    if isinstance(node.this, exp.Distinct):
        yield exp.Count(this=node.this.expressions[0].copy())


def _either(node: exp.Expression) -> Iterator[exp.Expression]:
    """Drop one side of a union."""
    for side in (node.args["this"], node.args["expression"]):
        other = side.copy()
        if node.args.get("with_") is not None:
            other.set("with_", node.args["with_"].copy())
        yield other


def _ordered(node: exp.Expression) -> Iterator[exp.Expression]:
    """Turn the order of a window round."""
    if isinstance(node.find_ancestor(exp.Window, exp.Select), exp.Window):
        other = node.copy()
        other.set("desc", not node.args.get("desc"))
        yield other


_MAKERS = {
    exp.And: _connector,
    exp.Or: _connector,
    exp.Where: _condition,
    exp.Having: _condition,
    exp.Join: _join,
    exp.Case: _case,
    exp.In: _in,
    exp.Is: _negated,
    exp.Exists: _negated,
    exp.Not: _affirmed,
    exp.Between: _between,
    exp.Literal: _number,
    exp.Interval: _interval,
    exp.Coalesce: _coalesce,
    exp.Filter: _affirmed,
    exp.Count: _count,
    exp.Union: _either,
    exp.Ordered: _ordered,
}
