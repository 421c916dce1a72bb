"""Which methods run from a set of entries, and by which shortest path.

Rapid type analysis in rounds: a virtual or interface call enters the bodies of classes that were
instantiated on the way (and, for classes, the body that the named class itself has); a class is
initialised when it is first touched; implicit edges of :mod:`~hongxian.sensors.app.graph.implicit`
carry on where the platform calls back. Each round handles all new methods at once. When nothing
is new, function objects are followed through parameters and fields to where they are called
(:mod:`~hongxian.sensors.app.graph.handed`), which also counts for calls on their types.

A search for what runs at all (with the acts of the person) takes in, last, what only code outside
the program can call: methods of objects that were made, which no reached instruction calls, where
a supertype is a callback or a class of the platform.

The result over-approximates within what it follows, and does not follow: reflection, native code,
objects made outside the code seen (deserialised, made by native code).
Source of the method: D. Bacon, P. Sweeney, "Fast static analysis of C++ virtual function calls",
OOPSLA 1996.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import distinct, spread
from hongxian.sensors.app.dex.opcodes import NEW_INSTANCE, SGET, SPUT_LAST
from hongxian.sensors.app.dex.program import NAME_BITS
from hongxian.sensors.app.graph.handed import PLATFORM, Handed, Rows
from hongxian.sensors.app.graph.outside import Outside

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.program import Program
    from hongxian.sensors.app.graph.hierarchy import Hierarchy
    from hongxian.sensors.app.graph.implicit import Implicit

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ROOT = -1
"""Parent of an entry."""
REASON_CALL, REASON_DISPATCH, REASON_CLASS_INIT = 0, 1, 2
REASON_HANDED = 3
"""The method hands the object to a platform method that the table does not list."""
REASON_MADE = 4
"""The method makes the object; who calls it back is not seen."""
REASON_IMPLICIT = 5
"""Reasons from here on are rows of the implicit-edge table."""


@dataclass(slots=True, kw_only=True)
class Reached:
    """What a search reached."""

    method: Flags
    """Per method number: was it reached."""
    parent: npt.NDArray[np.int32]
    """Per method: the method that it was first reached from, ``ROOT`` for entries."""
    row: npt.NDArray[np.int32]
    """Per method: the instruction of the parent that leads to it, -1 for entries."""
    reason: npt.NDArray[np.int16]
    rounds: int = 0

    def path(self, method: int) -> list[int]:
        """Return the methods from the entry to this one."""
        path = [method]
        while int(self.parent[path[-1]]) != ROOT:
            path.append(int(self.parent[path[-1]]))
        return path[::-1]


def reach(
    hierarchy: Hierarchy,
    entries: Ints,
    implicit: Implicit,
    closed: Flags | None = None,
    shut: Flags | None = None,
) -> Reached:
    """Search from the entries.

    Args:
        hierarchy: of the program.
        entries: method numbers.
        implicit: edges that no instruction shows, and the types that are handed over.
        closed: instructions (rows) that are not followed, because a consent gate stands before
            them.
        shut: methods that are not entered, because they run when the person agrees.
    """
    search = _Search(hierarchy, implicit, closed)
    if shut is not None:
        search.shut = shut
    none = np.full(entries.size, -1, dtype=np.int64)
    search.enter(entries, none, none, none + 1)
    search.instantiate(distinct(hierarchy.program.method_class[entries].astype(np.int64)))
    while search.fresh:
        while search.fresh:
            search.round()
        search.hand_over()
        if not search.fresh and implicit.all_moments:
            search.call_from_outside()
    return search.reached


class _Search:
    """The state of a search; see :func:`reach`."""

    def __init__(self, hierarchy: Hierarchy, implicit: Implicit, closed: Flags | None) -> None:
        program = hierarchy.program
        methods, classes = program.method_key.size, len(program.class_names)
        self.hierarchy, self.program, self.implicit = hierarchy, program, implicit
        self.closed = closed
        self.shut = np.zeros(methods, dtype=bool)
        self.reached = Reached(
            method=np.zeros(methods, dtype=bool),
            parent=np.full(methods, ROOT, dtype=np.int32),
            row=np.full(methods, -1, dtype=np.int32),
            reason=np.zeros(methods, dtype=np.int16),
        )
        self.fresh: list[Ints] = []
        """Methods for the next round."""
        self.instantiated = np.zeros(classes, dtype=bool)
        self.initialised = np.zeros(classes, dtype=bool)
        self.call_row = np.full(methods, -1, dtype=np.int32)
        """Per virtual reference: the first instruction found that calls it, and its method."""
        self.call_owner = np.full(methods, -1, dtype=np.int32)
        self.lives = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
        """Pairs (instantiated class, ancestor)."""
        self.entered = np.full(methods, -2, dtype=np.int64)
        """Per reference: the body that a call on the named class enters; -2 not looked up."""
        self.class_first = np.searchsorted(program.method_class, np.arange(classes + 1))
        self.class_init = _class_init_signature(program)
        self.handed = Handed(implicit, implicit.moves)
        self.outside = Outside(implicit)
        self.rows_seen: list[Rows] = []
        """Instructions of the rounds since objects were last followed."""
        self.overrides: list[Ints] = []
        """Pairs (method called, body entered) since then, as two rows."""
        self.maker = np.full((2, classes), -1, dtype=np.int64)
        """Per class: the method that makes objects of it, and the instruction."""

    def enter(self, methods: Ints, parents: Ints, rows: Ints, reasons: Ints) -> None:
        """Take up methods that were not reached before; the first mention of each counts."""
        keep = np.flatnonzero(methods >= 0)
        keep = keep[~self.reached.method[methods[keep]] & ~self.shut[methods[keep]]]
        fresh, first = np.unique(methods[keep], return_index=True)
        if not fresh.size:
            return
        chosen = keep[first]
        self.reached.method[fresh] = True
        self.reached.parent[fresh] = parents[chosen]
        self.reached.row[fresh] = rows[chosen]
        self.reached.reason[fresh] = reasons[chosen]
        self.fresh.append(fresh)

    def round(self) -> None:
        """Follow every instruction of the methods that the last round reached."""
        frontier = np.concatenate(self.fresh)
        self.fresh = []
        self.reached.rounds += 1
        rows, owners = self._rows(frontier)
        opcode = self.program.row_opcode[rows]
        target = self.program.row_target[rows]
        known = target >= 0
        rows, owners, opcode, target = rows[known], owners[known], opcode[known], target[known]
        self.rows_seen.append(Rows(rows, owners.astype(np.int64), opcode, target))
        call = np.flatnonzero((opcode >= 0x6E) & (opcode <= 0x78))
        form = (opcode[call] - 0x6E) % 6  # virtual, super, direct, static, interface
        self._direct(target[call], owners[call], rows[call], form)
        called = self._called(call[(form == 0) | (form == 4)], target, owners, rows)
        self._initialise(opcode, target, owners, rows)
        making = np.flatnonzero(opcode == NEW_INSTANCE)
        made, first = np.unique(target[making], return_index=True)
        unmade = self.maker[0, made] < 0
        first = making[first[unmade]]
        self.maker[:, made[unmade]] = np.stack([owners[first], rows[first]])
        born = self.instantiate(made)
        self._dispatch(called, born)
        self._implicit(call, target, owners, rows)

    def instantiate(self, classes: Ints) -> tuple[Ints, Ints]:
        """Note classes of which objects exist; return the new pairs (class, ancestor)."""
        fresh = classes[~self.instantiated[classes]]
        if not fresh.size:
            return fresh, fresh
        self.instantiated[fresh] = True
        pairs = self.hierarchy.ancestors(fresh)
        self.lives = (
            np.concatenate([self.lives[0], pairs[0]]),
            np.concatenate([self.lives[1], pairs[1]]),
        )
        return pairs

    def _rows(self, methods: Ints) -> tuple[Ints, Ints]:
        body = self.program.method_body[methods]
        methods, body = methods[body >= 0], body[body >= 0]
        first = self.program.body_first[body]
        count = self.program.body_first[body + 1] - first
        rows = np.repeat(first, count) + spread(count)
        owners = np.repeat(methods, count)
        if self.closed is None:
            return rows, owners
        open_ = np.flatnonzero(~self.closed[rows])
        return rows[open_], owners[open_]

    def _resolve(self, references: Ints) -> Ints:
        """Return what a call on the named class itself enters."""
        unknown = distinct(references[self.entered[references] == -2])
        if unknown.size:
            self.entered[unknown] = self.hierarchy.resolve(
                self.program.method_class[unknown].astype(np.int64),
                self.program.method_signature[unknown],
            )
        return self.entered[references]

    def _direct(self, target: Ints, owners: Ints, rows: Ints, form: npt.NDArray[np.uint8]) -> None:
        sure = np.flatnonzero(form != 4)
        sure = sure[
            ~self.implicit.handed_over[self.program.method_class[target[sure]]] | (form[sure] != 0)
        ]
        entered = self._resolve(target[sure])
        self._note_overrides(target[sure], entered)
        self.enter(entered, owners[sure], rows[sure], np.full(sure.size, REASON_CALL))

    def _called(self, call: Ints, target: Ints, owners: Ints, rows: Ints) -> Ints:
        """Note the virtual references called; return those that are new."""
        fresh, first = np.unique(target[call], return_index=True)
        new = self.call_row[fresh] < 0
        fresh, first = fresh[new], call[first[new]]
        self.call_row[fresh] = rows[first]
        self.call_owner[fresh] = owners[first]
        return fresh[~self.implicit.handed_over[self.program.method_class[fresh]]]

    def _dispatch(self, called: Ints, born: tuple[Ints, Ints]) -> None:
        """Join new calls with all objects, and new objects with all calls."""
        owner_class = self.program.method_class[called]
        size = self.class_first.size - 1
        flag = np.zeros(size, dtype=bool)
        flag[owner_class] = True
        pick = np.flatnonzero(flag[self.lives[1]])
        first = np.searchsorted(owner_class, np.arange(size + 1))
        self._enter_pairs(self.lives[0][pick], self.lives[1][pick], first, called)
        self._enter_pairs(born[0], born[1], self.class_first, None)

    def _enter_pairs(
        self, classes: Ints, ancestors: Ints, first: Ints, references: Ints | None
    ) -> None:
        """Enter what calls on each ancestor's references reach in each class."""
        count = first[ancestors + 1] - first[ancestors]
        place = np.repeat(first[ancestors], count) + spread(count)
        own = np.repeat(classes, count)
        if references is None:
            live = np.flatnonzero(
                (self.call_row[place] >= 0)
                & ~self.implicit.handed_over[self.program.method_class[place]]
            )
            own, reference = own[live], place[live]
        else:
            reference = references[place]
        if not own.size:
            return
        pair = distinct((own << 32) | reference)
        own, reference = pair >> 32, pair & 0xFFFFFFFF
        entered = self.hierarchy.resolve(own, self.program.method_signature[reference])
        self._note_overrides(reference, entered)
        self.enter(
            entered, self.call_owner[reference], self.call_row[reference],
            np.full(entered.size, REASON_DISPATCH),
        )  # fmt: skip

    def _note_overrides(self, references: Ints, entered: Ints) -> None:
        other = np.flatnonzero((entered >= 0) & (entered != references))
        self.overrides.append(np.stack([references[other], entered[other]]))

    def hand_over(self) -> None:
        """Follow function objects to where they are called, in what was reached since."""
        rows = Rows.join(self.rows_seen)
        overrides = np.concatenate([*self.overrides, np.zeros((2, 0), dtype=np.int64)], axis=1)
        self.rows_seen, self.overrides = [], []
        found = self.handed.follow(rows, overrides)
        if found.size:
            method, owner, row, place = found
            self.instantiate(distinct(self.program.method_class[method].astype(np.int64)))
            reason = np.where(place >= 0, place + REASON_IMPLICIT, REASON_DISPATCH)
            reason[place == PLATFORM] = REASON_HANDED
            self.enter(method, owner, row, reason)

    def call_from_outside(self) -> None:
        """Enter what only code outside the program can call on the objects made so far."""
        method, own = self.outside.bodies(self.maker[0] >= 0, self.call_row >= 0)
        self.enter(method, self.maker[0, own], self.maker[1, own], np.full(own.size, REASON_MADE))

    def _initialise(
        self, opcode: npt.NDArray[np.uint8], target: Ints, owners: Ints, rows: Ints
    ) -> None:
        """Enter the static initialiser of each class that is touched for the first time."""
        fields = np.flatnonzero((opcode >= SGET) & (opcode <= SPUT_LAST))
        made = np.flatnonzero(opcode == NEW_INSTANCE)
        static = np.flatnonzero((opcode == 0x71) | (opcode == 0x77))
        touched = np.concatenate([
            self.program.field_class[target[fields]], target[made],
            self.program.method_class[target[static]],
        ])  # fmt: skip
        place = np.concatenate([fields, made, static])
        while touched.size:
            touched, first = np.unique(touched, return_index=True)
            new = ~self.initialised[touched]
            touched, place = touched[new].astype(np.int64), place[first[new]]
            self.initialised[touched] = True
            if self.class_init >= 0:
                keys = (touched << 40) | self.class_init
                found = np.minimum(
                    np.searchsorted(self.program.method_key, keys), self.program.method_key.size - 1
                )
                found = np.where(self.program.method_key[found] == keys, found, -1)
                self.enter(
                    found, owners[place], rows[place], np.full(place.size, REASON_CLASS_INIT)
                )
            above = self.hierarchy.parent[touched]
            touched, place = above[above >= 0], place[above >= 0]

    def _implicit(self, call: Ints, target: Ints, owners: Ints, rows: Ints) -> None:
        """Follow the implicit edges of the calls that trigger one."""
        hit = call[self.implicit.is_trigger[target[call]]]
        found = []
        for place in hit.tolist():
            owner, row = int(owners[place]), int(rows[place])
            for method, edge in self.implicit.entered(owner, int(target[place])):
                found.append((method, owner, row, REASON_IMPLICIT + edge))
        if not found:
            return
        method, owner, row, reason = np.array(found, dtype=np.int64).T
        self.instantiate(distinct(self.program.method_class[method].astype(np.int64)))
        self.enter(method, owner, row, reason)


def _class_init_signature(program: Program) -> int:
    name = program.name_numbers.get(b"<clinit>")
    void = program.class_numbers.get(b"V")
    if name is None or void is None or (void, b"") not in program.protos:
        return -1
    return name << NAME_BITS | program.protos.index((void, b""))
