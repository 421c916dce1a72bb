"""The shape of a text: the text with its literals out, found without a parser.

Texts of one shape have the same nodes but for the values of literals, since only what the lexer
reads in one way alone is touched: plain strings without a backslash and plain numbers. A text
with anything else that could start or hold a string has no shape.
"""

from __future__ import annotations

import re

_NUMBER = r"(?<![\w$.\x80-\U0010ffff])(?:0[xXoObB]\w*|[0-9][\w.]*(?:(?<=[eE])[+-][0-9]+)?)"
_PLAIN = re.compile(_NUMBER, re.ASCII)
_STRING = re.compile(r"'[^']*'")
_ANY = re.compile(rf"""("[^"]*")|'[^']*'|{_NUMBER}""", re.ASCII)
_PREFIXED = re.compile(r'[\w$\x80-\U0010ffff&]\0|&"', re.ASCII)
"""A string with a letter in front is of another kind; so is a name with an ampersand."""

_DOLLAR = re.compile(r"\$(?![0-9]+(?![\w$\x80-\U0010ffff]))", re.ASCII)
"""A dollar sign that is not that of a parameter may start a string."""


def shape(sql: str) -> str | None:
    """Return the shape of a text, ``None`` when it has none."""
    if "\\" in sql or "--" in sql or "/*" in sql or "\0" in sql or "\1" in sql:
        return None
    made = _ANY.sub(_mark, sql) if '"' in sql else _PLAIN.sub("\x01", _STRING.sub("\x00", sql))
    if "'" in made or ("$" in made and _DOLLAR.search(made)) or _PREFIXED.search(made):
        return None
    return made


def _mark(found: re.Match[str]) -> str:
    return found[1] or ("\0" if found[0][0] == "'" else "\1")
