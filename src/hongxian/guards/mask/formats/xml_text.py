"""XML of any kind as tokens, told apart in one pass: texts, attributes, comments, CDATA.

It need not be right, or whole: what has no end goes to the end as one token. Entities that a
document declares itself are not followed.
"""

from __future__ import annotations

import html
import re

from hongxian.guards.mask.formats.markup import ATTRIBUTE, Markup

_TOKEN = re.compile(
    r"(?P<other><!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^>\[]*+(?:\[.*?(?:\]\s*+>|\Z)|>|\Z))"
    r"|(?P<open><!\[CDATA\[)(?P<literal>.*?)(?P<close>\]\]>|\Z)"
    rf"|(?P<tag></?[^\s<>/!?][^\s<>/]*+(?:{ATTRIBUTE.pattern})*+[\s/]*+>)"
    r"|(?P<rest></?[^\s<>/!?].*)"  # a tag without an end
    r"|(?P<sign>&(?:#\d{1,8}|#x[0-9A-Fa-f]{1,8}|[A-Za-z]{1,8});)"
    r"|(?P<text>[^<&]++|[<&])",
    re.DOTALL,
)


def xml_text_markup(text: str) -> Markup:
    """Return the tokens of an XML text; what stands between two tags is one text to its reader.

    Args:
        text: the text.
    """
    made = Markup()
    run: list[int] = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "close":
            for name in ("open", "literal", "close"):
                run += _added(made, found[name], plain=name == "literal", inside=name == "literal")
            continue
        token = _added(made, found[0], plain=kind in ("other", "rest"))
        if kind in ("sign", "text"):
            run += token
            if kind == "sign":
                made.texts[token[0]] = html.unescape(found[0])
            continue
        made.grouped("line", run)
        run = []
        if kind == "tag":
            made.tagged(token[0], _attribute)
        else:
            made.grouped("comment", token)
    made.grouped("line", run)
    return made


def _added(made: Markup, raw: str, *, plain: bool, inside: bool = True) -> list[int]:
    """Add a token; return its number if a reader reads it."""
    made.raw.append(raw)
    if plain:
        made.plain.add(len(made.raw) - 1)
    return [len(made.raw) - 1] if inside else []


def _attribute(name: str, value: str) -> str | None:
    """Return the kind of a value; names of vocabularies are for machines."""
    del value
    return None if name == "xmlns" or name.startswith("xmlns:") else "attribute"
