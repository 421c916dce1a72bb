"""What is counted of one principal, at one endpoint, for one kind of identifier, in one pane."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.signals.distinct import Distinct

if TYPE_CHECKING:
    from hongxian.signals.keys import Key

SUMS = ("requests", "asked", "hits", "records", "canaries", "pairs", "alike")


@dataclass(slots=True)
class Pane:
    """Counts of a stretch of time; panes add up to windows."""

    start: float = 0.0
    numbers: Distinct = field(default_factory=Distinct)
    cells: Distinct = field(default_factory=Distinct)
    members: Distinct = field(default_factory=Distinct)
    """Principals behind a group; empty for a single one."""
    regions: dict[int, int] = field(default_factory=dict)
    """Region -> different numbers issued there, while they are counted exactly."""
    located: int = 0
    """Numbers of all regions together."""
    requests: int = 0
    asked: int = 0
    """Identifiers whose answer told whether it knew them."""
    hits: int = 0
    records: int = 0
    """Values of PI that were given away."""
    canaries: int = 0
    pairs: int = 0
    """Pairs of numbers that one and the same principal asked for."""
    alike: int = 0
    """Those of the pairs that were issued in the same region."""
    hours: int = 1
    """Panes in which anything was asked."""
    client: int = 0
    """Hash of the client with which a single principal asked last; 0 when nobody said, or when
    many have it."""

    def add(self, key: Key) -> bool:
        """Count an identifier; return whether it is new, as far as that can be told."""
        value, cell, _, _, region = key
        fresh = self.numbers.add(value)
        if cell is not None:
            self.cells.add(cell)
        if fresh and region:
            before = self.regions.get(region, 0)
            self.pairs += self.located
            self.alike += before
            self.regions[region] = before + 1
            self.located += 1
        return fresh

    def merge(self, other: Pane) -> None:
        """Add another pane; pairs across panes count as well."""
        self.pairs += self.located * other.located
        self.numbers.merge(other.numbers)
        self.cells.merge(other.cells)
        self.members.merge(other.members)
        for region, count in other.regions.items():
            before = self.regions.get(region, 0)
            self.alike += count * before
            self.regions[region] = before + count
        self.located += other.located
        self.requests += other.requests
        self.asked += other.asked
        self.hits += other.hits
        self.records += other.records
        self.canaries += other.canaries
        self.pairs += other.pairs
        self.alike += other.alike
        self.hours += other.hours
        self.client = other.client or self.client

    @property
    def adjacent(self) -> int:
        """How many of the numbers share a cell with another one."""
        return max(0, len(self.numbers) - len(self.cells)) if len(self.cells) else 0

    @property
    def concentration(self) -> float | None:
        """Share of the pairs of numbers that were issued in one region."""
        return self.alike / self.pairs if self.pairs else None

    def dump(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "start": self.start, "hours": self.hours, "client": self.client,
            "numbers": self.numbers.dump(), "cells": self.cells.dump(),
            "members": self.members.dump(), "regions": dict(self.regions),
            **{name: getattr(self, name) for name in SUMS},
        }  # fmt: skip

    @classmethod
    def load(cls, data: dict[str, Any]) -> Pane:
        """Return what :meth:`dump` wrote."""
        made = dict(data)
        for name in ("numbers", "cells", "members"):
            made[name] = Distinct.load(made[name])
        return cls(located=sum(made["regions"].values()), **made)
