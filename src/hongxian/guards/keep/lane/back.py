"""Reads what a server sends, and sends it on; only few kinds of messages are looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.heads import message_end

if TYPE_CHECKING:
    from collections.abc import Callable

AUTH, KEY, PARAMETER, READY, ERROR, COMPLETE, COPY_IN = b"RKSZECG"
LARGEST = 1 << 20
"""Bytes of a message that is looked into; errors above it go on unseen."""


def is_seen(kind: int) -> bool:
    """Return whether messages of a kind are looked into."""
    return kind in (READY, COMPLETE, ERROR, PARAMETER, AUTH, KEY, COPY_IN)


class Back:
    """Takes a server's bytes apart.

    Args:
        see: told each message of the kinds above, with its body; what it returns stands in the
            message's place, ``None`` leaves it.
        send: takes what goes on to the client.
    """

    def __init__(
        self, see: Callable[[int, bytes], bytes | None], send: Callable[[bytes], object]
    ) -> None:
        """Begin with nothing."""
        self._see, self._send = see, send
        self._held = b""
        self._skip = 0

    def feed(self, data: bytes) -> None:
        """Take bytes.

        Raises:
            ProtocolError: they are no messages of a server.
        """
        if self._skip >= len(data):
            self._skip -= len(data)
            self._send(data)
            return
        if self._held:
            data, self._held = self._held + data, b""
        place, sent, size = self._skip, 0, len(data)
        self._skip = 0
        while size - place >= 5:
            kind, end = data[place], message_end(data, place)
            if is_seen(kind) and end - place <= LARGEST:
                if end > size:
                    break
                instead = self._see(kind, data[place + 5 : end])
                if instead is not None:
                    self._send(data[sent:place] + instead)
                    sent = end
            place = end
        self._rest(data, sent, place)

    def handed(self) -> tuple[bytes, int]:
        """Hand over to another reader.

        Returns the bytes of a message that is not whole, which are given up, and how many of one
        are still to come that goes on as it is: these are to be fed.
        """
        held, self._held = self._held, b""
        return held, self._skip

    def _rest(self, data: bytes, sent: int, place: int) -> None:
        size = len(data)
        if place >= size:
            self._skip = place - size
            if sent < size:
                self._send(data if sent == 0 else data[sent:])
            return
        if place > sent:
            self._send(data[sent:place])
        self._held = data[place:]
