"""Function objects that come to where they are called by way of parameters, fields and stores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import distinct
from hongxian.sensors.app.graph.holders import Holders, held_at
from hongxian.sensors.app.graph.moves import ANY, Edges, Moves

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.sensors.app.graph.implicit import Implicit

Ints = npt.NDArray[np.int64]

CALLED = -1
"""A use that is a plain call on the type; others are rows of the edge table or the next one."""
PLATFORM = -2
"""A use that hands the object to a platform method which the edge table does not list."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Instructions of methods that a search reached."""

    row: Ints
    owner: Ints
    opcode: npt.NDArray[np.uint8]
    target: Ints

    @staticmethod
    def join(parts: Sequence[Rows]) -> Rows:
        """Return instructions as one list; there is at least one part."""
        columns = zip(*((p.row, p.owner, p.opcode, p.target) for p in parts), strict=True)
        return Rows(*(np.concatenate(column) for column in columns))


class Handed:
    """Follows function objects for one search.

    Args:
        implicit: the edges of the program, at the moments that the search counts.
        moves: of the program.
    """

    def __init__(self, implicit: Implicit, moves: Moves) -> None:
        """Begin with nothing held."""
        self.implicit, self.moves = implicit, moves
        self.program = implicit.program
        self._holders = Holders(moves)
        self._uses = np.zeros((5, 0), dtype=np.int64)
        """Owner, row, type, place, called reference."""
        self._done: set[tuple[int, int]] = set()

    def follow(self, rows: Rows, overrides: Ints) -> Ints:
        """Take up further reached instructions; return what their objects let run.

        Of each body that is entered: its method, the method and the instruction that it is
        entered from, and the row of the edge table, ``CALLED`` or ``PLATFORM``.

        Args:
            rows: the instructions.
            overrides: pairs (method called, body entered), as two rows.
        """
        moves = self.moves
        made = moves.made(rows.opcode, rows.target)
        edges = [
            *map(self._let, moves.edges(rows.opcode, rows.target, rows.owner)),
            moves.own_results(distinct(rows.owner)),
            *moves.overrides(overrides[0], overrides[1]),
        ]
        made_here = distinct((rows.owner[made] << 32) | rows.target[made])
        before = self._holders.held
        anew = self._holders.add(edges, made_here)
        uses = np.concatenate(list(self._new_uses(rows)), axis=1)
        found = np.concatenate([self._matches(anew, self._uses), self._matches(before, uses),
                                self._matches(anew, uses)], axis=1)  # fmt: skip
        self._uses = np.concatenate([self._uses, uses], axis=1)
        return self._entered(self._fresh(found))

    def _let(self, edges: Edges) -> Edges:
        """Leave out what only an act of the person carries on."""
        barred = self.implicit.waits_for_person(edges.target, edges.type)
        barred |= (edges.source == self.moves.store) & self.implicit.mixed[edges.type]
        keep = np.flatnonzero(~barred | (edges.type == ANY))
        return Edges(edges.source[keep], edges.target[keep], edges.type[keep])

    def _new_uses(self, rows: Rows) -> Iterator[Ints]:
        call = np.flatnonzero((rows.opcode >= 0x6E) & (rows.opcode <= 0x78))
        target, owner, row = rows.target[call], rows.owner[call], rows.row[call]
        form = (rows.opcode[call] - 0x6E) % 6
        own = self.program.method_class[target].astype(np.int64)
        plain = np.flatnonzero(
            self.implicit.handed_over[own] & self.moves.family[own] & ((form == 0) | (form == 4))
        )
        yield np.stack([
            owner[plain], row[plain], own[plain], np.full(plain.size, CALLED), target[plain],
        ])  # fmt: skip
        yield self._listed(target, owner, row)
        known = self.implicit.is_listed[target] | self.program.class_defined[own]
        outside = np.flatnonzero(~known)
        place, wanted = self.moves.into(target[outside])
        fits = self.implicit.handed_over[wanted]
        place, wanted = outside[place[fits]], wanted[fits]
        yield np.stack([
            owner[place], row[place], wanted, np.full(place.size, PLATFORM), target[place],
        ])  # fmt: skip

    def _listed(self, target: Ints, owner: Ints, row: Ints) -> Ints:
        hit = np.flatnonzero(self.implicit.is_trigger[target])
        found = [
            (int(owner[at]), int(row[at]), callback, place, int(target[at]))
            for at in hit.tolist()
            for place, callback in self.implicit.callbacks_of(int(target[at]))
        ]
        return np.array(found, dtype=np.int64).reshape(-1, 5).T

    def _matches(self, held: Ints, uses: Ints) -> Ints:
        """Return the uses whose type an object held there has, with the object's class."""
        use, own = held_at(held, uses[0])
        fits = self.moves.is_a(own, uses[2][use])
        return np.concatenate([uses[:, use[fits]], own[None, fits]])

    def _fresh(self, found: Ints) -> Ints:
        """Return of the matches those that enter something new: a class used in a new way."""
        place, own = found[3], found[5]
        way = np.where(place == CALLED, self.program.method_signature[found[4]], found[2])
        way = np.where(place >= 0, place, way)
        kind = np.minimum(place, 0) + 2
        _, first = np.unique(np.stack([own, kind, way]), axis=1, return_index=True)
        names = np.stack([(own << 2) | kind, way])[:, first]
        keys = [key not in self._done for key in zip(*names.tolist(), strict=True)]
        self._done.update(zip(*names.tolist(), strict=True))
        fresh: Ints = found[:, np.sort(first[np.array(keys, dtype=bool)])]
        return fresh

    def _entered(self, found: Ints) -> Ints:
        """Return what matches enter: method, owner, instruction and row of the table."""
        plain = found[3] == CALLED
        called = found[:, plain]
        method = self.implicit.hierarchy.resolve(
            called[5], self.program.method_signature[called[4]]
        )
        listed = [
            (method, owner, row, place)
            for owner, row, wanted, place, _, own in found[:, ~plain].T.tolist()
            for one in ([place] if place >= 0 else self.implicit.rows_of(wanted))
            for method in self.implicit.entry_methods(own, one)
        ]
        return np.concatenate(
            [np.stack([method, called[0], called[1], called[3]]),
             np.array(listed, dtype=np.int64).reshape(-1, 4).T], axis=1,
        )  # fmt: skip
