"""Where function objects go: which call, field or return can take one from method to method.

A *function object* belongs to a type that is handed over: a callback of the platform or a library,
a Kotlin lambda. Types stand for objects: a method that holds an object of type C can pass it to
every method that it calls with a parameter of a type above C, and leave it in every field of such
a type that it writes. Objects handed over as plain ``Object`` go to one common store, and come out
of it where a method casts to a type above C.
Source of the method: V. Sundaresan et al., "Practical virtual method call resolution for Java"
(variable-type analysis), OOPSLA 2000; here per method instead of per variable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import among, distinct, spread
from hongxian.sensors.app.dex.opcodes import NEW_INSTANCE
from hongxian.sensors.app.dex.program import NAME_BITS

if TYPE_CHECKING:
    from hongxian.sensors.app.graph.hierarchy import Hierarchy

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

CHECK_CAST = 0x1F
ANY = -1
"""Stands for no type: everything passes."""
_PROTO = (1 << NAME_BITS) - 1
_LOOKS_ONLY = (
    b"Lkotlin/jvm/internal/", b"Ljava/lang/", b"Ljava/util/Objects;", b"Landroid/util/Log;",
    b"Landroidx/core/util/Preconditions;",
)  # fmt: skip
"""Classes whose methods take an ``Object`` and keep nothing of it."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Steps that an object can take: from node to node when its class is below a type."""

    source: Ints
    target: Ints
    type: Ints

    @staticmethod
    def join(parts: list[Edges]) -> Edges:
        """Return edges as one list, by source, each once."""
        rows = np.concatenate(
            [np.stack([part.source, part.target, part.type]) for part in parts], axis=1
        )
        order = np.lexsort(rows[::-1])
        rows = rows[:, order]
        fresh = np.ones(rows.shape[1], dtype=bool)
        fresh[1:] = (rows[:, 1:] != rows[:, :-1]).any(axis=0)
        return Edges(*rows[:, fresh])


class Moves:
    """What the instructions of a program do with function objects.

    Nodes are numbers: a method as what its body holds, what it returns, a field, the store.

    Args:
        hierarchy: of the program.
        handed_over: per class: is it a type of function objects.
    """

    def __init__(self, hierarchy: Hierarchy, handed_over: Flags) -> None:
        """Look up which types, parameters and fields take function objects."""
        self.program = program = hierarchy.program
        self.methods = program.method_key.size
        self.store = 2 * self.methods + program.field_class.size
        top = program.class_numbers.get(b"Ljava/lang/Object;", -1)
        self.family = np.zeros(len(program.class_names), dtype=bool)
        for number in np.flatnonzero(handed_over).tolist():
            if number != top:
                self.family[list(hierarchy.subtypes(number))] = True
        own, above = hierarchy.ancestors(np.flatnonzero(self.family))
        self._is_a = np.sort((own << 32) | above)
        self._read_protos(top)
        self._keeps = np.array(
            [not name.startswith(_LOOKS_ONLY) for name in program.class_names], dtype=bool
        )

    def _read_protos(self, top: int) -> None:
        """Note per proto the parameters and the result that take function objects."""
        protos = self.program.protos
        flat = np.frombuffer(b"".join(parameters for _, parameters in protos), dtype=np.int32)
        size = np.array([len(parameters) // 4 for _, parameters in protos], dtype=np.int64)
        owner = np.repeat(np.arange(size.size), size)
        kept = self.family[flat]
        self.parameter = flat[kept].astype(np.int64)
        self.parameters = np.bincount(owner[kept], minlength=size.size)
        self.first_parameter = np.cumsum(self.parameters) - self.parameters
        self._takes_object = np.bincount(owner[flat == top], minlength=size.size) > 0
        self.returns = np.array([own for own, _ in protos], dtype=np.int64)

    def is_a(self, classes: Ints, types: Ints) -> Flags:
        """Say which classes are below which type, pair by pair."""
        found: Flags = among((classes << 32) | types, self._is_a) | (types == ANY)
        return found

    def proto(self, methods: Ints) -> Ints:
        """Return the proto of each method."""
        return self.program.method_signature[methods] & _PROTO

    def into(self, methods: Ints) -> tuple[Ints, Ints]:
        """Return pairs (place in ``methods``, type of a parameter that takes function objects)."""
        proto = self.proto(methods)
        count = self.parameters[proto]
        place = np.repeat(self.first_parameter[proto], count) + spread(count)
        return np.repeat(np.arange(methods.size), count), self.parameter[place]

    def out_of(self, methods: Ints) -> tuple[Ints, Ints]:
        """Return pairs (place in ``methods``, type of its result) where it is a function object."""
        returned = self.returns[self.proto(methods)]
        place = np.flatnonzero(self.family[returned])
        return place, returned[place]

    def made(self, opcode: npt.NDArray[np.uint8], target: Ints) -> Ints:
        """Return the places of the instructions that make a function object."""
        rows = np.flatnonzero(opcode == NEW_INSTANCE)
        return rows[self.family[target[rows]]]

    def edges(self, opcode: npt.NDArray[np.uint8], target: Ints, owners: Ints) -> list[Edges]:
        """Return the steps that instructions let objects take."""
        call = np.flatnonzero((opcode >= 0x6E) & (opcode <= 0x78))
        return [*self._calls(target[call], owners[call]), *self._fields(opcode, target, owners)]

    def _calls(self, called: Ints, owners: Ints) -> list[Edges]:
        into, wanted = self.into(called)
        back, result = self.out_of(called)
        kept = np.flatnonzero(
            self._takes_object[self.proto(called)] & self._keeps[self.program.method_class[called]]
        )
        kept = distinct(owners[kept])
        return [
            Edges(owners[into], called[into], wanted),
            Edges(self.methods + called[back], owners[back], result),
            Edges(kept, np.full(kept.size, self.store), np.full(kept.size, ANY)),
        ]

    def _fields(self, opcode: npt.NDArray[np.uint8], target: Ints, owners: Ints) -> list[Edges]:
        first = 2 * self.methods
        read = np.flatnonzero((opcode == 0x54) | (opcode == 0x62))
        written = np.flatnonzero((opcode == 0x5B) | (opcode == 0x69))
        types = self.program.field_type
        read = read[self.family[types[target[read]]]]
        written = written[self.family[types[target[written]]]]
        cast = np.flatnonzero(opcode == CHECK_CAST)
        cast = cast[self.family[target[cast]]]
        return [
            Edges(first + target[read], owners[read], types[target[read]].astype(np.int64)),
            Edges(
                owners[written], first + target[written], types[target[written]].astype(np.int64)
            ),
            Edges(np.full(cast.size, self.store), owners[cast], target[cast]),
        ]

    def own_results(self, methods: Ints) -> Edges:
        """Return the steps from what methods hold to what they return."""
        place, result = self.out_of(methods)
        return Edges(methods[place], self.methods + methods[place], result)

    def overrides(self, references: Ints, bodies: Ints) -> list[Edges]:
        """Return the steps between a method that is called and the body that the call enters."""
        into, wanted = self.into(references)
        back, result = self.out_of(references)
        return [
            Edges(references[into], bodies[into], wanted),
            Edges(self.methods + bodies[back], self.methods + references[back], result),
        ]
