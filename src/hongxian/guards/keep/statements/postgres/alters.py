"""What ALTER and DROP do: what cannot be made again from its definition is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.verdict import Verdict

from .known import known
from .nodes import constant, dotted, inside, options, qualified, ranged, strings, typed
from .rights import judge_setting

if TYPE_CHECKING:
    from .case import Case, Scope
    from .judge import Judge
    from .parse import Node

_TABLES = frozenset({"OBJECT_TABLE", "OBJECT_MATVIEW", "OBJECT_SEQUENCE", "OBJECT_VIEW",
                     "OBJECT_FOREIGN_TABLE", "OBJECT_INDEX"})  # fmt: skip
_LENGTHS = frozenset({"varchar", "bpchar", "numeric", "bit", "varbit"})


def _table(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    name = ranged(node["relation"])
    found = judge.find(name)
    case.touch("table", found[0].full if len(found) == 1 else dotted(name), "alter")
    own = bool(found) and all(one.own for one in found)
    for part in node.get("cmds", ()):
        command = part["AlterTableCmd"]
        if not own:
            _part(judge, command, name, case)
        judge.query(command.get("def"), scope._replace(many=True), case)


def _part(judge: Judge, command: Node, name: tuple[str, str], case: Case) -> None:
    table, kind = known()["alter"], command.get("subtype", "AT_AddColumn")
    about = dotted((dotted(name), command.get("name", "")))
    if kind == "AT_AlterColumnType":
        if not _widens(judge, command, name):
            case.add(Verdict.DESTRUCTIVE, "column_type", about)
        else:
            case.add(Verdict.REVERSIBLE, "altered", about)
    elif kind in table["destructive"]:
        case.add(Verdict.DESTRUCTIVE, table["destructive"][kind], about)
    elif kind in table["reversible"]:
        case.add(Verdict.REVERSIBLE, "altered", about)
    elif kind not in table["safe"]:
        case.add(Verdict.UNKNOWN, "alter_unknown", kind.removeprefix("AT_"))
    if kind in ("AT_AddConstraint", "AT_AddColumn") and any(
        one.get("fk_del_action", "a") in ("c", "n", "d") or one.get("fk_upd_action", "a") == "c"
        for what, one in inside(command.get("def"))
        if what == "Constraint"
    ):
        case.add(Verdict.REVERSIBLE, "cascade_made", about)


def _widens(judge: Judge, command: Node, name: tuple[str, str]) -> bool:
    """Return whether the new type of a column holds every value of the old one."""
    made = command.get("def", {}).get("ColumnDef", {})
    type_ = made.get("typeName", {})
    new = (strings(type_.get("names")) or [""])[-1]
    if "raw_default" in made or type_.get("arrayBounds"):
        return False
    columns = [table.column(command.get("name", "")) for table in judge.find(name)]
    old = {_plain(one.type) for one in columns if one is not None}
    wider = known()["alter"]["wider"]
    return bool(old) and all(
        new in wider.get(one, "").split() and not (type_.get("typmods") and new in _LENGTHS)
        for one in old
    )


def _plain(type_: str) -> str:
    """Return the parser's name of a type as the catalog writes it."""
    names = {"smallint": "int2", "integer": "int4", "bigint": "int8", "real": "float4",
             "character varying": "varchar", "character": "bpchar"}  # fmt: skip
    bare = type_.split("(", maxsplit=1)[0].strip()
    return names.get(bare, bare)


def _drop(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    kind, table = node.get("removeType", ""), known()["drops"]
    cascading = node.get("behavior") == "DROP_CASCADE"
    for one in node.get("objects", ()):
        name = _dropped(one)
        found = judge.find(name) if kind in _TABLES else ()
        full = found[0].full if len(found) == 1 else dotted(name)
        case.touch(_word(kind), full, "drop")
        if found and all(part.own for part in found):
            continue
        if kind in _TABLES and not found and not node.get("missing_ok"):
            case.add(Verdict.UNKNOWN, "relation_unknown", full)  # the server drops nothing
            continue
        if kind in table["destructive"]:
            case.add(Verdict.DESTRUCTIVE, table["destructive"][kind], full)
        elif kind not in table["reversible"]:
            case.add(Verdict.UNKNOWN, "kind_unknown", kind)
        elif cascading:
            code = "drop_schema" if kind == "OBJECT_SCHEMA" else "drop_cascade"
            case.add(Verdict.DESTRUCTIVE, code, full)
        else:
            case.add(Verdict.REVERSIBLE, "dropped", full)


def _word(kind: str) -> str:
    word = kind.removeprefix("OBJECT_").lower()
    words = {"matview": "view", "foreign_table": "table", "procedure": "function",
             "routine": "function", "aggregate": "function", "domain": "type"}  # fmt: skip
    word = words.get(word, word)
    return word if word in ("table", "view", "function", "type", "schema", "sequence") else "other"


def _dropped(node: Any) -> tuple[str, str]:
    kind, fields = typed(node)
    if kind == "List":
        return qualified(one for one in fields.get("items", ()) if "String" in one)
    if kind == "String":
        return "", fields.get("sval", "")
    return qualified(fields.get("objname") or fields.get("names"))


def _function(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    case.add(Verdict.REVERSIBLE, "altered", dotted(qualified(node.get("func", {}).get("objname"))))
    for one in node.get("actions", ()):
        if one["DefElem"].get("defname") == "set":
            judge_setting(judge, typed(one["DefElem"].get("arg"))[1], case)


def _enum(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    if "oldVal" in node:
        case.add(Verdict.REVERSIBLE, "renamed", dotted(qualified(node.get("typeName"))))


def _domain(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    case.add(Verdict.REVERSIBLE, "altered", dotted(qualified(node.get("typeName"))))
    judge.query(node.get("def"), scope, case)


def _extension(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    name = node.get("extname", "")
    listed = name in known()["extensions"]["safe"]
    case.add(Verdict.REVERSIBLE if listed else Verdict.UNKNOWN, "extension", name)


def _database(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    given = options(node.get("options"))
    case.touch("database", node.get("dbname", ""), "alter")
    off = (constant(given.get("allow_connections")) or "true") in ("false", "off", "0")
    case.add(Verdict.DESTRUCTIVE if off else Verdict.REVERSIBLE, "altered", node.get("dbname", ""))


HANDLERS: dict[str, Any] = {
    "AlterTableStmt": _table, "DropStmt": _drop, "AlterFunctionStmt": _function,
    "AlterEnumStmt": _enum, "AlterDomainStmt": _domain, "AlterExtensionStmt": _extension,
    "AlterDatabaseStmt": _database,
}  # fmt: skip
