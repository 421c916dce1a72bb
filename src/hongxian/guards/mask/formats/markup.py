"""Marked-up text (HTML, XML) as tokens: what a reader sees is changed, every other byte stays.

Text that is one to a reader is one here too, whatever tags stand in the middle of it, so that a
number is found that begins bold and ends plain.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from hongxian.guards.mask.formats.runs import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    Change: TypeAlias = Callable[[str, list[str]], list[str]]
    """Changes the texts of one kind, told by its name: ``line``, ``attribute``, ``comment``, ..."""

ATTRIBUTE = re.compile(
    r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+"""
)
"""An attribute in a tag, behind its name or another one; an open quotation mark never ends."""
_PARTS = re.compile(r"""[\s/]*+([^\s/>][^\s/>=]*+)\s*+=\s*+("[^"]*"|'[^']*'|[^\s>]+)""")
_NAME = re.compile(r"</?[^\s/>]*+")
_ODD = re.compile(r"\d{7}|@")
"""What a tag's own words do not have, but for those that hide something."""
_HALVES = re.compile("[\ud800-\udfff]")
"""Bytes that are no characters, as Python holds them."""


class Value(NamedTuple):
    """An attribute's value: its token, where it stands in it, and what it says."""

    token: int
    start: int
    end: int
    name: str
    text: str


@dataclass(slots=True)
class Markup:
    """The tokens of a text.

    Args:
        raw: the tokens as they are written; joined they are the source.
        texts: what a token says, where it says something else than it is written.
        groups: tokens that a reader reads as one text, by the kind of the text.
        values: values of attributes, by the kind of the text.
        plain: tokens in which signs need no other spelling: scripts, comments.
    """

    raw: list[str] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    groups: dict[str, list[list[int]]] = field(default_factory=dict)
    values: dict[str, list[Value]] = field(default_factory=dict)
    plain: set[int] = field(default_factory=set)

    def grouped(self, kind: str, tokens: list[int]) -> None:
        """Take tokens as one text, unless there is nothing in them."""
        if any(self.text(one).strip() for one in tokens):
            self.groups.setdefault(kind, []).append(tokens)

    def text(self, token: int) -> str:
        """Return what a token says."""
        return self.texts.get(token, self.raw[token])

    def tagged(self, token: int, kind_of: Callable[[str, str], str | None]) -> None:
        """Take the values of a tag's attributes as texts of a kind, told by name and value."""
        raw = self.raw[token]
        if "=" not in raw and not _ODD.search(raw):
            return
        name = _NAME.match(raw)
        at = name.end() if name else 0
        words = [raw[:at]]
        found: list[tuple[str, Value]] = []
        while attribute := ATTRIBUTE.match(raw, at):
            parts = _PARTS.fullmatch(attribute[0])
            words.append(parts[1] if parts else attribute[0])
            if parts:
                start, end = parts.span(2)
                text = html.unescape(parts[2][1:-1] if parts[2][0] in "\"'" else parts[2])
                kind = kind_of(parts[1], text)
                if kind and text.strip():
                    found.append((kind, Value(token, at + start, at + end, parts[1], text)))
            at = attribute.end()
        if any(_ODD.search(word) for word in words):
            self.plain.add(token)
            self.grouped("comment", [token])
            return
        for kind, value in found:
            self.values.setdefault(kind, []).append(value)

    def changed(self, change: Change) -> str:
        """Return the source with its texts changed.

        Args:
            change: is given the texts of one kind at a time.
        """
        new = list(self.raw)
        for kind, groups in self.groups.items():
            texts = self._joined(change, kind, groups)
            pieces = [one for group in groups if len(group) > 1 for one in group if texts[one]]
            olds = [texts[one] for one in pieces]
            texts |= zip(pieces, _changed(change, kind, olds), strict=True)
            for token, text in texts.items():
                if text != self.text(token):
                    new[token] = self._written(token, text)
        for token, cuts in self._cuts(change).items():
            new[token] = spliced(self.raw[token], cuts)
        return "".join(new)

    def _joined(self, change: Change, kind: str, groups: list[list[int]]) -> dict[int, str]:
        """Return what each token says once the texts that they make up together are changed.

        A reader may also see a token apart from those beside it: so each must be changed alone
        afterwards, in which a number shows that letters of its neighbours hid.
        """
        runs = [[self.text(one) for one in group] for group in groups]
        olds = ["".join(run) for run in runs]
        found: dict[int, str] = {}
        for group, run, text in zip(groups, runs, _changed(change, kind, olds), strict=True):
            found |= zip(group, spread(run, text), strict=True)
        return found

    def _written(self, token: int, text: str) -> str:
        """Return a text as it is written in place of a token."""
        return text if token in self.plain else html.escape(text, quote=False)

    def _cuts(self, change: Change) -> dict[int, list[tuple[int, int, str]]]:
        cuts: dict[int, list[tuple[int, int, str]]] = {}
        for kind, values in self.values.items():
            olds = [one.text for one in values]
            for one, text in zip(values, _changed(change, kind, olds), strict=True):
                if text != one.text:
                    written = f'"{html.escape(text)}"'
                    cuts.setdefault(one.token, []).append((one.start, one.end, written))
        return cuts


def spliced(text: str, cuts: list[tuple[int, int, str]]) -> str:
    """Return a text with some stretches of it replaced."""
    parts, at = [], 0
    for start, end, new in sorted(cuts):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def _changed(change: Change, kind: str, olds: list[str]) -> Iterator[str]:
    """Yield the changed texts; halves of characters stand as marks meanwhile."""
    whole = [_HALVES.sub("?", one) for one in olds]
    for old, plain, new in zip(olds, whole, change(kind, whole), strict=True):
        yield old if new == plain else new
