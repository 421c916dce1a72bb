"""What only code outside the program can call: callbacks whose caller is not seen.

An object was made, a supertype of it is a callback type or a class that the program does not hold,
and no instruction that was reached calls the method. Of the platform's classes the methods are not
known, so that only names in the platform's manner (``onSomething``) count, and every method of a
class without a name, which can hold nothing but overrides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import among, distinct, spread
from hongxian.sensors.app.dex.program import NAME_BITS

if TYPE_CHECKING:
    from hongxian.sensors.app.graph.implicit import Implicit

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NOT_OVERRIDDEN = 0x2 | 0x8 | 0x10000
"""Access flags of private methods, static methods and constructors."""
_CALLBACK = re.compile(rb"on[A-Z]")
_NAMELESS = re.compile(rb"\$\d+;$|Lambda\$?\d+;$")
_PLAIN = (
    b"Ljava/lang/Object;", b"Ljava/io/Serializable;", b"Ljava/lang/Cloneable;",
    b"Ljava/lang/Throwable;", b"Ljava/lang/Exception;", b"Ljava/lang/RuntimeException;",
)  # fmt: skip
"""Platform classes that call nothing back."""


class Outside:
    """The callbacks of a program whose callers are not seen.

    Args:
        implicit: the edges of the program, at the moments that the search counts.
    """

    def __init__(self, implicit: Implicit) -> None:
        """Begin with no class looked at."""
        self.implicit, self.program = implicit, implicit.program
        self._seen = np.zeros(len(self.program.class_names), dtype=bool)

    def bodies(self, made: Flags, called: Flags) -> tuple[Ints, Ints]:
        """Return bodies and the classes whose objects they run on, of classes not asked before.

        Args:
            made: per class: were objects of it made.
            called: per method: does an instruction that was reached call it.
        """
        fresh = np.flatnonzero(made & ~self._seen)
        self._seen[fresh] = True
        own, above = self.implicit.hierarchy.ancestors(fresh)
        pairs = self._members(own, above, called)
        wanted = distinct(
            np.concatenate([self._listed(own, above), self._conventional(own, above, pairs)])
        )
        keys = (pairs >> 40 << NAME_BITS) | ((pairs & ((1 << 40) - 1)) >> NAME_BITS)
        pairs = pairs[among(keys, wanted)]
        own, signature = pairs >> 40, pairs & ((1 << 40) - 1)
        method = self.implicit.hierarchy.resolve(own, signature)
        return method, own

    def _members(self, own: Ints, above: Ints, called: Flags) -> Ints:
        """Return class << 40 | signature of the methods that nothing reached calls."""
        program = self.program
        low = np.searchsorted(program.method_class, above)
        count = np.searchsorted(program.method_class, above, side="right") - low
        method = np.repeat(low, count) + spread(count)
        key = (np.repeat(own, count) << 40) | program.method_signature[method]
        access = program.method_access[method]
        body = (program.method_body[method] >= 0) & (access & NOT_OVERRIDDEN == 0)
        # calls on callback types are followed with their objects, not by their type
        by_type = called[method] & ~self.implicit.handed_over[program.method_class[method]]
        own_bodies = distinct(key[body])
        return own_bodies[~among(own_bodies, distinct(key[by_type]))]

    def _listed(self, own: Ints, above: Ints) -> Ints:
        """Return class << NAME_BITS | name of the methods that the tables name."""
        numbers = self.program.name_numbers
        found = [np.zeros(0, dtype=np.int64)]
        for one in np.unique(above[self.implicit.handed_over[above]]).tolist():
            names = {*self.implicit.functions.get(one, ())}.union(
                *(self.implicit.edges[place].enters for place in self.implicit.rows_of(one))
            )
            classes = own[above == one] << NAME_BITS
            found += [
                classes | numbers[name.encode()] for name in names if name.encode() in numbers
            ]
        return np.concatenate(found)

    def _conventional(self, own: Ints, above: Ints, pairs: Ints) -> Ints:
        """Return class << NAME_BITS | name of what overrides methods of the platform."""
        program = self.program
        plain = [program.class_numbers.get(name, -1) for name in _PLAIN]
        foreign = ~program.class_defined[above] & ~np.isin(above, plain)
        pairs = pairs[among(pairs >> 40, distinct(own[foreign]))]
        owner, name = pairs >> 40, (pairs & ((1 << 40) - 1)) >> NAME_BITS
        keep = [
            _CALLBACK.match(program.names[n]) is not None
            or _NAMELESS.search(program.class_names[c]) is not None
            for c, n in zip(owner.tolist(), name.tolist(), strict=True)
        ]
        chosen = np.array(keep, dtype=bool)
        found: Ints = (owner[chosen] << NAME_BITS) | name[chosen]
        return found
