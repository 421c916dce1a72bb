"""What of a statement may be told: its words, without its values and comments."""

from __future__ import annotations

import hashlib
import re

from hongxian.words.mask import mask

LONGEST = 500
"""Characters that are told."""

_VALUES = re.compile(
    r"""
      \b[eE]'(?:[^'\\]|\\.|'')*(?:'|\Z)        # string with escapes
    | (?:\b(?:[bBxXnN]|[uU]&))?'(?:[^']|'')*(?:'|\Z)
    | \$(\w*)\$.*?(?:\$\1\$|\Z)                # dollar quotes
    | --[^\n]* | /\*.*?(?:\*/|\Z)              # comments
    | (?<![\w$])\d[\w.]*
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(r"'|\$\w*\$|\*/")
_WHITE = re.compile(r"\s+")


def shown(text: str) -> str:
    """Return a statement for people who need not see its values; each is ``?``.

    A text that this cannot take apart, such as one with comments inside of comments, is told up to
    the first thing that could be a value.
    """
    told = _VALUES.sub(" ? ", text[: LONGEST * 8])
    if rest := _QUOTED.search(told):
        told = told[: rest.start()] + "…"
    told = _WHITE.sub(" ", mask(told)).strip()
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"


def text_hash(text: bytes) -> str:
    """Return what binds a ticket to a text: the SHA-256 of its bytes, exactly as they are sent."""
    return hashlib.sha256(text).hexdigest()
