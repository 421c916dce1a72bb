"""Keys of Redis: the parts that are values are masked, wherever a key stands, and so stay one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.mask.cells import pa
from hongxian.sensors.store.sources.records import ANY, KEY, segment
from hongxian.sensors.store.sources.redis_ import PARTS, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.guards.mask.plan import Plan

MOST = 100_000
"""Patterns of keys that are known again where they stand in values."""


_LONGEST = 1_000
"""Characters beyond which a value is no key."""


class KeyNames:
    """Masks keys, also those that stand in values.

    Args:
        plan: what happens to each part, by the pattern around it: ``user:<key>``.
    """

    def __init__(self, plan: Plan) -> None:
        """Know no key yet."""
        self.plan = plan
        self.patterns: set[str] = set()
        self._between: set[tuple[str, ...]] = set()
        self._hidden = 0

    def know(self, key: str) -> None:
        """Know keys of this pattern again."""
        parts = PARTS.split(key)
        if len(parts) > 1 and len(self.patterns) < MOST and any(True for _ in _values(parts)):
            self.patterns.add(pattern(key))
            self._between.add(tuple(parts[1::2]))

    def is_key(self, text: str) -> bool:
        """Whether a value is a key with something personal in it, and not only that."""
        if not self.patterns or len(text) > _LONGEST:
            return False
        between = tuple(PARTS.split(text)[1::2])  # what stands between its parts tells most apart
        return between in self._between and pattern(text) in self.patterns

    def masked(self, keys: Sequence[str]) -> list[str]:
        """Return keys with the parts masked that are values; one that may not be shown is numbered.

        Args:
            keys: whole keys.
        """
        split = [PARTS.split(key) for key in keys]
        places: dict[str, list[tuple[int, int]]] = {}
        for number, parts in enumerate(split):
            for place in _values(parts):
                places.setdefault(_column(parts, place), []).append((number, place))
        for name, found in places.items():
            values = pa.array([split[number][place] for number, place in found], pa.string())
            for (number, place), new in zip(
                found, self.plan.column(name, values).to_pylist(), strict=True
            ):
                split[number][place] = new or self._number()
        return ["".join(parts) for parts in split]

    def _number(self) -> str:
        self._hidden += 1
        return f"#{self._hidden}"


def _values(parts: list[str]) -> Iterator[int]:
    """Yield the places of the parts that are values."""
    for place in range(0, len(parts), 2):
        if parts[place] and segment(parts[place]) == ANY:
            yield place


def _column(parts: list[str], place: int) -> str:
    """Return the pattern of a key with a mark where the part stands."""
    return "".join(KEY if number == place else pattern(part) if number % 2 == 0 else part
                   for number, part in enumerate(parts))  # fmt: skip
