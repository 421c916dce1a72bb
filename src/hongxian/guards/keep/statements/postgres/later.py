"""What a definition runs only when it is used: it is judged again then, by the catalog of then.

In a database that holds no row a definition has nothing to lose and nobody calls it yet: so a dump
is put back, whose functions come before their tables. In any other it is as bad as what it will do,
since applications that are not judged may call it; but a function that is new to all callers may
speak of tables that are still to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.statements.verdict import Verdict

from .case import TOP
from .nodes import qualified

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog, Function

    from .case import Case, Scope
    from .judge import Judge
    from .parse import Node

_CALLED = frozenset({"OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE"})
_TO_COME = frozenset({"relation_unknown", "function_unknown"})
"""Reasons that go away when what a body names is there."""


def defined(  # noqa: PLR0913 - what, where from, where to
    judge: Judge, found: Case, scope: Scope, case: Case, about: str, *, new: bool = False
) -> None:
    """Note what a definition does when it is used.

    Args:
        judge: what knows the catalog.
        found: what using it does.
        scope: where the definition stands: one that is read from the catalog is being used.
        case: where it is noted.
        about: its name.
        new: that nobody can call it yet by the names that are there.
    """
    bad = {one.code for one, verdict in found.reasons.items() if verdict >= Verdict.DESTRUCTIVE}
    waits = bool(bad) and scope.depth == 0 and (
        (new and bad <= _TO_COME) or judge.catalog.without_rows
    )  # fmt: skip
    if not waits:
        case.join(found)
        return
    case.add(Verdict.REVERSIBLE, "judged_when_used", about)
    case.takes_rows = case.takes_rows or found.takes_rows
    case.literal = True


def is_new(catalog: Catalog, node: Node, made: Function) -> bool:
    """Return whether no call that there is today can come to a function that is made."""
    same = catalog.functions.get(made.name, ())
    return (
        not node.get("replace")
        and made.name not in catalog.gone
        and not any(_overlap(one, made) for one in same)
    )


def _overlap(one: Function, other: Function) -> bool:
    """Return whether some number of arguments fits both."""
    fits = other.most is None or one.least <= other.most
    return fits and (one.most is None or other.least <= one.most)


def renamed(judge: Judge, node: Node, case: Case) -> None:
    """Judge a function that takes a name by which another one may be called already."""
    if node.get("renameType", node.get("objectType")) not in _CALLED:
        return
    name = qualified(node.get("object", {}).get("ObjectWithArgs", {}).get("objname"))
    to = node.get("newname", name[1])
    others = [one for one in judge.catalog.functions.get(to, ()) if one.name != name[1]
              or one.schema == node.get("newschema", one.schema)]  # fmt: skip
    if others or to in judge.catalog.gone:
        judge.named((name,), TOP, case)
