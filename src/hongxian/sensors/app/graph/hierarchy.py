"""Class hierarchy of a program: ancestors, subtypes, and which body a call on a class enters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import among, distinct, spread
from hongxian.sensors.app.dex.program import NAME_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hongxian.sensors.app.dex.program import Program

Ints = npt.NDArray[np.int64]

MAX_DEPTH = 64
"""Deeper chains of superclasses are loops made to mislead."""


class Hierarchy:
    """Supertypes and subtypes of a program's classes, as arrays of class numbers.

    Args:
        program: the program.
        platform: supertypes of platform classes that the program does not define, by descriptor;
            only classes that the program names matter.
    """

    def __init__(
        self, program: Program, platform: Mapping[bytes, Iterable[bytes]] | None = None
    ) -> None:
        """Index the direct supertypes both ways."""
        self.program = program
        self.parent = program.parent.astype(np.int64)
        defined = np.flatnonzero(self.parent >= 0)
        pairs = np.array(
            [*program.interfaces, *_platform_pairs(program, platform or {})], dtype=np.int64
        ).reshape(-1, 2)
        child = np.concatenate([defined, pairs[:, 0]])
        above = np.concatenate([self.parent[defined], pairs[:, 1]])
        size = len(program.class_names)
        self._up = _Adjacency(child, above, size)
        self._down = _Adjacency(above, child, size)
        self._subtypes: dict[int, frozenset[int]] = {}

    def ancestors(self, classes: Ints) -> tuple[Ints, Ints]:
        """Return pairs (class, ancestor), each class among its own ancestors, each pair once."""
        start = distinct(classes)
        seen = (start << 32) | start
        edge = seen
        for _ in range(MAX_DEPTH):
            row, onward = self._up.follow(edge & 0xFFFFFFFF)
            fresh = distinct(((edge[row] >> 32) << 32) | onward)
            fresh = fresh[~among(fresh, seen)]
            if not fresh.size:
                break
            seen = distinct(np.concatenate([seen, fresh]))
            edge = fresh
        return seen >> 32, seen & 0xFFFFFFFF

    def subtypes(self, own: int) -> frozenset[int]:
        """Return all subtypes of a class, itself included."""
        if own not in self._subtypes:
            found, todo = {own}, [own]
            first, below = self._down.first, self._down.target
            while todo:
                one = todo.pop()
                fresh = set(below[first[one] : first[one + 1]].tolist()) - found
                found |= fresh
                todo += fresh
            self._subtypes[own] = frozenset(found)
        return self._subtypes[own]

    def below(self, methods: Ints, own: int) -> list[int]:
        """Return those of some methods that stand in a class or in a subtype of it."""
        column = self.program.method_class[methods]
        classes = self.subtypes(own)
        if len(classes) == 1:
            wanted = column == own
        else:
            flags = np.zeros(len(self.program.class_names), dtype=bool)
            flags[list(classes)] = True
            wanted = flags[column]
        found: list[int] = methods[wanted].tolist()
        return found

    def methods_named(self, names: Iterable[str]) -> dict[str, list[int]]:
        """Return the methods by name, whatever their class; names that nothing has are left out."""
        numbers = self.program.name_numbers
        wanted = {numbers[word]: name for name in names if (word := name.encode()) in numbers}
        flags = np.zeros(len(self.program.names) + 1, dtype=bool)
        flags[list(wanted)] = True
        column = self.program.method_signature >> NAME_BITS
        found: dict[str, list[int]] = {}
        places = np.flatnonzero(flags[column])
        for method, name in zip(places.tolist(), column[places].tolist(), strict=True):
            found.setdefault(wanted[name], []).append(method)
        return found

    def find(self, name: str) -> int:
        """Return the number of a class by its Java name, -1 when the program does not name it."""
        return self.program.class_numbers.get(descriptor(name), -1)

    def resolve(self, classes: Ints, signatures: Ints) -> Ints:
        """Return the method with a body that a call on a class enters, -1 where there is none.

        Looks in the class, then up its superclasses.
        """
        found = np.full(classes.size, -1, dtype=np.int64)
        open_ = np.arange(classes.size)
        at = classes.astype(np.int64)
        keys = self.program.method_key
        for _ in range(MAX_DEPTH):
            wanted = (at << 40) | signatures[open_]
            place = np.minimum(np.searchsorted(keys, wanted), max(keys.size - 1, 0))
            hit = (
                (keys[place] == wanted) & (self.program.method_body[place] >= 0)
                if keys.size
                else np.zeros(at.size, dtype=bool)
            )
            found[open_[hit]] = place[hit]
            open_, at = open_[~hit], self.parent[at[~hit]]
            open_, at = open_[at >= 0], at[at >= 0]
            if not open_.size:
                break
        return found


class _Adjacency:
    """Lists of neighbours, one behind the other."""

    def __init__(self, source: Ints, target: Ints, size: int) -> None:
        order = np.argsort(source, kind="stable")
        self.target = target[order]
        self.first = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=size))])

    def follow(self, nodes: Ints) -> tuple[Ints, Ints]:
        """Return, for each neighbour of each node, the node's place in ``nodes`` and it."""
        count = self.first[nodes + 1] - self.first[nodes]
        place = np.repeat(self.first[nodes], count) + spread(count)
        return np.repeat(np.arange(nodes.size), count), self.target[place]


def descriptor(name: str) -> bytes:
    """Return ``b"Lcom/example/A;"`` for ``com.example.A``."""
    return b"L" + name.replace(".", "/").encode() + b";"


def _platform_pairs(
    program: Program, platform: Mapping[bytes, Iterable[bytes]]
) -> list[tuple[int, int]]:
    numbers = program.class_numbers
    return [
        (numbers[child], numbers[above])
        for child, supers in platform.items()
        if child in numbers
        for above in supers
        if above in numbers
    ]
