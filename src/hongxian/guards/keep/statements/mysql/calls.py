"""What a statement of MySQL or MariaDB calls: routines by their bodies, views by their queries."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.postgres.case import Case
from hongxian.guards.keep.statements.verdict import Limits, Verdict

from .lexer import Token, UnreadableError, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.statements.catalog import Catalog, Function, Relation

DEEPEST = 16
"""Texts within texts, and bodies within bodies, that are still read."""
_LOOPS = frozenset({"WHILE", "LOOP", "REPEAT", "ITERATE", "CURSOR"})


@cache
def known() -> dict[str, Any]:
    """Return the tables of ``data/mysql.toml``, with lists of words as frozen sets."""
    source = files("hongxian.guards.keep.statements") / "data" / "mysql.toml"
    tables: dict[str, Any] = tomllib.loads(source.read_text("utf-8"))
    return {
        name: {
            key: frozenset(value.split()) if isinstance(value, str) else value
            for key, value in table.items()
        }
        for name, table in tables.items()
    }


def calls(
    tokens: list[Token], catalog: Catalog, case: Case, seen: frozenset[str] = frozenset()
) -> None:
    """Judge what a statement calls, also by the views that it names.

    Args:
        tokens: of the statement.
        catalog: what the server holds.
        case: where it is noted.
        seen: routines and views that are around it.
    """
    for place, one in enumerate(tokens):
        if one.kind not in ("word", "name"):
            continue
        if place + 1 < len(tokens) and tokens[place + 1].is_sign("("):
            _called(tokens, place, catalog, case, seen)
        for found in views(one.text, catalog):
            view(found, catalog, case, seen)


def views(name: str, catalog: Catalog) -> list[Relation]:
    """Return the views of a name, in small letters too: so a server may keep them."""
    same = catalog.relations.get(name) or catalog.relations.get(name.lower()) or ()
    return [one for one in same if one.kind == "v"]


def _called(
    tokens: list[Token], place: int, catalog: Catalog, case: Case, seen: frozenset[str]
) -> None:
    """Judge a name with a bracket behind it: the server's own by a list, others by body."""
    table, one = known()["functions"], tokens[place]
    qualified = place > 0 and tokens[place - 1].is_sign(".")
    if not qualified and one.upper in table["safe"]:
        return
    if not qualified and one.upper in table["words"] and not _routines(one.text, catalog):
        return
    if one.upper in table["file"]:
        case.add(Verdict.DESTRUCTIVE, "server_file")
    elif not _names_table(tokens, place):
        routine(one.text, catalog, case, seen)


def _names_table(tokens: list[Token], place: int) -> bool:
    """Return whether a name with a bracket behind it is that of a table or of a window."""
    behind = _behind(tokens, place)
    while place >= 2 and tokens[place - 1].is_sign("."):
        place -= 2
    before = tokens[place - 1].upper if place else ""
    if before in ("INTO", "IGNORE", "WINDOW", "AS", "INDEX", "PARTITION", "WITH", "RECURSIVE"):
        return True
    # INSERT t (a), without INTO; a table expression's columns: WITH a (x) AS (, b (y) AS (
    verbs = ("INSERT", "REPLACE", "DELAYED", "LOW_PRIORITY", "HIGH_PRIORITY")
    return before in verbs or (before == "," and behind == ["AS", "("])


def _behind(tokens: list[Token], place: int) -> list[str]:
    """Return the two words behind the bracket that a name is followed by."""
    depth = 0
    for number in range(place + 1, len(tokens)):
        depth += tokens[number].is_sign("(") - tokens[number].is_sign(")")
        if not depth:
            return [one.upper for one in tokens[number + 1 : number + 3]]
    return []


def _routines(name: str, catalog: Catalog) -> list[Function]:
    return [
        one for known_as, same in catalog.functions.items() if known_as.lower() == name.lower()
        for one in same
    ]  # fmt: skip


def routine(name: str, catalog: Catalog, case: Case, seen: frozenset[str] = frozenset()) -> None:
    """Judge the call of a function or procedure of users by its body."""
    found = _routines(name, catalog)
    if not found:
        case.add(Verdict.UNKNOWN, "function_unknown", name)
    for one in found:
        case.touch("function", one.full, "call")
        if one.full not in seen:
            body(one.body, catalog, case, seen | {one.full})


def view(
    one: Relation, catalog: Catalog, case: Case, seen: frozenset[str] = frozenset()
) -> None:  # fmt: skip
    """Judge what a view calls, by the words of its query."""
    if one.full in seen:
        return
    try:
        for reading in readings(one.definition):
            for part in reading:
                calls(part, catalog, case, seen | {one.full})
    except UnreadableError as error:
        case.add(Verdict.UNKNOWN, str(error.args[0]), one.full)


def body(text: str, catalog: Catalog, case: Case, seen: frozenset[str] = frozenset()) -> None:
    """Judge the body of a routine, trigger or event: none may lose rows.

    Its words decide; an UPDATE must take few rows by a key that a variable of the body gives.
    """
    table = known()["bodies"]
    try:
        found = readings(text)
    except UnreadableError as error:
        case.add(Verdict.UNKNOWN, str(error.args[0]))
        return
    for parts in found:
        words = {one.upper for part in parts for one in part}
        if words & table["unknown"]:
            case.add(Verdict.UNKNOWN, "dynamic")
        changes = [change for part in parts for change in _changes(part)]
        upserts = any({"DUPLICATE", "SELECT"} <= {one.upper for one in part} for part in parts)
        loops = bool(changes) and bool(words & _LOOPS)
        if words & table["destructive"] or upserts or loops:
            case.add(Verdict.DESTRUCTIVE, "mass_loop", "")
        for part in parts:
            calls(part, catalog, case, seen)
        for change in changes:
            _changed(change, catalog, case, seen)
        case.takes_rows = case.takes_rows or bool(changes)


def _changes(part: list[Token]) -> Iterator[list[Token]]:
    """Yield each UPDATE of a part of a body, up to the part's end."""
    before = ""
    for place, one in enumerate(part):
        if one.upper == "UPDATE" and before not in ("ON", "BEFORE", "AFTER", "KEY", "FOR"):
            yield part[place:]
        before = one.upper


def _changed(change: list[Token], catalog: Catalog, case: Case, seen: frozenset[str]) -> None:
    from . import rows  # noqa: PLC0415 - they need one another

    if len(seen) > DEEPEST:
        case.add(Verdict.UNKNOWN, "too_deep")
        return
    inner = Case()
    rows.judge(change, catalog, Limits(), inner, seen=seen, inside=True)
    case.touched |= inner.touched
    if inner.verdict >= Verdict.DESTRUCTIVE:
        case.add(inner.verdict, "mass_loop", "")
