"""What the call of a function does: by a list for the server's own, by the body for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.statements.verdict import Verdict

from .case import Scope
from .known import builtin_functions, known, setting

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Function

    from .case import Case
    from .judge import Judge


def judge(judge: Judge, one: Function, scope: Scope, case: Case) -> None:
    """Judge one call of a function into a case."""
    for pair in one.settings:
        name, _, value = pair.partition("=")
        verdict, code = setting(name, value)
        case.add(verdict, code, name)
    if one.defaults:
        judge.expression(f"row({one.defaults})", Scope(depth=scope.depth), case)
    if one.kind in ("a", "w") and one.parts:
        judge.named(one.parts, scope._replace(many=True), case)
    elif one.language in ("internal", "c"):
        _compiled(one, case)
    else:
        judge.body(one, scope, case)


def _compiled(one: Function, case: Case) -> None:
    if one.builtin:
        default = (Verdict.SAFE, "") if one.volatility != "v" else (Verdict.UNKNOWN, "unlisted")
        if one.name.startswith(("pg_stat_get_", "RI_FKey_")):
            default = (Verdict.SAFE, "")
        verdict, code = builtin_functions().get(one.name, default)
        case.add(verdict, code, one.name)
    elif one.language == "internal" and one.body in known()["functions"]["constructors"]:
        return
    elif one.extension not in known()["extensions"]["safe"]:
        case.add(Verdict.UNKNOWN, "compiled", one.full)
