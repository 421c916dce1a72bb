"""TLS over bytes that are handed in and out.

A client of MySQL sends its first bytes of TLS right behind the packet that asks for it, so that
both can come in one piece: no transport could begin TLS in the middle of what it has read.
"""

from __future__ import annotations

import ssl
from contextlib import suppress
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.frames import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Callable

_PIECE = 1 << 18


class Tls:
    """One end of TLS.

    Args:
        context: certificates, and what is taken.
        write: takes what goes to the other side.
        server: whether this is the server's end.
        name: which the server's certificate must have, if that is checked.
    """

    def __init__(
        self, context: ssl.SSLContext, write: Callable[[bytes], object], *, server: bool,
        name: str = "",
    ) -> None:  # fmt: skip
        """Begin; a client speaks first."""
        self._in, self._out, self._write = ssl.MemoryBIO(), ssl.MemoryBIO(), write
        self._object = context.wrap_bio(
            self._in, self._out, server_side=server, server_hostname=name or None
        )
        self._waits: list[bytes] = []
        self.ready = False
        if not server:
            self._greet()

    def feed(self, data: bytes) -> bytes:
        """Return what the other side said.

        Raises:
            ProtocolError: it is no TLS, or not what is taken.
        """
        self._in.write(data)
        found = bytearray()
        try:
            if not self.ready:
                self._greet()
            while self.ready:
                piece = self._object.read(_PIECE)
                if not piece:
                    break
                found += piece
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError:
            self._flush()
            raise ProtocolError("tls") from None
        self._flush()
        return bytes(found)

    def _greet(self) -> None:
        try:
            self._object.do_handshake()
            self.ready = True
        except ssl.SSLWantReadError:
            pass
        finally:
            self._flush()
        if self.ready:
            waits, self._waits = self._waits, []
            for one in waits:
                self.send(one)

    def send(self, data: bytes) -> None:
        """Send, once the other side has greeted."""
        if not self.ready:
            self._waits.append(data)
            return
        self._object.write(data)
        self._flush()

    def end(self) -> None:
        """Say that nothing more comes."""
        with suppress(ssl.SSLError):
            self._object.unwrap()
        self._flush()

    def _flush(self) -> None:
        if data := self._out.read():
            self._write(data)
