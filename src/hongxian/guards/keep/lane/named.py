"""Which text stands behind a name: of prepared statements, and of portals with tickets.

Whether the server took a Parse shows only later, or never: behind an error it passes over all until
Sync. So a name stands for every text that may be behind it. Texts that need a ticket are prepared
under names of our own, which no client can say: whatever became of a Parse, under a client's name
the server never has anything but what was safe.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hongxian.guards.keep.lane.refusals import RESERVED

MOST_TEXTS = 5_000
"""Texts that one name may stand for."""
MOST_NAMES = 50_000


@dataclass(slots=True)
class Prepared:
    """A text that was prepared."""

    text: bytes
    version: int
    """Of the catalog by which it was judged."""
    server_name: bytes = b""
    """Ours, when it needs a ticket."""
    judgement: Any = None
    carried: bool = False
    """Whether it can run in quarantine, with any values."""
    lists: bool = False
    """Whether its verdict can hang on how many values its parameters list."""


@dataclass(slots=True)
class Portal:
    """A portal of a statement that needs a ticket, or runs in quarantine."""

    statement: Prepared
    server_name: bytes
    used: bool = False
    name: bytes = b""
    """As the client says it."""
    values: bytes = b""
    """What the client bound: formats, values, formats of the answer."""

    @property
    def valued(self) -> bool:
        """Return whether it has values, or is not as the protocol says."""
        formats = int.from_bytes(self.values[:2])
        place = 2 + 2 * formats
        return len(self.values) < place + 2 or bool(int.from_bytes(self.values[place : place + 2]))


@dataclass(slots=True)
class Names:
    """The names of a session."""

    statements: dict[bytes, list[Prepared]] = field(default_factory=dict)
    portals: dict[bytes, Portal] = field(default_factory=dict)
    several: list[bytes] = field(default_factory=list)
    """Names of which more than the last text may stand."""
    closing: list[bytes] = field(default_factory=list)
    """Names that were closed, if that was not passed over."""
    _count: int = 0

    def prepared(self, name: bytes, one: Prepared) -> bool:
        """Note a text behind a name; ``False`` when there are too many to keep apart."""
        known = self.statements.get(name)
        if self.closing and name in self.closing:
            self.closing.remove(name)
        if known is None:
            if len(self.statements) >= MOST_NAMES:
                return False
            self.statements[name] = [one]
            return True
        if known[-1].text == one.text and not one.server_name and not known[-1].server_name:
            known[-1].version = one.version
            if len(known) > 1:
                self.several.append(name)
            return True
        known.append(one)
        self.several.append(name)
        return len(known) <= MOST_TEXTS

    def closed(self, name: bytes) -> None:
        """Note that a statement was closed, if that was not passed over; a later Parse stays."""
        self.closing.append(name)

    def doubted(self) -> None:
        """An error came: what was sent may have been passed over, names keep all their texts."""
        self.several.clear()
        self.closing.clear()

    def settle(self) -> None:
        """All that was sent was taken: each name stands for its last text."""
        for name in self.several:
            del self.statements[name][:-1]
        for name in self.closing:
            self.statements.pop(name, None)
        self.several.clear()
        self.closing.clear()

    def ours(self) -> bytes:
        """Return a new name of our own."""
        self._count += 1
        return RESERVED + b"%d" % self._count
