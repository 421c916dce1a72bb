"""Records of several partitions in the order of their times."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple


class Record(NamedTuple):
    """One record of a topic."""

    at: int
    """Its time, in milliseconds since 1970."""
    partition: int
    offset: int
    value: bytes


class Order:
    """Holds records back until those of the other partitions are there that may be older.

    Args:
        partitions: those from which records are to come.
        most: bytes of a partition that are held before it has to wait for the others.
    """

    def __init__(self, partitions: list[int], most: int) -> None:
        """Hold nothing yet."""
        self._most = most
        self._held: dict[int, deque[Record]] = {one: deque() for one in partitions}
        self._bytes = dict.fromkeys(partitions, 0)
        self._newest = dict.fromkeys(partitions, 0)
        self._ended: set[int] = set()

    def add(self, record: Record) -> None:
        """Hold a record."""
        self._held[record.partition].append(record)
        self._bytes[record.partition] += len(record.value)
        self._newest[record.partition] = max(self._newest[record.partition], record.at)

    def end(self, partition: int) -> None:
        """Wait for no more of a partition."""
        self._ended.add(partition)

    @property
    def done(self) -> bool:
        """Whether no partition is waited for."""
        return len(self._ended) == len(self._held)

    def full(self) -> list[int]:
        """Return the partitions that have to wait for the others."""
        return [one for one, size in self._bytes.items() if size >= self._most]

    def ready(self, *, idle: bool = False) -> list[Record]:
        """Return the records than which none can be older, the oldest first.

        Args:
            idle: nothing has come for a while, so that nothing is waited for.
        """
        waited = [one for one in self._held if one not in self._ended]
        if idle or not waited:
            found = [record for held in self._held.values() for record in held]
            for one, held in self._held.items():
                held.clear()
                self._bytes[one] = 0
        else:
            found = self._until(min(self._newest[one] for one in waited))
        found.sort(key=lambda record: record[:3])
        return found

    def _until(self, moment: int) -> list[Record]:
        found = []
        for one, held in self._held.items():
            while held and held[0].at <= moment:
                record = held.popleft()
                self._bytes[one] -= len(record.value)
                found.append(record)
        return found
