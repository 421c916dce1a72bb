"""PostgreSQL's own grammar (libpg_query), from text to nodes; what it cannot read is refused.

The binding is pgparse (BSD-3-Clause, as libpg_query is): PostgreSQL 17's grammar, SQL and PL/pgSQL
both, nothing else required, one wheel for every Python. pglast is GPL-3.0 and cannot be a
dependency of Apache-2.0 software; postgast (BSD-2-Clause) goes through protobuf, twice as slow to
the same nodes; pg-query-python has no PL/pgSQL; libpg-query of npm needs a JavaScript engine. The
grammar of 17 reads what 15 and 16 accept; where it reads words of its own that an older server
takes for a function's name, :mod:`.calls` asks the catalog for the server's version.

Two faults of C code are kept away from: a deep tree overflows the stack, so long texts are read on
a thread with a stack of its own; and the PL/pgSQL entry aborts the process when it is given a
function without a text, so it only ever sees a declaration written here.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from hongxian.words.worded import WordedError

LONGEST = 1 << 20
"""Characters of a text that are read at all."""

SHORT = 8 << 10
"""Up to here no tree can be so deep that an ordinary stack (8 MiB) does not hold it."""

STACK = 1 << 30
"""Bytes of address space for the stack of a long text: two characters can be one level."""

Node = dict[str, Any]
"""A node as libpg_query writes it: field -> value; a typed one is ``{"Type": {fields}}``."""


class UnreadableError(Exception):
    """The text is no SQL that this parser accepts; ``args[0]`` is the code of the reason."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One statement of a text: its type, its fields, and the text of it alone."""

    kind: str
    node: Node
    text: str


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a PL/pgSQL function, of any mode; ``composite``: a row or record."""

    name: str
    composite: bool = False


def parse(sql: str) -> list[Raw]:
    """Return the statements of a text in their order; an empty text has none.

    Raises:
        UnreadableError: too long, a zero byte, no Unicode, too deep, or no SQL.
    """
    encoded = _checked(sql)
    found = _read("parse", sql)
    statements = []
    for one in found:
        ((kind, node),) = one["stmt"].items()
        start = one.get("stmt_location", 0)
        length = one.get("stmt_len", 0) or len(encoded) - start
        text = encoded[start : start + length].decode("utf-8").strip()
        statements.append(Raw(kind, node, text))
    return statements


def parse_body(body: str, arguments: tuple[Argument, ...] = (), returns: str = "void") -> Node:
    """Return the ``PLpgSQL_function`` of a PL/pgSQL text.

    Args:
        body: what stands between the quotes of the function's definition, or after DO.
        arguments: the names that the text may use.
        returns: ``void``, ``text`` (any value), ``setof record``, ``trigger``, ``event_trigger``.

    Raises:
        UnreadableError: the text is no PL/pgSQL.
    """
    _checked(body)
    tag = "$body$"
    while tag in body:
        tag = f"$b{len(tag)}{tag[1:]}"
    # the numbers of unnamed arguments need no declaration: PL/pgSQL leaves them to the statement
    listed = [_declared(one) for one in arguments if one.name]

    def read() -> list[Any]:
        head = f"create function f({', '.join(listed)}) returns {returns} language plpgsql as"
        return _read("parse_pgsql", f"{head} {tag}{body}{tag}")

    try:
        found = read()
    except UnreadableError:
        if not returns.startswith("setof"):
            raise
        listed.append('out "?" text')  # RETURN NEXT alone gives what arguments hold
        found = read()
    if len(found) != 1:
        raise UnreadableError("unparsable")
    function: Node = found[0]["PLpgSQL_function"]
    return function


def fingerprint(sql: str) -> str:
    """Return the fingerprint of a text that parses: equal for texts that differ in literals only.

    It is libpg_query's, which other tools give too: 16 hexadecimal digits.
    """
    return str(_binding().fingerprint(sql))


def _declared(one: Argument) -> str:
    name = one.name.replace('"', '""')
    # the parser knows no catalog: it takes a type with a schema for a row
    return f'"{name}" {"public.row" if one.composite else "text"}'


def _checked(sql: str) -> bytes:
    if len(sql) > LONGEST:
        raise UnreadableError("too_long")
    if "\0" in sql:
        raise UnreadableError("zero_byte")
    try:
        return sql.encode("utf-8")
    except UnicodeEncodeError:
        raise UnreadableError("no_unicode") from None


def _read(entry: str, sql: str) -> list[Any]:
    if len(sql) <= SHORT:
        return _parsed(entry, sql)
    answers: list[list[Any] | UnreadableError] = []

    def work() -> None:
        try:
            answers.append(_parsed(entry, sql))
        except UnreadableError as error:
            answers.append(error)

    with _STACKS:
        before = threading.stack_size(STACK)
        try:
            reader = threading.Thread(target=work)
            reader.start()
        except RuntimeError:  # no room for the stack
            raise UnreadableError("too_deep") from None
        finally:
            threading.stack_size(before)
    reader.join()
    if isinstance(answers[0], UnreadableError):
        raise answers[0]
    return answers[0]


_STACKS = threading.Lock()
"""The size of stacks is one setting of the process."""


def _parsed(entry: str, sql: str) -> list[Any]:
    binding = _binding()
    try:
        found: list[Any] = getattr(binding, entry)(sql)
    except binding.PGQueryError:
        raise UnreadableError("unparsable") from None
    except RecursionError:
        raise UnreadableError("too_deep") from None
    return found


def _binding() -> Any:
    try:
        import pgparse  # noqa: PLC0415 - an extra
    except ImportError:
        raise WordedError("no_keep_extra") from None
    return pgparse
