"""A PostgreSQL server's catalog, read by one connection (asyncpg) into a snapshot."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .catalog import (
    Catalog,
    Column,
    EventTrigger,
    ForeignKey,
    Function,
    Operator,
    Relation,
    Rule,
    Trigger,
    Type,
    bare,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Row = Any
"""A row as asyncpg gives it."""

_EVENTS = {4: "insert", 8: "delete", 16: "update", 32: "truncate"}
_RULED = {"1": "select", "2": "update", "3": "insert", "4": "delete"}
_SINGLE = {"void", "trigger", "event_trigger"}
_WHEN = re.compile(r" WHEN \((.*)\) EXECUTE (?:FUNCTION|PROCEDURE) ", re.DOTALL)


def queries() -> dict[str, str]:
    """Return the queries by their names: those of ``data/catalog.sql``, told apart by comments."""
    source = files("hongxian.guards.keep.statements") / "data" / "catalog.sql"
    found = re.split(r"^-- name: (\w+)$", source.read_text("utf-8"), flags=re.MULTILINE)
    return {name: query.strip().rstrip(";") for name, query in zip(found[1::2], found[2::2])}  # noqa: B905 - pairs


async def read_catalog(connection: Any, before: Catalog | None = None) -> Catalog:
    """Return a snapshot of what the database of a connection holds.

    Args:
        connection: one of asyncpg, to PostgreSQL 15 or later; its role sees all names, and of
            statistics what it may read.
        before: an earlier snapshot of the same server: its own functions, three thousand, are
            taken from it but for those that were replaced.
    """
    if connection.is_in_transaction():  # its own definitions are seen by it alone
        rows = await _fetched(connection, before)
    else:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            rows = await _fetched(connection, before)
    settings = {one["name"]: one["setting"] for one in rows["settings"]}
    made = Catalog.of(
        server=int(settings.pop("server_version_num")),
        functions=_functions(rows["functions"], before),
        relations=_relations(rows),
        types=[Type(one["schema"], one["name"], one["kind"], tuple(one["checks"]),
                    _pairs(one["functions"])) for one in rows["types"]],
        operators=[Operator(one["schema"], one["name"], _pair(one["function"]), one["plain"])
                   for one in rows["operators"]],
        foreign_keys=[
            ForeignKey(one["name"], _pair(one["table"]), tuple(one["columns"]), _pair(one["to"]),
                       tuple(one["to_columns"]), one["on_delete"], one["on_update"],
                       one["definition"])
            for one in rows["foreign_keys"]
        ],
        event_triggers=[EventTrigger(one["name"], _pair(one["function"]), one["enabled"])
                        for one in rows["event_triggers"]],
        settings=settings,
        powerful=[one["name"] for one in rows["powerful"]],
    )  # fmt: skip
    return made if before is None else made.with_gone(before.gone | before.functions.keys())


async def _fetched(connection: Any, before: Catalog | None) -> dict[str, list[Row]]:
    # names must come out in full, whatever the path of the session is
    path = await connection.fetchval("select current_setting('search_path')")
    placed = "select set_config('search_path', $1, true)"
    await connection.execute(placed, "pg_catalog")
    rows = {
        name: await connection.fetch(query, *([before is not None] if "$1" in query else ()))
        for name, query in queries().items()
    }
    await connection.execute(placed, path)
    return rows


def _functions(rows: list[Row], before: Catalog | None) -> list[Function]:
    """Return the functions of rows, and the server's own of an earlier snapshot, each once."""
    old = [] if before is None else [
        one for same in before.functions.values() for one in same if one.builtin
    ]  # fmt: skip
    return list(dict.fromkeys([*old, *map(_function, rows)]))


def _pair(two: Sequence[str]) -> tuple[str, str]:
    return two[0], two[1]


def _pairs(flat: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return (schema, name) pairs from ``schema.name`` texts joined by a zero-width sign."""
    return tuple(_pair(one.split("\x1f")) for one in flat)


def _function(one: Row) -> Function:
    names = one["argnames"] or [None] * len(one["composite"])
    result = one["returns"]
    returns = result if result in _SINGLE else "setof record" if one["retset"] else "text"
    return Function(
        one["schema"], one["name"], one["kind"], one["language"], one["volatility"],
        one["least"], None if one["variadic"] else one["most"],
        one["atomic"] or one["body"] or "", bool(one["atomic"]),
        tuple(name or None for name in names), tuple(one["composite"]), returns,
        bare(result), one["builtin"],
        one["extension"] or "", tuple(one["config"] or ()), _pairs(one["parts"]), one["of_row"],
        one["defaults"] or "",
    )  # fmt: skip


def _relations(rows: Mapping[str, list[Row]]) -> list[Relation]:
    columns = _grouped(rows["columns"], lambda one: Column(
        one["name"], one["type"], one["generated"], one["identity"], one["common"]))  # fmt: skip
    keys = _grouped(rows["keys"], lambda one: tuple(one["columns"]))
    triggers = _grouped(rows["triggers"], _trigger)
    rules = _grouped(rows["rules"], lambda one: Rule(
        one["name"], _RULED[one["event"]], one["definition"], one["enabled"]))  # fmt: skip
    written = {
        part: _grouped([one for one in rows["expressions"] if one["part"] == part],
                       lambda one: str(one["expression"]))
        for part in ("value", "index", "policy")
    }  # fmt: skip
    children = _grouped(rows["children"], lambda one: _pair(one["child"]))
    return [
        Relation(
            one["schema"], one["name"], one["kind"], one["rows"], columns[one["oid"]],
            keys[one["oid"]], one["definition"] or "", rules[one["oid"]], triggers[one["oid"]],
            written["value"][one["oid"]], written["index"][one["oid"]],
            written["policy"][one["oid"]], children[one["oid"]], one["wrapper"] or "",
            one["builtin"], one["temporary"], one["bound"] or "", one["empty"],
        )
        for one in rows["relations"]
    ]  # fmt: skip


def _grouped(rows: list[Row], make: Callable[[Row], Any]) -> defaultdict[int, tuple[Any, ...]]:
    found: defaultdict[int, tuple[Any, ...]] = defaultdict(tuple)
    for one in rows:
        found[one["oid"]] += (make(one),)
    return found


def _trigger(one: Row) -> Trigger:
    events = frozenset(name for bit, name in _EVENTS.items() if one["type"] & bit)
    when = _WHEN.search(one["definition"])
    return Trigger(one["name"], _pair(one["function"]), events, when[1] if when else "",
                   one["enabled"], one["definition"])  # fmt: skip
