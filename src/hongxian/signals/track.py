"""A window that moves on pane by pane: old panes fall out of it whole."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.signals.pane import Pane

if TYPE_CHECKING:
    from hongxian.signals.keys import Key


@dataclass(frozen=True, slots=True)
class Window:
    """How long a window is, and of how many panes."""

    seconds: float
    panes: int

    @property
    def width(self) -> float:
        """Seconds of a pane."""
        return self.seconds / self.panes


DAY = Window(86_400.0, 24)
MONTH = Window(30 * 86_400.0, 30)


@dataclass(slots=True)
class Track:
    """The panes of a window, and their sum."""

    window: Window
    panes: deque[Pane] = field(default_factory=deque)
    whole: Pane = field(default_factory=Pane)
    """All panes together."""
    newest: Pane = field(default_factory=Pane)
    """The last of the panes."""
    until: float = 0.0
    """When the newest pane is over."""

    def at(self, moment: float) -> None:
        """Move on to a moment; one that is a little late counts in the newest pane."""
        if moment < self.until:
            return
        width = self.window.width
        start = moment // width * width
        if self.panes and start <= self.panes[-1].start:
            return
        if len(self.panes) == 1:
            self._sum()  # from now on the whole is more than its only pane
        self.newest = Pane(start)
        self.panes.append(self.newest)
        self.until = start + width
        oldest = start - self.window.seconds + width
        gone = False
        while self.panes[0].start < oldest:
            self.panes.popleft()
            gone = True
        if len(self.panes) == 1:
            self.whole = self.panes[0]
        elif gone:
            self._sum()
        else:
            self.whole.hours += 1

    def both(self) -> tuple[Pane, ...]:
        """Return the newest pane and the whole, which are one at first."""
        newest = self.newest
        return (newest,) if newest is self.whole else (newest, self.whole)

    def add(self, key: Key) -> bool:
        """Count an identifier in the newest pane; return whether the window had it not."""
        newest = self.newest
        if newest is not self.whole:
            newest.add(key)
        return self.whole.add(key)

    def client(self, client: int) -> None:
        """Note the client with which a principal asks."""
        self.newest.client = client
        self.whole.client = client

    def told(self, asked: int, hits: int | None, records: int) -> None:
        """Count what was answered.

        Args:
            asked: identifiers in the question.
            hits: how many of them were known, if that can be told.
            records: values of PI that were given.
        """
        for pane in self.both():
            pane.records += records
            if hits is not None:
                pane.asked += asked
                pane.hits += min(hits, asked)

    def join(self, member: int) -> None:
        """Count a principal of a group."""
        for pane in self.both():
            pane.members.add(member)

    def pair(self, pairs: int, alike: int) -> None:
        """Count a request to a group: pairs of numbers within one principal."""
        for pane in self.both():
            pane.pairs += pairs
            pane.alike += alike
            pane.requests += 1

    def dump(self) -> list[Any]:
        """Return it as plain data."""
        window = [self.window.seconds, self.window.panes]
        return [window, [pane.dump() for pane in self.panes]]

    @classmethod
    def load(cls, data: list[Any]) -> Track:
        """Return what :meth:`dump` wrote."""
        made = cls(Window(*data[0]), deque(Pane.load(one) for one in data[1]))
        if made.panes:
            made.newest = made.panes[-1]
        if len(made.panes) == 1:
            made.whole = made.panes[0]
        else:
            made._sum()
        return made

    def _sum(self) -> None:
        self.whole = Pane(self.panes[0].start if self.panes else 0.0, hours=0)
        for pane in self.panes:
            self.whole.merge(pane)
