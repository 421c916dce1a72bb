"""XML of office documents as tokens, by expat: the texts of paragraphs, properties, attributes."""

from __future__ import annotations

import html
import re
from functools import partial
from itertools import pairwise
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from hongxian.guards.mask.formats.markup import Markup

_TEXTS = frozenset({"t", "delText"})
"""Elements whose texts make up the text of a paragraph."""
_BREAKS = frozenset({"br", "cr", "tab"})
"""Elements that end a text in the middle of a paragraph."""
AUTHORS = frozenset({
    "author", "initials", "userId", "lastModifiedBy", "creator", "manager", "Manager",
})  # fmt: skip
"""Elements and attributes that name who wrote something."""
_READ = frozenset({"descr", "title", "tooltip", "alt", "name", "val", "instr", "caption"})
"""Attributes whose values are for people, or lead to them."""
_SENT = re.compile(r"\s*<\?xml[^>]*\?>")
_CODED = re.compile(r"""encoding\s*=\s*["'][^"']*["']""")


class XmlError(ValueError):
    """A text that is no XML, or one that declares types or entities."""


def xml_markup(data: bytes, *, earlier: bool = False) -> Markup:
    """Return the tokens of an XML text, which is to be written in UTF-8.

    Args:
        data: the text.
        earlier: paragraphs are read as they were before the changes that are tracked in them.

    Raises:
        XmlError: it is none, or has a declaration of its type, by which entities could grow.
    """
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeError:
        raise XmlError from None
    if (head := _SENT.match(text)) and "utf-8" not in head[0].lower():
        text = _CODED.sub('encoding="UTF-8"', head[0]) + text[head.end() :]
    return _Walk(text.encode(), earlier=earlier).markup()


def _linked(name: str, value: str) -> str | None:
    """Return the kind of an attribute of a link that leads out of the document."""
    return "attribute" if name == "Target" else _kind(name, value)


def _kind(name: str, value: str) -> str | None:
    del value
    own = name.rpartition(":")[2]
    return "author" if own in AUTHORS else "attribute" if own in _READ else None


class _Walk:
    """Notes where each token begins, and to which text it belongs."""

    def __init__(self, data: bytes, *, earlier: bool) -> None:
        self.data, self.earlier = data, earlier
        self.found: list[tuple[int, str, int]] = []
        self.kinds: list[str] = []
        """The kind of each text; a text's number is its place in here."""
        self.open: list[list[Any]] = []
        """Open elements: name, and number of the text in it if it has begun."""
        self.paragraphs: list[tuple[int, int]] = []
        """Numbers of the texts of open paragraphs: what is read, and what the changes hide."""
        self.literal = False
        self.parser = parser = ParserCreate("utf-8")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = parser.DefaultHandler = self._other
        parser.ProcessingInstructionHandler = self._other
        parser.StartCdataSectionHandler = partial(self._section, literal=True)
        parser.EndCdataSectionHandler = partial(self._section, literal=False)
        parser.StartDoctypeDeclHandler = self._refused
        try:
            parser.Parse(data, True)
        except ExpatError:
            raise XmlError from None

    def _refused(self, *_: object) -> None:
        raise XmlError

    def _note(self, kind: str, text: int = -1) -> None:
        self.found.append((self.parser.CurrentByteIndex, kind, text))

    def _new(self, kind: str) -> int:
        self.kinds.append(kind)
        return len(self.kinds) - 1

    def _start(self, name: str, attributes: object) -> None:
        del attributes
        own = name.rpartition(":")[2]
        self._note("tag")
        self.open.append([own, -1])
        if own == "p":
            self.paragraphs.append((self._new("line"), self._new("line")))
        elif own in _BREAKS and self.paragraphs:
            self.paragraphs[-1] = (self._new("line"), self._new("line"))

    def _end(self, name: str) -> None:
        self._note("end")
        self.open.pop()
        if name.rpartition(":")[2] == "p":
            self.paragraphs.pop()

    def _text(self, text: str) -> None:
        del text
        element = self.open[-1]
        if element[0] in _TEXTS and self.paragraphs:
            inserted = any(name == "ins" for name, _ in self.open)
            hidden = inserted if self.earlier else element[0] == "delText"
            number = self.paragraphs[-1][hidden]
        else:
            if element[1] < 0:
                element[1] = self._new("author" if element[0] in AUTHORS else "line")
            number = element[1]
        self._note("literal" if self.literal else "text", number)

    def _section(self, *, literal: bool) -> None:
        self._note("end")
        self.literal = literal

    def _other(self, *_: object) -> None:
        self._note("other")

    def markup(self) -> Markup:
        """Return the tokens."""
        made = Markup()
        places = [*self.found, (len(self.data), "stop", -1)]
        members: dict[int, list[int]] = {}
        for (start, kind, text), (end, *_) in pairwise(places):
            token = len(made.raw)
            made.raw.append(self.data[start:end].decode())
            if kind in ("text", "literal"):
                members.setdefault(text, []).append(token)
                if kind == "text":
                    made.texts[token] = html.unescape(made.raw[token])
            if kind == "tag":
                made.tagged(token, _linked if 'TargetMode="External"' in made.raw[token] else _kind)
            if kind in ("other", "literal"):
                made.plain.add(token)
            if kind == "other":
                made.grouped("comment", [token])
        for text, tokens in members.items():
            made.grouped(self.kinds[text], tokens)
        return made
