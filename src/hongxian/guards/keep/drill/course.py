"""A drill on its way: what each kind of server does of its own, and what all of them compare."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from hongxian.guards.keep.drill.results import Check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hongxian.guards.keep.drill.marks import Mark
    from hongxian.guards.keep.drill.sums import Seen
    from hongxian.guards.keep.vault.objects import Store

Source = TypeVar("Source")
"""What a drill's file says of a source."""


class Course(ABC, Generic[Source]):
    """A drill of one copy, in a folder of its own.

    Args:
        store: the vault.
        source: whose copy.
        folder: of the drill.
        told: the marks of the source.
        until: a moment (seconds since 1970) to which the log is replayed; ``None``: to its end.

    ``latest`` is when the newest transaction was made that came back (seconds since 1970, 0 when
    nobody knows), ``looked`` how long our own looking took, ``base`` what the base is called,
    ``size`` the bytes that came out of the vault.
    """

    def __init__(
        self, store: Store, source: Source, folder: Path, told: list[Mark], until: float | None
    ) -> None:
        """Begin with nothing restored."""
        self._store, self._source, self._folder = store, source, folder
        self._told, self._until = told, until
        self.mark: Mark | None = None
        self.checks: list[Check] = []
        self.latest = self.looked = 0.0
        self.base: str | None = None
        self.size = 0

    @abstractmethod
    def restore(self) -> None:
        """Bring base and log out of the vault."""

    @abstractmethod
    def replay(self) -> None:
        """Start a server, replay the log to the mark, compare there, and go on to the end."""

    @abstractmethod
    def look(self) -> None:
        """Look at what there is at the end."""

    @abstractmethod
    def end(self) -> None:
        """End the server."""


def differences(mark: Mark, found: Seen) -> Iterator[Check]:
    """Yield a check for each table and query of a mark.

    Args:
        mark: what was there.
        found: what came back.
    """
    other = "failed" if mark.exact else "unclear"
    for name, one in mark.seen.tables.items():
        now = found.tables.get(name)
        if now is None:
            yield Check("table", name, "failed", "missing")
        elif now.rows != one.rows:
            yield Check("rows", name, other, f"{one.rows} -> {now.rows}")
        else:
            same = now.sum == one.sum
            yield Check("sum", name, "passed" if same else other, str(one.rows))
    for name, answer in mark.seen.queries.items():
        same = found.queries[name] == answer
        yield Check("query", name, "passed" if same else other, "")
