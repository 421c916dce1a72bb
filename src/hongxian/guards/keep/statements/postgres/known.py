"""What is known of PostgreSQL's own functions, settings and statements: ``data/postgres.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from hongxian.guards.keep.statements.verdict import Verdict


@cache
def known() -> dict[str, Any]:
    """Return the tables of the file; lists of words come as frozen sets, one level down."""
    source = files("hongxian.guards.keep.statements") / "data" / "postgres.toml"
    tables: dict[str, Any] = tomllib.loads(source.read_text("utf-8"))
    return {name: {key: _words(value) for key, value in table.items()}
            for name, table in tables.items()}  # fmt: skip


def _words(value: Any) -> Any:
    return frozenset(value.split()) if isinstance(value, str) else value


@cache
def builtin_functions() -> dict[str, tuple[Verdict, str]]:
    """Return what functions of the server do, by name, as verdict and code of the reason."""
    table = known()["functions"]
    found = dict.fromkeys(table["safe"], (Verdict.SAFE, ""))
    found |= dict.fromkeys(table["reversible"], (Verdict.REVERSIBLE, "server_function"))
    found |= dict.fromkeys(table["destructive"], (Verdict.DESTRUCTIVE, "server_function"))
    return found | dict.fromkeys(table["text"], (Verdict.UNKNOWN, "text_function"))


@cache
def words_as_functions() -> dict[str, tuple[str, ...]]:
    """Return the functions that an older server calls where the grammar has words of its own."""
    return {kind: tuple(names.split()) for kind, names in known()["functions"]["words"].items()}


@cache
def fixed() -> dict[str, tuple[Verdict, str]]:
    """Return the statements whose verdict is always the same, with the code of the reason."""
    table = known()["statements"]
    found = dict.fromkeys(table["safe"]["kinds"].split(), (Verdict.SAFE, ""))
    for verdict in (Verdict.REVERSIBLE, Verdict.DESTRUCTIVE):
        found |= {kind: (verdict, code) for kind, code in table[verdict.name.lower()].items()}
    return found


def setting(name: str, value: str | None) -> tuple[Verdict, str]:
    """Return what setting a name to a value does, and the code of the reason.

    Args:
        name: of the setting, in any case.
        value: the value in words; ``None``: back to the server's own or not told.
    """
    table, name = known()["settings"], name.lower()
    if name in table["reading"]:
        good = table["reading"][name].split()
        same = value is not None and value.strip().lower() in good
        return (Verdict.SAFE, "") if same else (Verdict.UNKNOWN, "reading_setting")
    if name in table["destructive"]:
        kept = value is not None and value.lower() in ("off", "origin", "local", "false")
        return (Verdict.SAFE, "") if kept else (Verdict.DESTRUCTIVE, "protective_setting")
    if name in table["reversible"]:
        return Verdict.REVERSIBLE, "server_setting"
    # one with a dot is an application's own, read by its policies, or an extension's
    own = "." in name and name.partition(".")[0] not in table["owned"]
    if own or name in table["safe"] or name.startswith(tuple(table["starts"])):
        return Verdict.SAFE, ""
    return Verdict.UNKNOWN, "setting_unknown"
