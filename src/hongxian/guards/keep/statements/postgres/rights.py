"""What settings, roles and rights do: what takes protection away, or reaches past a guard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.catalog import TRASH
from hongxian.guards.keep.statements.verdict import Verdict

from .known import known, setting
from .nodes import constant, typed

if TYPE_CHECKING:
    from .case import Case, Scope
    from .judge import Judge
    from .parse import Node

_READING = ("standard_conforming_strings", "client_encoding")


def judge_setting(judge: Judge, node: Node, case: Case) -> None:
    """Judge a ``VariableSetStmt``: SET, RESET, and the SET of a function, role or database."""
    kind, name = node.get("kind", "VAR_SET_VALUE"), node.get("name", "")
    case.literal = True
    case.touch("setting", name.lower() or "all", "alter")
    if kind == "VAR_SET_MULTI":  # of transactions
        return
    if kind == "VAR_RESET_ALL":
        for one in _READING:
            case.add(*setting(one, judge.catalog.settings.get(one)), one)
        return
    if kind in ("VAR_SET_VALUE", "VAR_SET_CURRENT"):
        values = [constant(one) for one in node.get("args", ())]
        if any(one and TRASH in one for one in values):
            case.add(Verdict.DESTRUCTIVE, "trash", name.lower())
        value = values[0] if len(values) == 1 else None
    else:
        value = judge.catalog.settings.get(name.lower())
    case.add(*setting(name, value), name.lower())


def _set(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    judge_setting(judge, node, case)


def _set_for_all(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    """Judge ALTER ROLE SET and ALTER DATABASE SET, which last."""
    judge_setting(judge, node["setstmt"], case)
    case.add(Verdict.REVERSIBLE, "server_setting", node["setstmt"].get("name", "").lower())


def _role(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    role = node.get("role", "")  # a text in CREATE ROLE
    about = role.get("rolename", "") if isinstance(role, dict) else role
    case.touch("role", about, "alter")
    case.add(Verdict.REVERSIBLE, "rights", about)
    for one in node.get("options", ()):
        element = one["DefElem"]
        word = element.get("defname", "").lower()
        given = constant(element.get("arg"))
        if word in known()["roles"]["attributes"] and given not in ("false", "0"):
            case.add(Verdict.DESTRUCTIVE, "powerful_role", about)
        if word == "addroleto":
            _powerful(judge, _roles(element.get("arg")), case)


def _roles(node: Any) -> list[str]:
    items = typed(node)[1].get("items", ()) if node else ()
    return [one.get("RoleSpec", {}).get("rolename", "") for one in items]


def _powerful(judge: Judge, names: list[str], case: Case) -> None:
    for name in names:
        if name in known()["roles"]["roles"] or name in judge.catalog.powerful:
            case.add(Verdict.DESTRUCTIVE, "powerful_role", name)


def _membership(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    granted = [one["AccessPriv"].get("priv_name", "") for one in node.get("granted_roles", ())]
    for name in granted:
        case.touch("role", name, "alter")
        case.add(Verdict.REVERSIBLE, "rights", name)
    if node.get("is_grant"):
        _powerful(judge, granted, case)


HANDLERS: dict[str, Any] = {
    "VariableSetStmt": _set, "AlterRoleSetStmt": _set_for_all, "AlterDatabaseSetStmt": _set_for_all,
    "CreateRoleStmt": _role, "AlterRoleStmt": _role, "GrantRoleStmt": _membership,
}  # fmt: skip
