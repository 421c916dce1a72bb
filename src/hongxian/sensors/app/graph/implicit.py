"""Edges that no instruction shows: threads, handlers, tasks, components started by class.

A call to a *trigger* (such as ``Executor.execute``) enters a method of the *callback* type (such as
``Runnable.run``). Which object is meant is taken from the calling method: the objects that it
allocates or names by class, itself, or - when it has none - those that its class allocates.
Objects that come from elsewhere are followed by :mod:`~hongxian.sensors.app.graph.handed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import among, distinct
from hongxian.sensors.app.dex.opcodes import CONST_CLASS, NEW_INSTANCE
from hongxian.sensors.app.dex.program import NAME_BITS
from hongxian.sensors.app.graph.moves import Moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hongxian.sensors.app.graph.hierarchy import Hierarchy

SGET_OBJECT = 0x62


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One row of the implicit-edge table."""

    key: str
    trigger: tuple[tuple[str, str], ...]
    """Class and method names; calls through subclasses count."""
    callback: str
    """Objects of this type and its subtypes are called back."""
    enters: tuple[str, ...]
    when: str
    """``now``: without an act of the person; ``user``: only after one."""
    reason: str
    needs: str | None = None
    """The row counts only in programs that have this class."""


class Implicit:
    """The implicit edges of one program.

    Args:
        hierarchy: of the program.
        edges: the table.
        functions: further types whose objects are followed from where they are made to where
            they are called, and the names of the methods called.
    """

    def __init__(
        self,
        hierarchy: Hierarchy,
        edges: Sequence[Edge],
        functions: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Look up the triggers and callbacks among the program's names."""
        self.hierarchy, self.program, self.edges = hierarchy, hierarchy.program, edges
        self._edges_of: dict[int, list[int]] = {}
        self._callbacks: dict[str, npt.NDArray[np.bool_]] = {}
        self._methods: dict[tuple[int, tuple[str, ...]], list[int]] = {}
        self._named: dict[int, list[int]] = {}
        counting = {
            place: edge
            for place, edge in enumerate(edges)
            if hierarchy.find(edge.callback) >= 0
            and (edge.needs is None or hierarchy.find(edge.needs) >= 0)
        }
        self.handed_over = np.zeros(len(self.program.class_names), dtype=bool)
        self.functions = {
            number: enters
            for name, enters in (functions or {}).items()
            if (number := hierarchy.find(name)) >= 0
        }
        """Names of the methods by the class number of the type."""
        self._rows_of: dict[int, list[int]] = {}
        for place, edge in counting.items():
            self._rows_of.setdefault(hierarchy.find(edge.callback), []).append(place)
        top = hierarchy.find("java.lang.Object")
        self.handed_over[[*self._rows_of, *self.functions, *([top] if top >= 0 else [])]] = True
        self.moves = Moves(hierarchy, self.handed_over)
        self._find_triggers(counting)
        self.is_listed = np.zeros(self.program.method_key.size, dtype=bool)
        """Per method: is it a trigger at any moment."""
        self.is_listed[list(self._edges_of)] = True
        self.during(frozenset({"now"}))

    def during(self, moments: frozenset[str]) -> Implicit:
        """Choose which edges are followed from now on, and return self.

        Args:
            moments: ``{"now"}`` for what runs by itself, ``{"now", "user"}`` for everything.
        """
        self._moments = moments
        self.is_trigger = np.zeros(self.program.method_key.size, dtype=bool)
        followed = [
            reference
            for reference, places in self._edges_of.items()
            if any(self.edges[place].when in moments for place in places)
        ]
        self.is_trigger[followed] = True
        self._waits = self._waiting()
        self.all_moments = "user" in moments
        """Whether the acts of the person count."""
        self.mixed = np.zeros(len(self.program.class_names) + 1, dtype=bool)
        """Per class, and one more: is it called back now and after an act alike, and not both
        count."""
        for own, places in self._rows_of.items():
            here = {self.edges[place].when for place in places}
            self.mixed[own] = len(here) > 1 and not here <= moments
        return self

    def rows_of(self, callback: int) -> list[int]:
        """Return the rows of the table that call back a type, at the moments that count."""
        places = self._rows_of.get(callback, ())
        return [place for place in places if self.edges[place].when in self._moments]

    def callbacks_of(self, reference: int) -> list[tuple[int, int]]:
        """Return pairs (row of the table, class of the callback) of a trigger."""
        return [
            (place, self.hierarchy.find(self.edges[place].callback))
            for place in self._edges_of[reference]
            if self.edges[place].when in self._moments
        ]

    def waits_for_person(
        self, references: npt.NDArray[np.int64], types: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Say where a call keeps its argument of a type until an act that does not count."""
        return among((references << 32) | (types & 0xFFFFFFFF), self._waits)

    def _waiting(self) -> npt.NDArray[np.int64]:
        found = [
            (reference << 32) | self.hierarchy.find(self.edges[place].callback)
            for reference, places in self._edges_of.items()
            for place in places
            if self.edges[place].when not in self._moments
        ]
        return distinct(np.array(found, dtype=np.int64))

    def entered(self, owner: int, reference: int) -> list[tuple[int, int]]:
        """Return what a trigger call enters: pairs (method, place of the edge in the table).

        Args:
            owner: the calling method.
            reference: the trigger that it calls.
        """
        return [
            (method, place)
            for place in self._edges_of[reference]
            if self.edges[place].when in self._moments
            for own in self._handed(owner, place)
            for method in self.entry_methods(own, place)
        ]

    def _find_triggers(self, counting: Mapping[int, Edge]) -> None:
        names = {name for edge in counting.values() for _, name in edge.trigger}
        by_name = {
            name: np.array(methods, dtype=np.int64)
            for name, methods in self.hierarchy.methods_named(names).items()
        }
        for place, edge in counting.items():
            for owner, name in edge.trigger:
                number = self.hierarchy.find(owner)
                if number < 0 or name not in by_name:
                    continue
                for reference in self.hierarchy.below(by_name[name], number):
                    self._edges_of.setdefault(reference, []).append(place)

    def _handed(self, owner: int, place: int) -> list[int]:
        """Return the classes of the callback's type that the caller can have handed over."""
        wanted = self._subtypes(self.edges[place].callback)
        own_class = int(self.program.method_class[owner])
        body = int(self.program.method_body[owner])
        found = [number for number in self._named_in(body) if wanted[number]]
        if not found and wanted[own_class]:
            found = [own_class]
        if not found:
            low, high = np.searchsorted(self.program.method_class, [own_class, own_class + 1])
            bodies = self.program.method_body[low:high]
            found = [
                number
                for one in bodies[bodies >= 0].tolist()
                for number in self._named_in(one)
                if wanted[number]
            ]
        return list(dict.fromkeys(found))

    def _named_in(self, body: int) -> list[int]:
        """Return the classes that a body makes objects of, names, or takes a static object from."""
        if body not in self._named:
            first = int(self.program.body_first[body])
            last = int(self.program.body_first[body + 1])
            opcode = self.program.row_opcode[first:last]
            target = self.program.row_target[first:last]
            made = target[(opcode == NEW_INSTANCE) | (opcode == CONST_CLASS)].tolist()
            single = self.program.field_class[target[opcode == SGET_OBJECT]].tolist()
            self._named[body] = [one for one in dict.fromkeys(made + single) if one >= 0]
        return self._named[body]

    def _subtypes(self, callback: str) -> npt.NDArray[np.bool_]:
        if callback not in self._callbacks:
            flags = np.zeros(len(self.program.class_names), dtype=bool)
            flags[list(self.hierarchy.subtypes(self.hierarchy.find(callback)))] = True
            self._callbacks[callback] = flags
        return self._callbacks[callback]

    def entry_methods(self, own: int, place: int) -> list[int]:
        """Return the bodies that the callback enters in a class or its superclasses."""
        key = (own, self.edges[place].enters)
        if key not in self._methods:
            self._methods[key] = methods_named(self.hierarchy, own, key[1])
        return self._methods[key]


def methods_named(hierarchy: Hierarchy, own: int, names: Iterable[str]) -> list[int]:
    """Return the methods with bodies and one of these names, in a class or its superclasses.

    Of an overridden signature the lowest body counts.
    """
    program = hierarchy.program
    wanted = {program.name_numbers.get(name.encode(), -1) for name in names}
    found: dict[int, int] = {}
    at = own
    for _ in range(64):
        low, high = np.searchsorted(program.method_class, [at, at + 1]).tolist()
        for method in range(low, high):
            signature = int(program.method_signature[method])
            if signature >> NAME_BITS in wanted and program.method_body[method] >= 0:
                found.setdefault(signature, method)
        at = int(hierarchy.parent[at])
        if at < 0:
            break
    return list(found.values())
