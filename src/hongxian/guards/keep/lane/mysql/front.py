"""Reads what a client sends, command by command: whole and in order."""

from __future__ import annotations

import asyncio
from collections import deque

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql.frames import HEAD, MOST


class Front:
    """Takes a client's bytes apart.

    Args:
        longest: bytes of a command; of a longer one only its first byte is kept.
    """

    def __init__(self, longest: int) -> None:
        """Begin with nothing."""
        self._longest = longest
        self._held = bytearray()
        self._parts: list[bytes] = []
        self._size = 0
        self._commands: deque[tuple[bytes, int, bool]] = deque()
        self._waiting: asyncio.Future[None] | None = None
        self.proving = False
        """Whether packets belong to a proof of who the client is, and not to commands."""
        self.one = False
        """Whether a packet is left alone until the one before was taken: it may be TLS."""
        self.number = -1
        """Number of the last packet of the command that was taken."""
        self._next = 0

    @property
    def full(self) -> bool:
        """Whether commands wait, so that the client need not send more now."""
        return bool(self._commands)

    def feed(self, data: bytes) -> None:
        """Take bytes.

        Raises:
            ProtocolError: they are no packets, or not in order.
        """
        self._held += data
        while len(self._held) >= HEAD and not (self.one and self._commands):
            length = int.from_bytes(self._held[:3], "little")
            if len(self._held) < HEAD + length:
                break
            self._packet(self._held[3], bytes(self._held[HEAD : HEAD + length]), length)
            del self._held[: HEAD + length]

    def _packet(self, number: int, body: bytes, length: int) -> None:
        if not self.proving and number != self._next:
            raise ProtocolError("sequence")
        self._next = (number + 1) & 0xFF
        self._size += length
        if self._size <= self._longest:
            self._parts.append(body)
        else:
            self._parts = [(self._parts or [body])[0][:1]]
        if length == MOST:
            return
        self._commands.append((b"".join(self._parts), number, self._size > self._longest))
        self._parts, self._size = [], 0
        if not self.proving:
            self._next = 0
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def taken(self) -> tuple[bytes, bool]:
        """Return the next command, and whether it was too long and is not all there."""
        while not self._commands:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        body, self.number, long = self._commands.popleft()
        return body, long

    def handed(self) -> bytes:
        """Return what is behind the packet that was taken last, and forget it."""
        held = bytes(self._held)
        self._held.clear()
        return held

    def begin(self) -> None:
        """Take commands from now on.

        Raises:
            ProtocolError: something was sent before it was asked for.
        """
        if self._commands or self._held or self._parts:
            raise ProtocolError("early")
        self.proving, self._next = False, 0
