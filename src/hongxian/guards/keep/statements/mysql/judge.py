"""Judges one statement of MySQL or MariaDB by its words, and by its tree where rows are changed."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.postgres.case import Case
from hongxian.guards.keep.statements.verdict import Verdict

from . import rows
from .lexer import Token, UnreadableError, readings

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog, Function
    from hongxian.guards.keep.statements.verdict import Limits

_QUERIES = frozenset({
    "SELECT", "WITH", "VALUES", "TABLE", "(", "INSERT", "REPLACE", "UPDATE", "DELETE", "DO",
})  # fmt: skip
_FILLING = frozenset({"IF", "NOT", "EXISTS", "NO_WRITE_TO_BINLOG", "LOCAL"})
_CHARSETS = frozenset({
    "NAMES", "CHARSET", "CHARACTER", "CHARACTER_SET_CLIENT", "CHARACTER_SET_CONNECTION",
})  # fmt: skip
_GLOBAL = frozenset({"GLOBAL", "PERSIST", "PERSIST_ONLY"})
_POWERFUL = frozenset({"ALL", "SUPER", "FILE", "SHUTDOWN", "PROXY"})
DEEPEST = 16
"""Texts within texts that are still read."""


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


@cache
def _first_words() -> dict[tuple[str, ...], tuple[Verdict, str]]:
    table = known()["statements"]
    found = {tuple(words.split()): (Verdict.SAFE, "") for words in table["safe"]}
    for verdict in (Verdict.REVERSIBLE, Verdict.DESTRUCTIVE):
        for words, code in table[verdict.name.lower()].items():
            found[tuple(words.split())] = (verdict, code)
    return found


def judge(
    tokens: list[Token], catalog: Catalog, limits: Limits, case: Case, depth: int = 0
) -> None:
    """Judge a statement into a case.

    Args:
        tokens: of the statement alone.
        catalog: what the server holds; a database is a schema.
        limits: from where on rows are mass.
        case: where it is noted.
        depth: how many texts are around it.
    """
    words = [one.upper for one in tokens]
    if depth > DEEPEST:
        case.add(Verdict.UNKNOWN, "too_deep")
    elif words[0] in ("EXPLAIN", "ANALYZE", "DESCRIBE", "DESC") and _explained(words):
        _explain(tokens, catalog, limits, case, depth)
    elif words[0] in _QUERIES and words[:2] != ["DELETE", "HISTORY"]:
        _query(tokens, catalog, limits, case)
    elif words[0] in _HANDLERS:
        _HANDLERS[words[0]](tokens, words, catalog, limits, case, depth)
    else:
        by_first_words(words, case)


def by_first_words(words: list[str], case: Case) -> None:
    """Judge a statement by the words that it begins with; the longest known ones decide."""
    rest = [
        word
        for word in words[:6]
        if word not in ("IF", "NOT", "EXISTS", "NO_WRITE_TO_BINLOG", "LOCAL")
    ]
    for length in (4, 3, 2, 1):
        found = _first_words().get(tuple(rest[:length]))
        if found and words[:2] != ["BEGIN", "NOT"]:
            case.add(found[0], found[1], "")
            return
    case.add(Verdict.UNKNOWN, "kind_unknown", words[0])


def _explained(words: list[str]) -> bool:
    return any(word in _QUERIES for word in words[1:6]) and words[1] not in ("TABLE", "LOCAL")


def _explain(tokens: list[Token], catalog: Catalog, limits: Limits, case: Case, depth: int) -> None:
    """Judge EXPLAIN; with ANALYZE (and ANALYZE alone, of MariaDB) the statement itself runs."""
    words = [one.upper for one in tokens]
    start = next(place for place, word in enumerate(words) if place and word in _QUERIES)
    runs = "ANALYZE" in words[:start]
    inner = Case()
    judge(tokens[start:], catalog, limits, inner, depth + 1)
    if runs or inner.verdict is Verdict.UNKNOWN:
        case.join(inner)


def _query(tokens: list[Token], catalog: Catalog, limits: Limits, case: Case) -> None:
    words = [one.upper for one in tokens]
    if {"OUTFILE", "DUMPFILE"} & set(words):
        case.add(Verdict.DESTRUCTIVE, "server_file")
        return
    if {"PORTION", "PROCEDURE", "HISTORY"} & set(words):
        case.add(Verdict.UNKNOWN, "kind_unknown", words[0])
    calls(tokens, catalog, case)
    rows.judge(tokens, catalog, limits, case)


def calls(tokens: list[Token], catalog: Catalog, case: Case) -> None:
    """Judge the functions that a statement calls: the server's own by a list, others by body."""
    table = known()["functions"]
    for place, one in enumerate(tokens[:-1]):
        if tokens[place + 1].text != "(" or tokens[place + 1].kind != "sign":
            continue
        before = tokens[place - 1] if place else Token("sign", "")
        if one.kind not in ("word", "name") or (one.upper in table["words"] and before.text != "."):
            continue
        if one.upper in table["safe"] and before.text != ".":
            continue
        if one.upper in table["file"]:
            case.add(Verdict.DESTRUCTIVE, "server_file")
        elif _names_table(tokens, place):
            continue
        else:
            routine(one.text, catalog, case)


def _names_table(tokens: list[Token], place: int) -> bool:
    """Return whether a name with a bracket behind it is that of a table or of a window."""
    while place >= 2 and tokens[place - 1].text == ".":
        place -= 2
    before = tokens[place - 1].upper if place else ""
    if before in ("INTO", "IGNORE", "WINDOW", "AS", "INDEX", "PARTITION", "WITH", "RECURSIVE"):
        return True
    # INSERT t (a), without INTO; a table expression's columns: WITH a (x) AS, b (y) AS
    verbs = ("INSERT", "REPLACE", "DELAYED", "LOW_PRIORITY", "HIGH_PRIORITY")
    listed = before == "," and tokens[0].upper == "WITH" and _behind(tokens, place) == "AS"
    return before in verbs or listed


def _behind(tokens: list[Token], place: int) -> str:
    """Return the word behind the bracket that a name is followed by."""
    depth = 0
    for number in range(place + 1, len(tokens)):
        depth += (tokens[number].text == "(") - (tokens[number].text == ")")
        if not depth:
            return tokens[number + 1].upper if number + 1 < len(tokens) else ""
    return ""


def routine(name: str, catalog: Catalog, case: Case) -> None:
    """Judge the call of a function or procedure of users by the words of its body."""
    found: list[Function] = [
        one for known_as, same in catalog.functions.items() if known_as.lower() == name.lower()
        for one in same
    ]  # fmt: skip
    if not found:
        case.add(Verdict.UNKNOWN, "function_unknown", name)
    for one in found:
        case.touch("function", one.full, "call")
        body(one.body, case)


def body(text: str, case: Case) -> None:
    """Judge the body of a routine, trigger or event by its words: none may lose rows."""
    table = known()["bodies"]
    try:
        every = [one.upper for reading in readings(text) for part in reading for one in part]
    except UnreadableError as error:
        case.add(Verdict.UNKNOWN, str(error.args[0]))
        return
    words = set(every)
    if words & table["unknown"]:
        case.add(Verdict.UNKNOWN, "dynamic")
    updates = sum(word == "UPDATE" and before not in ("ON", "BEFORE", "AFTER", "KEY")
                  for before, word in zip(["", *every], every, strict=False))  # fmt: skip
    if words & table["destructive"] or updates > every.count("WHERE"):
        case.add(Verdict.DESTRUCTIVE, "mass_loop", "")
    case.takes_rows = case.takes_rows or bool(updates)


def _call(tokens: list[Token], words: list[str], *rest: Any) -> None:
    catalog, _, case, _ = rest
    names = [one.text for one in tokens[1:] if one.kind in ("word", "name")]
    routine(names[1] if words[2:3] == ["."] else names[0], catalog, case)
    calls(tokens[2:], catalog, case)


def _prepare(tokens: list[Token], words: list[str], *rest: Any) -> None:
    """Judge PREPARE name FROM 'text', and EXECUTE IMMEDIATE 'text'."""
    catalog, limits, case, depth = rest
    start = 2 if words[1:2] == ["IMMEDIATE"] else 3
    given = tokens[start:]
    if words[0] == "EXECUTE" and start == 3:
        case.add(Verdict.UNKNOWN, "prepared_unknown", tokens[1].text if len(tokens) > 1 else "")
    elif not given or given[0].kind != "string" or (len(given) > 1 and given[1].upper != "USING"):
        case.add(Verdict.UNKNOWN, "dynamic")
    else:
        text(given[0].text, catalog, limits, case, depth + 1)


def text(sql: str, catalog: Catalog, limits: Limits, case: Case, depth: int) -> None:
    """Judge a text within a text, by all its readings."""
    try:
        for reading in readings(sql):
            for part in reading:
                judge(part, catalog, limits, case, depth)
    except UnreadableError as error:
        case.add(Verdict.UNKNOWN, str(error.args[0]))


def _load(tokens: list[Token], words: list[str], *rest: Any) -> None:
    catalog, _, case, _ = rest
    if words[1] not in ("DATA", "XML"):
        case.add(Verdict.UNKNOWN, "kind_unknown", "LOAD")
        return
    if "REPLACE" in words:
        case.add(Verdict.DESTRUCTIVE, "mass_upsert")
    if "LOCAL" not in words:
        case.add(Verdict.REVERSIBLE, "server_file")
    calls(tokens[2:], catalog, case)
    place = words.index("TABLE") + 1 if "TABLE" in words else len(words)
    rows.write([one.text for one in tokens[place : place + 3]], "INSERT", catalog, case, many=True)


def _create(tokens: list[Token], words: list[str], *rest: Any) -> None:
    catalog, limits, case, depth = rest
    kinds = {"TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE"}
    plain = [word for word in words[:12] if word not in ("OR", "REPLACE", "IF", "NOT", "EXISTS")]
    if kinds & set(plain[:9]) and plain[1] not in ("TABLE", "TEMPORARY", "VIEW", "INDEX", "USER"):
        case.add(Verdict.REVERSIBLE, "trigger_made")
        body(
            " ".join(
                one.canonical for one in tokens[1:] if one.upper != "REPLACE" or words[1] != "OR"
            ),
            case,
        )
        return
    if "VIEW" in plain[:10] and plain[1] not in ("TABLE", "TEMPORARY"):
        case.add(
            Verdict.REVERSIBLE if words[1:3] == ["OR", "REPLACE"] else Verdict.SAFE, "replaced"
        )
        judge(tokens[words.index("AS") + 1 :], catalog, limits, case, depth + 1)
        return
    if plain[1:2] == ["TABLE"] or plain[1:3] == ["TEMPORARY", "TABLE"]:
        if words[1:3] == ["OR", "REPLACE"]:
            case.add(Verdict.DESTRUCTIVE, "drop_table")
        if "SELECT" in words:
            _query(tokens[words.index("SELECT") :], catalog, limits, case)
        if {"CONNECTION", "FEDERATED", "CONNECT"} & set(words):
            case.add(Verdict.UNKNOWN, "foreign")
        return
    by_first_words(words, case)


def _alter(tokens: list[Token], words: list[str], *rest: Any) -> None:
    case = rest[2]
    if "TABLE" not in words[1:4] or words[1] == "TABLESPACE":
        by_first_words(words, case)
        return
    place = words.index("TABLE") + 1
    while words[place] in ("IF", "EXISTS", "WAIT", "NOWAIT"):
        place += 1
    place += 3 if words[place + 1 : place + 2] == ["."] else 1
    case.touch("table", tokens[place - 1].text, "alter")
    part: list[str] = []
    depth = 0
    for word in [*words[place:], ","]:
        depth += (word == "(") - (word == ")")
        if word == "," and not depth:
            _altered(part, tokens[place - 1].text, case)
            part = []
        else:
            part.append(word)


def _altered(part: list[str], table: str, case: Case) -> None:
    lists = known()["alter"]
    plain = [word for word in part if word not in ("IF", "EXISTS")]
    best = (0, Verdict.UNKNOWN)
    for verdict in (Verdict.SAFE, Verdict.REVERSIBLE, Verdict.DESTRUCTIVE):
        for words in lists[verdict.name.lower()]:
            length = len(words.split())
            if plain[:length] == words.split() and length > best[0]:
                best = (length, verdict)
    codes = {Verdict.UNKNOWN: "alter_unknown", Verdict.DESTRUCTIVE: "drop_column"}
    case.add(best[1], codes.get(best[1], "altered"), table)


def _grant(tokens: list[Token], words: list[str], *rest: Any) -> None:  # noqa: ARG001 - as all handlers
    case = rest[2]
    case.add(Verdict.REVERSIBLE, "rights")
    server_wide = any(words[place : place + 3] == ["*", ".", "*"] for place in range(len(words)))
    if server_wide and (_POWERFUL & set(words) or "GRANT" in words[1:]):
        case.add(Verdict.DESTRUCTIVE, "powerful_role")


def _set(tokens: list[Token], words: list[str], *rest: Any) -> None:
    catalog, _, case, _ = rest
    case.literal = True
    if words[1:2] in (["ROLE"], ["DEFAULT"], ["PASSWORD"]):
        case.add(Verdict.REVERSIBLE, "rights")
        return
    if words[1:2] in (["STATEMENT"], ["RESOURCE"]):
        case.add(Verdict.UNKNOWN, "kind_unknown", "SET")
        return
    calls(tokens[1:], catalog, case)
    if "TRANSACTION" in words[1:3]:
        return
    part: list[Token] = []
    depth = 0
    for one in [*tokens[1:], Token("sign", ",")]:
        depth += (one.text == "(") - (one.text == ")")
        if one.is_sign(",") and not depth:
            _setting(part, case)
            part = []
        else:
            part.append(one)


def _setting(part: list[Token], case: Case) -> None:
    table = known()["settings"]
    words = [one.upper for one in part]
    while words and words[0] in ("@", "SESSION", "LOCAL", "GLOBAL", "PERSIST", "PERSIST_ONLY", "."):
        if words[0] in _GLOBAL:
            case.add(Verdict.DESTRUCTIVE, "system_setting")
        if words[:1] == ["@"] and words[1:2] != ["@"]:
            return  # a variable of the user's own
        drop = 2 if words[:2] == ["@", "@"] else 1
        words, part = words[drop:], part[drop:]
    name = words[0] if words else ""
    value = part[-1].text.upper() if part else ""
    if name in (
        "NAMES",
        "CHARSET",
        "CHARACTER",
        "CHARACTER_SET_CLIENT",
        "CHARACTER_SET_CONNECTION",
    ):
        good = next(
            (one.text.upper() for one in part[1:] if one.text.upper() in table["charsets"]), ""
        )
        case.add(Verdict.SAFE if good else Verdict.UNKNOWN, "reading_setting", name.lower())
    elif name == "SQL_MODE":
        plain = part[-1].kind == "string" and len(part) == 3
        bad = not plain or set(value.replace(",", " ").split()) & table["modes"]
        case.add(Verdict.UNKNOWN if bad else Verdict.SAFE, "reading_setting", "sql_mode")
    elif name in table["destructive"]:
        case.add(Verdict.DESTRUCTIVE, "protective_setting", name.lower())
    elif name in table["reversible"]:
        case.add(Verdict.REVERSIBLE, "server_setting", name.lower())
    elif name not in table["safe"]:
        case.add(Verdict.UNKNOWN, "setting_unknown", name.lower())


_HANDLERS: dict[str, Any] = {
    "CALL": _call, "PREPARE": _prepare, "EXECUTE": _prepare, "LOAD": _load, "CREATE": _create,
    "ALTER": _alter, "GRANT": _grant, "SET": _set,
}  # fmt: skip
