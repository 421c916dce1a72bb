"""MySQL's words: comments that run are unwrapped, and strings written in one way alone.

What a server reads in a text hangs on its version (``/*!80000 ... */``, ``/*M! ... */``) and on
``sql_mode``. Each comment that may run is read both as run and as not, so that a text has several
readings; the worst one counts. Strings and names come out in one form, which no mode changes, for
the parser behind: names in backticks, strings in single quotes, without a backslash in them.
"""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

MOST_COMMENTS = 5
"""Comments that may run in one text; with more there are too many readings."""

ANSI_QUOTES = "ANSI_QUOTES"
NO_BACKSLASH = "NO_BACKSLASH_ESCAPES"

_OF_DUMPS = re.compile(r"/\*M!999999(?:\\-)? enable the sandbox mode \*/")
"""How MariaDB's dumps begin: words for the client program, which no server runs."""
_ESCAPES = {"0": "\0", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "Z": "\x1a"}
_TOKEN = re.compile(
    r"""(?P<space>[\t-\r ]+)"""
    r"""|(?P<comment>--(?=[\x00-\x20\x7f]|\Z)[^\n]*|\#[^\n]*)"""
    r"""|(?P<number>[xXbB]'[0-9A-Fa-f]*'|0[xX][0-9A-Fa-f]+(?![\w$])|0b[01]+(?![\w$])|(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+|"""
    r"""\d+\.\d*(?![\w$])|\.\d+|\d+(?![\w$]))"""
    r"""|(?P<word>[\w$\x80-\U0010ffff]+)"""
    r"""|(?P<sign><=>|:=|\|\||&&|<<|>>|<>|!=|<=|>=|->>|->|[-+*/%=<>!~^&|(),.;:?{}@\[\]\\])""",
)


class UnreadableError(Exception):
    """The text cannot be read; ``args[0]`` is the code of the reason."""


class Token(NamedTuple):
    """A word of a statement: kind is word, name, string, number or sign; from where to where."""

    kind: str
    text: str
    start: int = 0
    end: int = 0

    def is_sign(self, sign: str) -> bool:
        """Return whether it is a sign, and this one."""
        return self.kind == "sign" and self.text == sign

    @property
    def upper(self) -> str:
        """The word in capitals; empty for quoted names and strings, which are no keywords."""
        if self.kind not in ("word", "sign"):
            return ""
        return self.text.upper() if self.text.isascii() else self.text

    @property
    def canonical(self) -> str:
        """The token as it is written for the parser."""
        if self.kind == "name":
            return "`" + self.text.replace("`", "``") + "`"
        if self.kind == "string":
            # the parser takes backslashes for escapes: none may be in it
            return "'" + self.text.replace("'", "''").replace("\\", "/") + "'"
        return self.text


def readings(sql: str, modes: frozenset[str] = frozenset()) -> list[list[list[Token]]]:
    """Return what a text can mean: readings, each of them statements, each of them tokens.

    Raises:
        UnreadableError: an open quote or comment, a comment in one that runs, a zero byte, a sign
            that is none, or too many comments that may run.
    """
    if "\0" in sql:
        raise UnreadableError("zero_byte")
    parts = _parts(sql, modes)
    runs = [part for part in parts if isinstance(part, list)]
    if len(runs) > MOST_COMMENTS:
        raise UnreadableError("too_deep")
    found = []
    for choice in product((True, False), repeat=len(runs)):
        chosen = iter(choice)
        tokens: list[Token] = []
        for part in parts:
            if isinstance(part, Token):
                tokens.append(part)
            elif next(chosen):
                tokens += part
        found.append(_split(tokens))
    return found


def _split(tokens: list[Token]) -> list[list[Token]]:
    statements: list[list[Token]] = [[]]
    for one in tokens:
        if one.is_sign(";"):
            statements.append([])
        else:
            statements[-1].append(one)
    return [one for one in statements if one]


def _parts(sql: str, modes: frozenset[str]) -> list[Token | list[Token]]:
    """Return the tokens of a text; those of a comment that may run as a list of their own."""
    parts: list[Token | list[Token]] = []
    inside: list[Token] | None = None
    place = ends = 0
    while place < len(sql):
        if inside is None and (told := _OF_DUMPS.match(sql, place)):
            place = told.end()
        elif sql.startswith("/*", place):
            if inside is not None:
                raise UnreadableError("unparsable")
            runs = re.compile(r"/\*M?!(\d{5,6})?").match(sql, place)
            if runs:
                inside, place = [], runs.end()
                ends = sql.find("*/", place)
                continue
            place = _comment(sql, place)
        elif inside is not None and sql.startswith("*/", place):
            if place != ends:  # a server that does not run it ends it at another place
                raise UnreadableError("unparsable")
            parts.append(inside)
            inside, place = None, place + 2
        else:
            token, place = _token(sql, place, modes)
            if token:
                (parts if inside is None else inside).append(token)
    if inside is not None:
        raise UnreadableError("unparsable")
    return parts


def _comment(sql: str, place: int) -> int:
    end = sql.find("*/", place + 2)
    if end < 0:
        raise UnreadableError("unparsable")
    if sql.startswith("/*+", place) and "SET_VAR" in sql[place:end].upper():
        raise UnreadableError("reading_setting")  # a hint that sets a setting
    return end + 2


def _token(sql: str, place: int, modes: frozenset[str]) -> tuple[Token | None, int]:
    char = sql[place]
    if char in "'\"`":
        named = char == "`" or (char == '"' and ANSI_QUOTES in modes)
        text, end = _quoted(sql, place, not named and NO_BACKSLASH not in modes)
        return Token("name" if named else "string", text, place, end), end
    found = _TOKEN.match(sql, place)
    if found is None:
        raise UnreadableError("unparsable")
    kind = str(found.lastgroup)
    if kind in ("space", "comment"):
        return None, found.end()
    return Token(kind, found[0], found.start(), found.end()), found.end()


def _quoted(sql: str, place: int, escapes: bool) -> tuple[str, int]:
    quote, text, place = sql[place], "", place + 1
    while place < len(sql):
        char = sql[place]
        if char == "\\" and escapes and place + 1 < len(sql):
            text += _ESCAPES.get(sql[place + 1], sql[place + 1])
            place += 2
        elif char != quote:
            text += char
            place += 1
        elif sql.startswith(quote * 2, place):
            text += quote
            place += 2
        else:
            return text, place + 1
    raise UnreadableError("unparsable")
