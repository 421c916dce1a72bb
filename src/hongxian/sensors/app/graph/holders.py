"""Which function objects each reached method can hold, kept up to date as a search goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import among, distinct, spread
from hongxian.sensors.app.graph.moves import Edges

if TYPE_CHECKING:
    from hongxian.sensors.app.graph.moves import Moves

Ints = npt.NDArray[np.int64]

MOST = 4_000_000
"""More steps at once are not followed: such a program is made to exhaust its reader."""
_LOW = 0xFFFFFFFF


class Holders:
    """Pairs (node, class of an object that it holds).

    Args:
        moves: of the program.
    """

    def __init__(self, moves: Moves) -> None:
        """Begin with nothing held."""
        self.moves = moves
        none = np.zeros(0, dtype=np.int64)
        self.held = none
        """Node << 32 | class, ascending."""
        self._edges = Edges(none, none, none)

    def add(self, edges: list[Edges], made: Ints) -> Ints:
        """Take up steps and objects, and follow them; return what is held anew.

        Args:
            edges: further steps.
            made: node << 32 | class of objects that are made there.
        """
        before = self.held
        fresh = Edges.join(edges)
        found = _without(distinct(np.concatenate([made, self._step(self.held, fresh)])), self.held)
        self._edges = Edges.join([self._edges, fresh])
        while found.size:
            self.held = distinct(np.concatenate([self.held, found]))
            found = _without(self._step(found, self._edges), self.held)
        return _without(self.held, before)

    def _step(self, held: Ints, edges: Edges) -> Ints:
        """Return what is held one step on; ``held`` ascending."""
        nodes: Ints
        nodes, rows = np.unique(held >> 32, return_index=True)
        first = np.searchsorted(edges.source, nodes).astype(np.int64)
        out = np.searchsorted(edges.source, nodes, side="right").astype(np.int64) - first
        going = np.flatnonzero(out)
        ends = np.append(rows, held.size)
        size = ends[going + 1] - ends[going]
        # per node all its edges, per edge all its objects
        edge = np.repeat(first[going], out[going]) + spread(out[going])
        count = np.repeat(size, out[going])
        if int(count.sum()) > MOST:
            return held[:0]
        object_ = np.repeat(np.repeat(ends[going], out[going]), count) + spread(count)
        edge = np.repeat(edge, count)
        own = held[object_] & _LOW
        fits = self.moves.is_a(own, edges.type[edge])
        return distinct((edges.target[edge[fits]] << 32) | own[fits])


def held_at(held: Ints, nodes: Ints) -> tuple[Ints, Ints]:
    """Return pairs (place in ``nodes``, class that is held there).

    Args:
        held: node << 32 | class, ascending.
        nodes: in any order.
    """
    first: Ints = np.searchsorted(held, nodes << 32).astype(np.int64)
    count: Ints = np.searchsorted(held, (nodes + 1) << 32).astype(np.int64) - first
    if int(count.sum()) > MOST:
        count[:] = 0
    place = np.repeat(first, count) + spread(count)
    return np.repeat(np.arange(nodes.size), count), held[place] & _LOW


def _without(found: Ints, known: Ints) -> Ints:
    """Return what is not known yet; both ascending, each once."""
    return found[~among(found, known)]
