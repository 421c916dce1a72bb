"""Reads a dump of the elements on the screen: uiautomator, uiautomator2, Appium.

Nothing outside the dump is ever opened, and a document type with entities ends the reading. A cut
dump gives the elements before the cut.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.device.text import decoded, refused
from hongxian.sensors.session.model import Node, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_NODES = 100_000
_LONGEST = 10_000
"""Characters of one text."""
_FRAMES = ("hierarchy", "displays", "display", "window", "nodes", "windows", "root")
_ENDS = ("</hierarchy>", "</displays>")
_BOUNDS = re.compile(r"\[(-?\d{1,6}),(-?\d{1,6})\]\[(-?\d{1,6}),(-?\d{1,6})\]")
_START = re.compile(r"<\?xml|<!DOCTYPE|<hierarchy|<displays|<node\b")
_BAD = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_NUMBERED = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}));")


def read_screen(
    data: bytes,
    name: str,
    unread: list[Reason],
    *,
    at: float | None = None,
    activity: str | None = None,
) -> Screen:
    """Return what a dump shows.

    Args:
        data: the XML, also with what the command printed before and behind it.
        name: the dump, as a user knows it.
        unread: takes why not all of it was read.
        at: when it was made; the dump itself does not tell.
        activity: the activity in front, where known.

    Raises:
        SessionError: no element of a screen is in it.
    """
    text, whole = decoded(data)
    found = _START.search(text)
    if found is None:
        raise refused(name, text) or SessionError(name, "session_device.no_screen")
    if not whole:
        unread.append(Reason("session_device.charset", {}, name))
    builder = _Builder(name, unread)
    builder.feed(_cleaned(text[found.start() :]))
    if not builder.nodes and not builder.framed:
        raise SessionError(name, "session_device.no_screen")
    return Screen(
        at=at, nodes=tuple(builder.nodes), locator=name, activity=activity,
        package=builder.package or next((n.package for n in builder.nodes if n.package), ""),
    )  # fmt: skip


class _Builder:
    """Collects elements while the parser goes on."""

    def __init__(self, name: str, unread: list[Reason]) -> None:
        self.name, self.unread = name, unread
        self.nodes: list[Node] = []
        self.framed = False
        self.package = ""
        """Of the window that has the focus."""
        self._open: list[bool] = []
        self._depth = 0
        self._focused = False
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity

    def feed(self, text: str) -> None:
        """Take the whole text in, as far as it is XML."""
        ends = [text.rfind(end) + len(end) for end in _ENDS if end in text]
        whole = text[: max(ends)] if ends else text  # the command's own words stand behind it
        try:
            self._parser.Parse(whole.encode("utf-8", "replace"), True)
        except expat.ExpatError as error:
            values = {"line": error.lineno, "nodes": len(self.nodes)}
            self.unread.append(Reason("session_device.cut_screen", values, self.name))
        except _FullError:
            self.unread.append(
                Reason("session_device.many_nodes", {"limit": MOST_NODES}, self.name)
            )

    def _entity(self, *_: object) -> None:
        raise SessionError(self.name, "session_device.entities")

    def _start(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "window":
            self._focused = "true" in (values.get("focused"), values.get("active"))
        frame = tag == "window" or (tag in _FRAMES and "bounds" not in values)
        self._open.append(frame)
        if frame:
            self.framed = True
            return
        if len(self.nodes) >= MOST_NODES:
            raise _FullError
        self.nodes.append(_node(tag, values, self._depth))
        if self._focused and not self.package:
            self.package = self.nodes[-1].package
        self._depth += 1

    def _end(self, _: str) -> None:
        if not self._open.pop():
            self._depth -= 1


class _FullError(Exception):
    """More elements than are read."""


def _node(tag: str, values: Mapping[str, str], depth: int) -> Node:
    def text(*names: str) -> str:
        return next((values[name][:_LONGEST] for name in names if values.get(name)), "")

    def holds(name: str, default: str = "false") -> bool:
        return values.get(name, default) == "true"

    return Node(
        text=text("text"), description=text("content-desc", "contentDescription"),
        resource=text("resource-id", "resourceId"), kind=text("class", "className") or tag,
        package=text("package"), bounds=_bounds(values.get("bounds", "")), depth=depth,
        clickable=holds("clickable"), checkable=holds("checkable"), checked=holds("checked"),
        enabled=holds("enabled", "true"), password=holds("password"), hint=text("hint"),
    )  # fmt: skip


def _bounds(text: str) -> tuple[int, int, int, int] | None:
    found = _BOUNDS.fullmatch(text)
    if found is None:
        return None
    left, top, right, bottom = map(int, found.groups())
    return left, top, right, bottom


def _cleaned(text: str) -> str:
    """Take out what XML forbids and yet apps put into their texts."""
    return _NUMBERED.sub(_number, _BARE.sub("&amp;", _BAD.sub(" ", text)))


def _number(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    legal = code < 0x110000 and not _BAD.match(chr(code))
    return found[0] if legal else " "
