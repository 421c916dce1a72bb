"""Edges that no instruction shows: threads, handlers, tasks, components started by class.

A call to a *trigger* (such as ``Executor.execute``) enters a method of the *callback* type (such as
``Runnable.run``). Which object is meant is taken from the calling method: the objects that it
allocates or names by class, itself, or - when it has none - those that its class allocates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.opcodes import CONST_CLASS, NEW_INSTANCE
from hongxian.sensors.app.dex.program import NAME_BITS

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
        handed_over: further types whose objects are followed from where they are handed over,
            never from where they are called.
    """

    def __init__(
        self, hierarchy: Hierarchy, edges: Sequence[Edge], handed_over: Iterable[str] = ()
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
        callbacks = {edge.callback for edge in counting.values()}
        for name in callbacks.union(handed_over, ["java.lang.Object"]):
            if (number := hierarchy.find(name)) >= 0:
                self.handed_over[number] = True
        self._find_triggers(counting)
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
        return self

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
            for method in self._entry_methods(own, place)
        ]

    def _find_triggers(self, counting: Mapping[int, Edge]) -> None:
        names = {name for edge in counting.values() for _, name in edge.trigger}
        by_name = self.hierarchy.methods_named(names)
        for place, edge in counting.items():
            for owner, name in edge.trigger:
                number = self.hierarchy.find(owner)
                if number < 0 or name not in by_name:
                    continue
                classes = self.hierarchy.subtypes(number)
                for reference in by_name[name]:
                    if int(self.program.method_class[reference]) in classes:
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

    def _entry_methods(self, own: int, place: int) -> list[int]:
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
