"""Blocks of numbers that several principals share out among them, each number asked once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hongxian.signals.keys import Key

MOST_BLOCKS = 50_000
LEAST_SHARED = 30
"""Of the hundred numbers of a block."""
LEAST_SHARERS = 4
LEAST_APART = 0.8
"""Share of the questions that were for a number nobody else had asked for."""
_DENSER = 8
"""Times as many numbers as in the other blocks on average."""
_MOST_MEMBERS = 32


@dataclass(slots=True)
class Block:
    """One block of a hundred numbers."""

    numbers: int = 0
    """A bit for each number that was asked for."""
    asked: int = 0
    members: set[int] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many of its numbers were asked for."""
        return self.numbers.bit_count()


class Blocks:
    """The blocks of one endpoint, for a day each."""

    def __init__(self, most: int = MOST_BLOCKS) -> None:
        """Start empty."""
        self._most = most
        self._blocks: OrderedDict[int, Block] = OrderedDict()
        self._day = 0.0
        self._numbers = 0

    def __len__(self) -> int:
        """Return how many blocks are held."""
        return len(self._blocks)

    def add(self, key: Key, member: int, at: float) -> Block | None:
        """Count a number; return its block when it is being shared out."""
        _, _, place, number, _ = key
        if place is None:
            return None
        if at // 86_400 != self._day:
            self._day, self._numbers = at // 86_400, 0
            self._blocks.clear()
        block = self._blocks.get(place)
        if block is None:
            block = self._blocks[place] = Block()
            if len(self._blocks) > self._most:
                _, gone = self._blocks.popitem(last=False)
                self._numbers -= gone.count
        else:
            self._blocks.move_to_end(place)
        bit = 1 << number
        self._numbers += not block.numbers & bit
        block.numbers |= bit
        block.asked += 1
        if len(block.members) < _MOST_MEMBERS:
            block.members.add(member)
        return block if self._shared(block) else None

    def _shared(self, block: Block) -> bool:
        count = block.count
        return (
            count >= LEAST_SHARED
            and len(block.members) >= LEAST_SHARERS
            and count >= LEAST_APART * block.asked
            and count * max(1, len(self._blocks) - 1) >= _DENSER * (self._numbers - count)
        )

    def dump(self) -> list[Any]:
        """Return it as plain data."""
        rows = [[k, str(b.numbers), b.asked, sorted(b.members)] for k, b in self._blocks.items()]
        return [self._day, rows]

    @classmethod
    def load(cls, data: list[Any], most: int = MOST_BLOCKS) -> Blocks:
        """Return what :meth:`dump` wrote."""
        made = cls(most)
        made._day = data[0]
        for key, numbers, asked, members in data[1]:
            made._blocks[key] = Block(int(numbers), asked, set(members))
        made._numbers = sum(block.count for block in made._blocks.values())
        return made
