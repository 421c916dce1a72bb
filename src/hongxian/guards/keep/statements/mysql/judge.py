"""Judges one statement of MySQL or MariaDB by its words, and by its tree where rows are changed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.postgres.case import Case
from hongxian.guards.keep.statements.verdict import Reason, Verdict

from . import rows
from .calls import DEEPEST, body, calls, known, routine
from .lexer import Token, UnreadableError, readings

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog
    from hongxian.guards.keep.statements.verdict import Limits

_QUERIES = frozenset({
    "SELECT", "WITH", "VALUES", "TABLE", "(", "INSERT", "REPLACE", "UPDATE", "DELETE", "DO",
})  # fmt: skip
_CHARSETS = frozenset({
    "NAMES", "CHARSET", "CHARACTER", "CHARACTER_SET_CLIENT", "CHARACTER_SET_CONNECTION",
})  # fmt: skip
FOLLOWED = frozenset(Reason("reading_setting", name.lower()) for name in (*_CHARSETS, "SQL_MODE"))
"""Settings of a value that only the server knows, and that can be looked at afterwards."""
_ASKING = frozenset({
    "SHOW", "HANDLER", "HELP", "SIGNAL", "GET", "DESCRIBE", "DESC", "KILL", "USE", "START",
})  # fmt: skip
"""Statements that can hold expressions, which are not read as queries."""
_OWN_ROWS = frozenset({
    "mass_all", "mass_constant", "mass_unproven", "mass_rows", "cascade", "mass_upsert",
})  # fmt: skip
"""Reasons of what a statement itself would take."""
_LOGS = frozenset({"LOGS", "LOG", "BINARY", "RELAY", "MASTER", "SLAVE", "REPLICA", "SSL"})
_REACHING = frozenset({
    "CONNECTION", "FEDERATED", "CONNECT", "SPIDER", "MERGE", "MRG_MYISAM", "S3",
})  # fmt: skip
"""Words of tables that are kept elsewhere, or in other tables."""
_GLOBAL = frozenset({"GLOBAL", "PERSIST", "PERSIST_ONLY"})
_POWERFUL = frozenset({"ALL", "SUPER", "FILE", "SHUTDOWN", "PROXY"})


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
        if words[0] in _ASKING:
            calls(tokens[1:], catalog, case)
        if (words[0] == "FLUSH" and _LOGS & set(words)) or "USE_FRM" in words:
            case.add(Verdict.DESTRUCTIVE, "system_setting")
        by_first_words(words, case)


def by_first_words(words: list[str], case: Case, about: str = "") -> None:
    """Judge a statement by the words that it begins with; the longest known ones decide."""
    rest = [
        word
        for word in words[:6]
        if word not in ("IF", "NOT", "EXISTS", "NO_WRITE_TO_BINLOG", "LOCAL")
    ]
    for length in (4, 3, 2, 1):
        found = _first_words().get(tuple(rest[:length]))
        if found and words[:2] != ["BEGIN", "NOT"]:
            case.add(found[0], found[1], about or words[0])
            return
    case.add(Verdict.UNKNOWN, "kind_unknown", words[0])


def _explained(words: list[str]) -> bool:
    return any(word in _QUERIES for word in words[1:6]) and words[1] not in ("TABLE", "LOCAL")


def _explain(tokens: list[Token], catalog: Catalog, limits: Limits, case: Case, depth: int) -> None:
    """Judge EXPLAIN; with ANALYZE (and ANALYZE alone, of MariaDB) the statement itself runs."""
    words = [one.upper for one in tokens]
    start = next(place for place, word in enumerate(words) if place and word in _QUERIES)
    calls(tokens[1:], catalog, case)
    runs = "ANALYZE" in words[:start]
    inner = Case()
    judge(tokens[start:], catalog, limits, inner, depth + 1)
    if runs or not {one.code for one in inner.reasons} <= _OWN_ROWS:
        case.join(inner)  # the server works out what hangs on no row, to plan


def _query(tokens: list[Token], catalog: Catalog, limits: Limits, case: Case) -> None:
    words = [one.upper for one in tokens]
    if {"OUTFILE", "DUMPFILE"} & set(words):
        case.add(Verdict.DESTRUCTIVE, "server_file")
        return
    if {"PORTION", "PROCEDURE", "HISTORY"} & set(words):
        case.add(Verdict.UNKNOWN, "kind_unknown", words[0])
    calls(tokens, catalog, case)
    rows.judge(tokens, catalog, limits, case)


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
    calls(given, catalog, case)
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
        body(" ".join(one.canonical for one in _made(tokens, words)), catalog, case)
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
            _touch(tokens[words.index("TABLE") + 1 :][:3], "drop", catalog, case)
        if "SELECT" in words:
            _query(tokens[words.index("SELECT") :], catalog, limits, case)
        if _REACHING & {one.text.upper() for one in tokens}:
            case.add(Verdict.UNKNOWN, "foreign")
        return
    by_first_words(words, case)


def _made(tokens: list[Token], words: list[str]) -> list[Token]:
    """Return what of a CREATE is judged as its body: never less than the body itself."""
    kinds = ("TRIGGER", "PROCEDURE", "FUNCTION", "EVENT")
    start = next((place for place, word in enumerate(words[:12]) if word in kinds), 1)
    if words[start] in ("TRIGGER", "EVENT"):  # when a trigger fires is no statement
        word = "ROW" if words[start] == "TRIGGER" else "DO"
        return tokens[words.index(word, start) + 1 :] if word in words[start:] else tokens[2:]
    start += 1
    while words[start : start + 1] and words[start] in ("IF", "NOT", "EXISTS"):
        start += 1
    start += 3 if words[start + 1 : start + 2] == ["."] else 1
    depth = 0
    for place, word in enumerate(words[start:], start):
        depth += (word == "(") - (word == ")")
        if not depth:
            return tokens[place + 1 :] if place > start else tokens[2:]
    return tokens[2:]


def _alter(tokens: list[Token], words: list[str], *rest: Any) -> None:
    case = rest[2]
    if "TABLE" not in words[1:4] or words[1] == "TABLESPACE":
        by_first_words(words, case)
        return
    place = words.index("TABLE") + 1
    while words[place] in ("IF", "EXISTS", "WAIT", "NOWAIT"):
        place += 1
    if "IGNORE" in words[1:place]:
        case.add(Verdict.DESTRUCTIVE, "mass_unproven")  # rows that break a new key go
    named = 3 if words[place + 1 : place + 2] == ["."] else 1
    _touch(tokens[place : place + named], "alter", rest[0], case)
    place += named
    part: list[str] = []
    depth = 0
    for word in [*words[place:], ","]:
        depth += (word == "(") - (word == ")")
        if word == "," and not depth:
            _altered(part, tokens[place - 1].text, case)
            part = []
        else:
            part.append(word)


def _touch(name: list[Token], action: str, catalog: Catalog, case: Case) -> None:
    """Note the tables of a name."""
    for one in rows.tables([part.text for part in name], catalog):
        case.touch("view" if one.kind == "v" else "table", one.full, action)


def _drop(tokens: list[Token], words: list[str], *rest: Any) -> None:
    """Judge DROP, TRUNCATE and RENAME by their first words; note which tables they are about."""
    catalog, _, case, _ = rest
    names = [one.text for one in tokens[1:] if one.kind in ("word", "name")]
    by_first_words(words, case, names[-1] if names else "")
    action = {"TRUNCATE": "truncate", "RENAME": "alter"}.get(words[0], "drop")
    if words[0] == "DROP" and {"DATABASE", "SCHEMA"} & set(words[1:2]):
        case.touch("database", tokens[-1].text, "drop")
        return
    for place, one in enumerate(tokens[1:], 1):
        if one.kind in ("word", "name") and words[place - 1] != ".":
            named = 3 if words[place + 1 : place + 2] == ["."] else 1
            _touch(tokens[place : place + named], action, catalog, case)


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
    if name in _CHARSETS:
        value = _charset(part)
        good = value in table["charsets"]
        case.add(
            Verdict.SAFE if good else Verdict.UNKNOWN, "reading_setting", (value or name).lower()
        )
    elif name == "SQL_MODE":
        plain = part[-1].kind == "string" and len(part) == 3
        bad = not plain or set(value.replace(",", " ").split()) & table["modes"]
        case.add(Verdict.UNKNOWN if bad else Verdict.SAFE, "reading_setting", "sql_mode")
    elif name in table["destructive"]:
        case.add(Verdict.DESTRUCTIVE, "protective_setting", name.lower())
    elif name in table["engine"] and value not in table["engines"]:
        case.add(Verdict.UNKNOWN, "setting_unknown", name.lower())
    elif name in table["reversible"]:
        case.add(Verdict.REVERSIBLE, "server_setting", name.lower())
    elif name not in table["safe"] and name not in table["engine"]:
        case.add(Verdict.UNKNOWN, "setting_unknown", name.lower())


def _charset(part: list[Token]) -> str:
    """Return the character set that a setting names outright; empty when it is no plain name."""
    words = [one.upper for one in part]
    start = 2 if words[:2] == ["CHARACTER", "SET"] or words[1:2] in (["="], [":="]) else 1
    rest = part[start:]
    plain = len(rest) == 1 or (len(rest) == 3 and rest[1].upper == "COLLATE")
    return rest[0].text.upper() if plain and rest[0].kind in ("word", "string") else ""


_HANDLERS: dict[str, Any] = {
    "CALL": _call, "PREPARE": _prepare, "EXECUTE": _prepare, "LOAD": _load, "CREATE": _create,
    "ALTER": _alter, "GRANT": _grant, "SET": _set, "DROP": _drop, "TRUNCATE": _drop,
    "RENAME": _drop,
}  # fmt: skip
