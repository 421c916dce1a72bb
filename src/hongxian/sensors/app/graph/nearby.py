"""What a method does itself and by the methods that it calls directly, a few calls deep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hongxian.sensors.app.dex.opcodes import METHOD_REF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.sensors.app.graph.hierarchy import Hierarchy

MOST = 400
"""A method that leads to more others than that does too much to say what it is for."""


class Nearby:
    """Direct calls of one program, looked up when asked and kept.

    Args:
        hierarchy: of the program.
    """

    def __init__(self, hierarchy: Hierarchy) -> None:
        """Keep the program; nothing is looked up yet."""
        self.hierarchy, self.program = hierarchy, hierarchy.program
        self._called: dict[int, list[int]] = {}

    def rows(self, method: int) -> range:
        """Return the kept instructions of a method's body."""
        body = int(self.program.method_body[method])
        if body < 0:
            return range(0)
        return range(int(self.program.body_first[body]), int(self.program.body_first[body + 1]))

    def entered(self, rows: Iterable[int]) -> list[int]:
        """Return the methods with bodies that the calls among some instructions enter."""
        program = self.program
        places = np.fromiter(rows, dtype=np.int64)
        places = places[METHOD_REF[program.row_opcode[places]]]
        targets = np.unique(program.row_target[places])
        targets = targets[targets >= 0]
        found = self.hierarchy.resolve(
            program.method_class[targets].astype(np.int64), program.method_signature[targets]
        )
        entered: list[int] = found[found >= 0].tolist()
        return entered

    def within(self, method: int, depth: int) -> dict[int, int]:
        """Return the methods at most so many calls away, each with the one that calls it."""
        found = {method: -1}
        edge = [method]
        for _ in range(depth):
            fresh: list[int] = []
            for one in edge:
                for other in self._calls(one):
                    if other not in found:
                        found[other] = one
                        fresh.append(other)
            if len(found) > MOST:
                return {method: -1}
            edge = fresh
        return found

    def _calls(self, method: int) -> list[int]:
        if method not in self._called:
            self._called[method] = self.entered(self.rows(method))
        return self._called[method]


def way(parents: dict[int, int], method: int) -> list[int]:
    """Return the methods from the first one to a method that :meth:`Nearby.within` found."""
    path = [method]
    while parents[path[-1]] >= 0:
        path.append(parents[path[-1]])
    return path[::-1]
