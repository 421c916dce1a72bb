"""Answers that are text but no JSON in UTF-8: pages, XML, forms, scripts, tables, plain text.

They are read as who gets them reads them: by their charset, without tags in the middle of a value,
with signs that are spelled (``&#49;``, ``%31``). Where a value is covered nothing else changes.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, unquote_plus

from hongxian.guards.gate.exchange.bodies import BodyError
from hongxian.guards.gate.exchange.scripts import masked_script, spelled
from hongxian.guards.mask.formats.html import INLINE, html_markup
from hongxian.guards.mask.formats.xml_text import xml_text_markup
from hongxian.sensors.policy.reading.charset import coding_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hongxian.guards.mask.formats.markup import Change, Markup

    Hits = list[tuple[int, int, str]]
    Find = Callable[[bytes, bool], Iterable[tuple[int, int, str]]]
    """Finds values in UTF-8 text: start and end (in bytes) and PI type of each, in order; it is
    told whether names of fields may stand there."""
    Cover = Callable[[str], str]

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,30})")
_WITHIN = re.compile(
    rf"</?(?:{'|'.join(INLINE)})(?=[\s/>])[^>]*+(?:>|\Z)|<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)
"""What may stand in the middle of a text."""
_TAG = re.compile(r"<[^>]*+(?:>|\Z)")
_MARKED = re.compile(rb"<.*>", re.DOTALL)
"""A comment with its marks, or a tag; all else of that kind is a script or a sheet of styles."""
_PAGE = re.compile(r"\s*<(?!\?xml)", re.IGNORECASE)
_BREAKS = re.compile(r"[,;\t\"'\r\n]")
"""Signs that end a cell of a table."""
_HALVES = re.compile("[\udc80-\udcff]")
_SIGNS = {0xDC00 + byte: 0x10FE00 + byte for byte in range(0x80, 0x100)}
"""Bytes that are no characters -> signs that nobody uses, while marked-up text is changed."""
_BYTES = {sign: half for half, sign in _SIGNS.items()}
_APART = b"\n\x1f\n"
"""What stands between texts that are read together; no value has it in it."""
COVERED = "***"


class Text:
    """One answer.

    Args:
        data: its body, in no content coding.
        kind: its type, in lower case.
        find: finds values.

    Raises:
        BodyError: it is not in the charset that it says it is in.
    """

    def __init__(self, data: bytes, kind: bytes, find: Find) -> None:
        """Read it; nothing is covered yet."""
        told = _CHARSET.search(kind)
        plain = data.isascii() and b"\0" not in data
        self._coding, mark = (
            ("utf-8", 0) if plain else coding_of(data, told[1].decode() if told else None)
        )
        self._mark, self._find = data[:mark], find
        self._wide = self._coding.startswith(("utf-16", "utf-32"))
        try:
            self._text = data[mark:].decode(self._coding, self._errors())
        except UnicodeDecodeError:
            raise BodyError("corrupt") from None
        self._kind = _form(kind, self._text)
        self._markup: Markup | None = None
        self._broken = _HALVES.search(self._text) is not None
        self.given: dict[str, set[bytes]] = {}
        """The different values of each PI type."""
        self.seen = b""
        """What a reader sees of it, in UTF-8."""
        self.masked = 0
        """Values that were covered."""
        self._look()

    def covered(self, covers: Mapping[str, Cover]) -> bytes:
        """Return the body with values covered, in its charset.

        Args:
            covers: PI type -> what covers it; what has none stays.
        """
        new = self._changed(lambda kind, texts: self._cover(kind, texts, covers))
        try:
            body = new.encode(self._coding, self._errors())
        except UnicodeEncodeError:  # signs that its charset does not have
            spelled_out = self._kind in ("html", "xml")
            body = new.encode(self._coding, "xmlcharrefreplace" if spelled_out else "replace")
        return self._mark + body

    def _errors(self) -> str:
        return "strict" if self._wide else "surrogateescape"

    def _look(self) -> None:
        """Find what it gives."""
        if self._kind in ("html", "xml") and not self._may_give():
            return
        seen: list[bytes] = []

        def look(kind: str, texts: list[str]) -> list[str]:
            for text, hits in self._found(kind, texts):
                seen.append(text)
                for start, end, info in hits:
                    self.given.setdefault(info, set()).add(text[start:end])
            return texts

        self._changed(look)
        self.seen = b"\n".join(seen)

    def _may_give(self) -> bool:
        """Return whether any value may stand in marked-up text, quickly."""
        tagless = _TAG.sub("\n", _WITHIN.sub("", self._text))
        views = {self._text, html.unescape(self._text), tagless, html.unescape(tagless)}
        self.seen = encoded(tagless)
        return any(hits for view in views for _, hits in self._found("comment", [view]))

    def _changed(self, change: Change) -> str:
        if self._kind in ("html", "xml"):
            if self._markup is None:
                markup = html_markup if self._kind == "html" else xml_text_markup
                self._markup = markup(self._text.translate(_SIGNS) if self._broken else self._text)
            new = self._markup.changed(change)
            return new.translate(_BYTES) if self._broken else new
        if self._kind == "form":
            return _form_changed(self._text, change)
        return change(self._kind, [self._text])[0]

    def _found(self, kind: str, texts: list[str]) -> list[tuple[bytes, Hits]]:
        """Return texts as they are read, with the values in each."""
        datas = [encoded(one) for one in texts]
        if kind in ("comment", "script"):
            datas = [spelled(one) for one in datas]
            return [(one, list(self._find(one, True))) for one in datas]
        hits = list(self._find(_APART.join(datas), False))
        found: list[tuple[bytes, Hits]] = []
        at = place = 0
        for data in datas:
            end, own = at + len(data), []
            while place < len(hits) and hits[place][0] < end:
                start, stop, info = hits[place]
                if stop <= end:
                    own.append((start - at, stop - at, info))
                place += 1
            found.append((data, own))
            at = end + len(_APART)
        return found

    def _cover(self, kind: str, texts: list[str], covers: Mapping[str, Cover]) -> list[str]:
        if kind == "data":  # pictures and the like within a page
            return texts
        made = []
        for text, (data, found) in zip(texts, self._found(kind, texts), strict=True):
            hits = [(start, end, covers[info]) for start, end, info in found if info in covers]
            if not hits:
                made.append(text)
                continue
            self.masked += len(hits)
            if kind == "script" or (kind == "comment" and not _MARKED.fullmatch(data)):
                new = masked_script(data, hits)
            else:
                new = _replaced(data, hits, cell=kind == "cell")
            made.append(new.decode("utf-8", "surrogateescape"))
        return made


def encoded(text: str) -> bytes:
    """Return a text in UTF-8; bytes that were no characters are themselves."""
    return text.encode("utf-8", "surrogateescape")


def _replaced(data: bytes, hits: list[tuple[int, int, Cover]], *, cell: bool) -> bytes:
    """Return a text with values covered; in a table no cover ends a cell."""
    shown: list[bytes] = []
    at = 0
    for start, end, cover in hits:
        if start >= at:
            new = cover(data[start:end].decode("utf-8", "surrogateescape"))
            shown += (data[at:start], encoded(COVERED if cell and _BREAKS.search(new) else new))
            at = end
    return b"".join((*shown, data[at:]))


def _form_changed(text: str, change: Change) -> str:
    """Return a form (``name=value&...``) with its texts changed; all else is spelled as before."""
    parts = re.split(r"([&=;])", text)
    plain = [unquote_plus(one, errors="surrogateescape") for one in parts[::2]]
    for place, (old, new) in enumerate(zip(plain, change("line", plain), strict=True)):
        if new != old:
            parts[2 * place] = quote_plus(new, safe="*@", errors="surrogateescape")
    return "".join(parts)


def _form(kind: bytes, text: str) -> str:
    """Return how an answer is read, by its type; without one by its beginning, as browsers do."""
    if b"html" in kind or (not kind and _PAGE.match(text)):
        return "html"
    if b"xml" in kind or (not kind and text.lstrip()[:5].lower() == "<?xml"):
        return "xml"
    if b"form-urlencoded" in kind:
        return "form"
    if b"script" in kind or b"json" in kind:
        return "script"
    return "cell" if b"csv" in kind or b"tab-separated" in kind else "line"
