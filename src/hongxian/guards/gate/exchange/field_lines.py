"""Header fields in one piece, as they are sent on; pairs are made of them for who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class FieldLines:
    """The fields of a message, without those for one hop alone and without the body's length.

    Args:
        lines: name in lower case, colon, blank, value and end of line of each.
    """

    __slots__ = (
        "changed", "closes", "coding", "count", "host", "host_end", "hosts", "keeps", "kind",
        "length", "lines", "odd",
    )  # fmt: skip

    def __init__(self, lines: bytes) -> None:
        """Keep them; who reads a message says the rest."""
        self.lines = lines
        self.count = 0
        """Fields of the message, with those that are left out."""
        self.length = -1
        """Bytes of the body, -1 when that is not told."""
        self.closes = self.keeps = False
        """What is told of the connection."""
        self.hosts = self.host = self.host_end = 0
        """How many fields name the host, and where the last one stands."""
        self.odd = False
        """Whether there are fields which go no further than a gate may say."""
        self.kind = self.coding = b""
        """Type of the body, and how it is packed."""
        self.changed: list[int] | None = None
        """Where fields begin and end that speak of the bytes of the body."""

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield names and values."""
        for line in self.lines.split(b"\r\n")[:-1]:
            name, _, value = line.partition(b": ")
            yield name, value

    def values(self, name: bytes) -> list[bytes]:
        """Return all values of a field, whose name is given in lower case."""
        raw, wanted, size, much, at = self.lines, name, len(self.lines), len(name), 0
        found: list[bytes] = []
        while at < size:
            start, same = at, 0
            while raw[at] != 0x0A:  # each line has its end
                at += 1
            at += 1
            while same < much and raw[start + same] == wanted[same] != 0x3A:
                same += 1  # not beyond the colon, which each line has
            if same == much and raw[start + same] == 0x3A:
                found.append(raw[start + same + 2 : at - 2])
        return found

    def host_first(self) -> None:
        """Put the host before all else, where readers look for it."""
        lines, start, end = self.lines, self.host, self.host_end
        if start:
            self.lines = lines[start:end] + lines[:start] + lines[end:]
            self.host, self.host_end, self.changed = 0, end - start, None

    def unchanged(self) -> bytes:
        """Return the lines without those that speak of the bytes of the body."""
        if self.changed is None:
            return self.lines
        raw, size, at, place = self.lines, len(self.lines), 0, 0
        kept = b""
        while place < len(self.changed):
            stop = self.changed[place]
            if stop > at:
                kept += raw[at:stop]
            at = self.changed[place + 1]
            place += 2
        return kept + raw[at:size] if at < size else kept
