"""Screens whose dump has no text (games, Flutter, web pages) are read from their pictures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError, reason_of
from hongxian.sensors.session.screens.ocr import read_picture

if TYPE_CHECKING:
    from hongxian.sensors.session.bundle import Bundle
    from hongxian.sensors.session.model import Node, Screen

DRAWN = ("WebView", "SurfaceView", "TextureView", "FlutterView", "UnityPlayer")
"""Views that draw their content themselves, which a dump then may not hold."""
FEW = 8
"""A dump with fewer characters, and a view that draws itself, does not hold what is shown; ours."""
MOST = 200
"""So many different pictures of a session are read at most; one takes about a second."""


@dataclass(slots=True)
class Pictures:
    """The pictures of a bundle, read when they are asked for, each once."""

    bundle: Bundle
    unread: list[Reason]
    """Takes which screens could not be read, once it is known."""
    _read: dict[str, tuple[Node, ...]] = field(default_factory=dict)
    _blank: int = 0

    def filled(self, screen: Screen, path: str) -> Screen:
        """Return a screen with the text of its picture, where the dump has none.

        Args:
            screen: as the dump has it.
            path: the picture in the bundle; empty when there is none.
        """
        if not is_blank(screen):
            return screen
        nodes = self._nodes(path, screen) if path else None
        if nodes is None:
            self._blank += 1
            return screen
        return replace(screen, nodes=screen.nodes + nodes, read_by="ocr") if nodes else screen

    def close(self) -> None:
        """Tell how many screens had neither text nor a picture that could be read."""
        if self._blank:
            self.unread.append(Reason("session.blank_screens", {"count": self._blank}))

    def _nodes(self, path: str, screen: Screen) -> tuple[Node, ...] | None:
        try:
            data = self.bundle.read(path)
            digest = hashlib.sha256(data).hexdigest()
            if digest not in self._read:
                if len(self._read) >= MOST:
                    raise SessionError(path, "many_pictures", limit=MOST)
                found = read_picture(data, path, [], package=screen.package)
                self._read[digest] = found.nodes
        except ArtefactError as error:
            if (reason := reason_of(error)) not in self.unread:
                self.unread.append(reason)
            return None
        return self._read[digest]


def is_blank(screen: Screen) -> bool:
    """Return whether a dump holds no text, or next to none beside a view that draws itself."""
    characters = sum(len(node.words) for node in screen.nodes)
    drawn = any(node.kind.endswith(DRAWN) for node in screen.nodes)
    return characters < FEW if drawn else characters == 0
