"""A stream whose beginning was read to tell its format."""

from __future__ import annotations

from typing import Protocol


class Readable(Protocol):
    """Whatever gives bytes in order."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes; none at the end."""
        ...


class Joined:
    """A stream with its beginning put back.

    Args:
        head: what was read of it.
        rest: the stream.
    """

    def __init__(self, head: bytes, rest: Readable) -> None:
        """Start at the beginning."""
        self.head = head
        self._left = head
        self._rest = rest

    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes, fewer only at the end; all of them without a size."""
        if not self._left:
            return self._rest.read(size)
        if size < 0:
            taken, self._left = self._left + self._rest.read(), b""
            return taken
        taken, self._left = self._left[:size], self._left[size:]
        return taken if len(taken) == size else taken + self._rest.read(size - len(taken))
