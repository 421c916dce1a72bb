"""XML, lightly: texts and attributes, each named by where it stands.

No document type is taken in, so that no entity can grow; a cut text gives what stands before.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.network.charsets import Named

MOST = 20_000
"""So many texts and attributes are taken from one document."""
_DEEP = 40
_START = re.compile(r"\s*(?:<\?xml\b|<[A-Za-z_][\w.:-]{0,100}[\s>/])")
_HTML = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


class _EnoughError(Exception):
    """More than is wanted, or a document type."""


def xml_in(text: str) -> Iterator[Named] | None:
    """Return names and values, else ``None`` when the text is no XML or a web page."""
    if _START.match(text) is None or _HTML.match(text):
        return None
    reader = _Reader()
    with suppress(expat.ExpatError, _EnoughError, ValueError):
        reader.parser.Parse(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text).encode(), True)
    return iter(reader.found) if reader.found else None


class _Reader:
    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise _EnoughError

    def _add(self, name: str, value: str) -> None:
        if len(self.found) >= MOST or len(self.open) > _DEEP:
            raise _EnoughError
        if value.strip():
            self.found.append((name, value.strip()))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._close_text()
        self.open.append(tag.rsplit(":", 1)[-1])
        for key, value in attributes.items():
            self._add(self._name(key), value)
        if "name" in attributes and "value" not in attributes:
            self.open[-1] = attributes["name"]  # <string name="imei">, as in preferences

    def _end(self, _: str) -> None:
        self._close_text()
        self.open.pop()

    def _close_text(self) -> None:
        if self.text:
            self._add(self._name(), "".join(self.text))
            self.text.clear()

    def _name(self, *last: str) -> str:
        return ".".join((*self.open[1:], *last)) or ".".join(self.open)
