"""Edges that no instruction shows: threads, handlers, tasks, components started by class.

A call to a *trigger* (such as ``Executor.execute``) enters a method of the *callback* type (such as
``Runnable.run``). Which object is meant is taken from the calling method: the objects that it
allocates or names by class, itself, or - when it has none - those that its class allocates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.opcodes import CONST_CLASS, NEW_INSTANCE
from hongxian.sensors.app.dex.program import NAME_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        edges: the table; only edges that run at one of the ``moments`` are followed.
        handed_over: further types whose objects are followed from where they are handed over,
            never from where they are called.
        moments: ``{"now"}`` for what runs by itself, ``{"now", "user"}`` for everything.
    """

    def __init__(
        self,
        hierarchy: Hierarchy,
        edges: Sequence[Edge],
        handed_over: Iterable[str] = (),
        moments: frozenset[str] = frozenset({"now"}),
    ) -> None:
        """Look up the triggers and callbacks among the program's names."""
        self.hierarchy, self.program, self.edges = hierarchy, hierarchy.program, edges
        size = len(self.program.class_names)
        self.handed_over = np.zeros(size, dtype=bool)
        counting = [edge for edge in edges if not edge.needs or hierarchy.find(edge.needs) >= 0]
        for name in (*(edge.callback for edge in counting), *handed_over, "java.lang.Object"):
            if (number := hierarchy.find(name)) >= 0:
                self.handed_over[number] = True
        self.is_trigger = np.zeros(self.program.method_key.size, dtype=bool)
        self._edges_of: dict[int, list[int]] = {}
        for place, edge in enumerate(edges):
            if edge in counting and edge.when in moments and hierarchy.find(edge.callback) >= 0:
                self._add(place, edge)
        self._callbacks: dict[int, npt.NDArray[np.bool_]] = {}
        self._methods: dict[tuple[int, int], list[int]] = {}

    def entered(self, owner: int, reference: int) -> list[tuple[int, int]]:
        """Return what a trigger call enters: pairs (method, place of the edge in the table).

        Args:
            owner: the calling method.
            reference: the trigger that it calls.
        """
        return [
            (method, place)
            for place in self._edges_of[reference]
            for own in self._handed(owner, place)
            for method in self._entry_methods(own, place)
        ]

    def _add(self, place: int, edge: Edge) -> None:
        for owner, name in edge.trigger:
            number, word = self.hierarchy.find(owner), name.encode()
            if number < 0 or word not in self.program.name_numbers:
                continue
            for reference in self.references(number, self.program.name_numbers[word]):
                self.is_trigger[reference] = True
                self._edges_of.setdefault(reference, []).append(place)

    def references(self, owner: int, name: int) -> list[int]:
        """Return the method references to ``name`` on a class or any subtype of it."""
        places = np.flatnonzero(self._names == name)
        classes = self.hierarchy.subtypes(np.array([owner]))
        inside = np.isin(self.program.method_class[places], classes)
        found: list[int] = places[inside].tolist()
        return found

    @cached_property
    def _names(self) -> npt.NDArray[np.int64]:
        return self.program.method_signature >> NAME_BITS

    def _handed(self, owner: int, place: int) -> list[int]:
        """Return the classes of the callback's type that the caller can have handed over."""
        wanted = self._subtypes(place)
        own_class = int(self.program.method_class[owner])
        body = int(self.program.method_body[owner])
        found = [number for number in self._named_in(body, body + 1) if wanted[number]]
        if not found and wanted[own_class]:
            found = [own_class]
        if not found:
            low, high = np.searchsorted(self.program.method_class, [own_class, own_class + 1])
            bodies = self.program.method_body[low:high]
            found = [
                number
                for one in bodies[bodies >= 0].tolist()
                for number in self._named_in(one, one + 1)
                if wanted[number]
            ]
        return list(dict.fromkeys(found))

    def _named_in(self, body: int, end: int) -> list[int]:
        first, last = int(self.program.body_first[body]), int(self.program.body_first[end])
        opcode = self.program.row_opcode[first:last]
        target = self.program.row_target[first:last]
        made = target[(opcode == NEW_INSTANCE) | (opcode == CONST_CLASS)]
        single = self.program.field_class[target[opcode == SGET_OBJECT]]
        found: list[int] = np.unique(np.concatenate([made, single])).tolist()
        return [number for number in found if number >= 0]

    def _subtypes(self, place: int) -> npt.NDArray[np.bool_]:
        if place not in self._callbacks:
            flags = np.zeros(len(self.program.class_names), dtype=bool)
            callback = self.hierarchy.find(self.edges[place].callback)
            flags[self.hierarchy.subtypes(np.array([callback]))] = True
            self._callbacks[place] = flags
        return self._callbacks[place]

    def _entry_methods(self, own: int, place: int) -> list[int]:
        """Return the bodies that the callback enters in a class or its superclasses."""
        key = (own, place)
        if key not in self._methods:
            self._methods[key] = self._find_entries(own, self.edges[place].enters)
        return self._methods[key]

    def _find_entries(self, own: int, enters: Iterable[str]) -> list[int]:
        return methods_named(self.hierarchy, own, enters)


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
