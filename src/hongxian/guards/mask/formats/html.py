"""Pages of HTML as tokens, told apart as browsers do, in one pass: texts, tags, comments, scripts.

Rules of the living standard (HTML, 13.2.5), without those that only concern what is drawn. Each
pattern gives nothing back (possessive), so that no page takes more time than its length.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from hongxian.guards.mask.formats.markup import ATTRIBUTE, Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
     "font", "i", "ins", "kbd", "label", "mark", "nobr", "output", "q", "rp", "rt", "ruby", "s",
     "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr")
)  # fmt: skip
"""Tags in the middle of a text; all others end it."""
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"})
"""Tags in which nothing is a tag but their own end."""
_TEXT = frozenset({"title", "textarea"})
"""Tags in which signs are spelled, and nothing is a tag but their own end."""
_TAG = re.compile(rf"<(/?)([A-Za-z][^\s/>]*+)(?:{ATTRIBUTE.pattern})*+[\s/]*+>")
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_BOGUS = re.compile(r"<[!?/][^>]*+(?:>|\Z)")
_SIGN = re.compile(r"&(?:#\d{1,8}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});?")
_BEGIN = re.compile(r"<(?=[A-Za-z!?]|/[^>])")
_DATA = re.compile(r"\s*data:", re.IGNORECASE)
_NEVER = re.compile(r"(?:xmlns|style|class)\b")
"""Names of attributes whose values are for machines."""


def html_markup(text: str) -> Markup:
    """Return the tokens of a page.

    Args:
        text: the page, or a piece of one; it need not be right.
    """
    made = Markup()
    run: list[int] = []
    for kind, raw, name in _tokens(text):
        token = len(made.raw)
        made.raw.append(raw)
        if kind == "sign":
            made.texts[token] = html.unescape(raw)
        if kind in ("sign", "text"):
            run.append(token)
            continue
        if kind == "tag":
            made.tagged(token, _attribute)
            if name not in INLINE:
                made.grouped("line", run)
                run = []
        else:
            made.plain.add(token)
            made.grouped("comment", [token])
    made.grouped("line", run)
    return made


def _attribute(name: str, value: str) -> str | None:
    """Return the kind of a value; a file in it (``data:``) may show anybody."""
    if _DATA.match(value):
        return "data"
    return None if _NEVER.match(name) else "attribute"


def _tokens(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield kind, source and name of each token; the sources joined are the page."""
    at = 0
    while at < len(text):
        begin = _BEGIN.search(text, at)
        start = begin.start() if begin else len(text)
        if text.find("&", at, start) >= 0:
            yield from _signs(text[at:start])
        elif start > at:
            yield "text", text[at:start], ""
        if begin is None:
            return
        found = _COMMENT.match(text, start) or _TAG.match(text, start)
        if found is None and text[start + 1] in "!?/":
            found = None if text[start + 2 : start + 3].isalpha() and text[start + 1] == "/" else (
                _BOGUS.match(text, start)
            )  # fmt: skip
        if found is None:  # a tag without an end: a browser shows nothing of the rest
            yield "comment", text[start:], ""
            return
        at = found.end()
        tag = found.re is _TAG
        name = found[2].lower() if tag else ""
        yield "tag" if tag else "comment", found[0], name
        if tag and not found[1] and name in _RAW | _TEXT:
            end = _end_of(text, at, name)
            inside = text[at:end]
            if name in _TEXT:
                yield from _signs(inside)
            elif inside:
                yield "comment", inside, ""
            at = end


def _end_of(text: str, at: int, name: str) -> int:
    """Return where the end of a tag begins in which nothing else is a tag."""
    found = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)


def _signs(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield a text in pieces: each sign that is spelled is one."""
    at = 0
    for found in _SIGN.finditer(text):
        if found.start() > at:
            yield "text", text[at : found.start()], ""
        yield "sign", found[0], ""
        at = found.end()
    if at < len(text):
        yield "text", text[at:], ""
