"""Pages of HTML as tokens, by the library's parser: texts, attributes, comments, scripts."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from itertools import pairwise

from hongxian.guards.mask.formats.markup import Markup

INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
     "font", "i", "ins", "kbd", "label", "mark", "nobr", "output", "q", "rp", "rt", "ruby", "s",
     "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr")
)  # fmt: skip
"""Tags in the middle of a text; all others end it."""
_END = re.compile(r"</[A-Za-z][\w:.-]*\s*>")
_SIGN = re.compile(r"&#?\w+;?")
_NEVER = re.compile(r"\A(?:xmlns|style|class)\b")
"""Names of attributes whose values are for machines."""


def html_markup(text: str) -> Markup:
    """Return the tokens of a page.

    Args:
        text: the page, or a piece of one; it need not be right.
    """
    parser = _Parser(text)
    parser.feed(text)
    parser.close()
    return parser.markup()


def _attribute(name: str) -> str | None:
    return None if _NEVER.match(name) else "attribute"


class _Parser(HTMLParser):
    """Notes where each token begins, and of which kind it is."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = text
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self.found: list[tuple[int, str, str]] = []
        self.script = False

    def note(self, kind: str, text: str) -> None:
        """Note a token that begins here."""
        line, column = self.getpos()
        self.found.append((self.lines[line - 1] + column, kind, text))

    def parse_html_declaration(self, i: int) -> int:
        """Read a declaration; a section is a comment to a reader, which not all versions know."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note a tag."""
        del attrs
        self._tag(tag)
        self.script = tag in self.CDATA_CONTENT_ELEMENTS

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Note a tag without content."""
        del attrs
        self._tag(tag)

    def _tag(self, tag: str) -> None:
        """Note a tag, and what the parser passes over behind it when a page ends too early."""
        self.note("tag", tag)
        end = self.found[-1][0] + len(self.get_starttag_text() or "")
        self.found.append((end, "passed", ""))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a tag's content."""
        self.note("end", tag)
        self.script = False

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.note("script" if self.script else "text", data)

    def handle_entityref(self, name: str) -> None:
        """Note a sign written by name."""
        self.note("sign", name)

    def handle_charref(self, name: str) -> None:
        """Note a sign written by number."""
        self.note("sign", name)

    def handle_comment(self, data: str) -> None:
        """Note a comment."""
        self.note("comment", data)

    def handle_decl(self, decl: str) -> None:
        """Note a declaration."""
        self.note("comment", decl)

    def handle_pi(self, data: str) -> None:
        """Note an instruction."""
        self.note("comment", data)

    def unknown_decl(self, data: str) -> None:
        """Note what is no HTML."""
        self.note("comment", data)

    def markup(self) -> Markup:
        """Return the tokens; what the parser passed over in silence is a comment."""
        made = Markup()
        places = [*self.found, (len(self.source), "stop", "")]
        if places[0][0] > 0:
            places.insert(0, (0, "comment", ""))
        run: list[int] = []
        for (start, kind, text), (end, *_) in pairwise(places):
            if start == end:
                continue
            token = len(made.raw)
            made.raw.append(self.source[start:end])
            run = _taken(made, token, kind, text, run)
        made.grouped("line", run)
        return made


def _taken(made: Markup, token: int, kind: str, text: str, run: list[int]) -> list[int]:
    """Take a token, and return the text that is not at its end yet."""
    raw = made.raw[token]
    if kind == "sign" and _SIGN.fullmatch(raw):
        made.texts[token] = html.unescape(raw)
        return [*run, token]
    if kind == "text" and raw == text:
        return [*run, token]
    if kind == "tag":
        made.tagged(token, _attribute)
    elif kind != "end" or not _END.fullmatch(raw):
        made.plain.add(token)
        made.grouped("comment", [token])
    if kind in ("tag", "end") and text not in INLINE:
        made.grouped("line", run)
        return []
    return run
