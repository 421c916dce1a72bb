"""Which texts a call is handed: in its body, in arrays kept in fields, from getters and callers.

Permissions are mostly named far from where they are asked for: ``private static final String[]
PERMISSIONS``, a companion object, an array that a lambda captured, the parameter of a helper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hongxian.sensors.app.dex.constants import argument_registers, body_of
from hongxian.sensors.app.dex.opcodes import METHOD_REF, STRING_REF
from hongxian.sensors.app.dex.program import NAME_BITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.sensors.app.dex.flow import Body
    from hongxian.sensors.app.graph.hierarchy import Hierarchy

TEXTS = frozenset({b"Ljava/lang/String;", b"[Ljava/lang/String;", b"Ljava/util/List;",
                   b"Ljava/util/Collection;", b"Ljava/util/Set;", b"Ljava/util/ArrayList;",
                   b"Ljava/lang/Object;", b"[Ljava/lang/Object;"})  # fmt: skip
"""Types in which texts are handed on."""
DEPTH = 3
"""So many fields, getters and callers are looked through."""
CALLERS = 16
"""A helper with more callers is not asked back."""
SMALL = 40
"""A method with more kept instructions is no getter."""
MOST = 4000
"""So many calls are looked at in one program."""
MOVES = frozenset({0x07, 0x08, 0x09, 0x1F})
"""``move-object`` and ``check-cast``: the same text under another name."""
MOVE_RESULT = 0x0C
NEW_ARRAY, APUT_OBJECT = 0x23, 0x4D
_READS, _WRITES = (0x54, 0x62), (0x5B, 0x69)
_STATIC = (0x71, 0x77)
_FILLS = (0x24, 0x25)

Found = dict[str, None]


class Asked:
    """Looks texts up behind the calls of one program.

    Args:
        hierarchy: of the program.
        wanted: which texts count.
    """

    def __init__(self, hierarchy: Hierarchy, wanted: Callable[[str], bool]) -> None:
        """Keep the program; nothing is looked up yet."""
        self.hierarchy, self.program, self.wanted = hierarchy, hierarchy.program, wanted
        self._fields: dict[str, tuple[str, ...]] = {}
        self._left = MOST

    def by(self, row: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the texts that a call is handed, with the call that hands them.

        That is the call itself, or each call of the method around it when it passes a parameter
        on and there are several.
        """
        found = list(self.handed(row))
        yield from found if len(found) != 1 else [(row, found[0][1])]

    def handed(self, row: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield as :meth:`by`, with a single caller as the call that hands them, too."""
        yield from self._by(row, DEPTH, frozenset())

    def _by(
        self, row: int, depth: int, seen: frozenset[int]
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        found, open_ = self._arguments(row, depth)
        if not found and depth == DEPTH and self._passes_on(row):
            return
        if not found and not open_ and self._takes_array(row):
            body = int(self.program.row_body[row])
            found = self._texts(self._first(body), self._first(body + 1))
        if found:
            yield row, tuple(found)
        elif open_ and depth:
            method = int(self.program.body_method[int(self.program.row_body[row])])
            if method in seen:
                return
            for caller in self._callers(method):
                yield from self._by(caller, depth - 1, seen | {method})

    def _passes_on(self, row: int) -> bool:
        """Whether a method hands its call on to one of the same name: its callers speak."""
        method = int(self.program.body_method[int(self.program.row_body[row])])
        names = self.program.method_signature[[method, int(self.program.row_target[row])]]
        return bool(names[0] >> NAME_BITS == names[1] >> NAME_BITS)

    def _takes_array(self, row: int) -> bool:
        kinds = self.program.proto_of(int(self.program.row_target[row]))[1:]
        return any(self.program.class_names[kind] == b"[Ljava/lang/String;" for kind in kinds)

    def _arguments(self, row: int, depth: int) -> tuple[Found, bool]:
        """Return the texts among the arguments, and whether one of them is a parameter."""
        program = self.program
        if not self._left or int(program.row_target[row]) < 0:
            return {}, False
        self._left -= 1
        number = int(program.row_body[row])
        body = body_of(program, number)
        call = int(program.row_at[row]) - int(program.body_start[number])
        registers = argument_registers(body, call)[body.opcode(call) not in _STATIC :]
        kinds = program.proto_of(int(program.row_target[row]))[1:]
        found: Found = {}
        passed_on = False
        for kind in kinds:
            if program.class_names[kind] in TEXTS and registers:
                texts, open_ = self._behind(number, body, call, registers[0], depth)
                found |= texts
                passed_on |= open_
            registers = registers[1 + (program.class_names[kind] in (b"J", b"D")) :]
        return found, passed_on

    def _behind(
        self, number: int, body: Body, call: int, register: int, depth: int
    ) -> tuple[Found, bool]:
        """Return the texts in a register before a call, and whether it is a parameter."""
        places = _places(body, call)
        for at in reversed(range(len(places))):
            place = places[at]
            if body.written(place) != register:
                continue
            if body.opcode(place) in MOVES:
                register = _moved(body, place)
                continue
            return self._written(number, body, [0, *places][at:], depth), False
        return {}, True

    def _written(self, number: int, body: Body, places: list[int], depth: int) -> Found:
        """Return the texts that an instruction puts into a register.

        Args:
            number: the body.
            body: its units.
            places: the one before the instruction, it, and those behind it up to the call.
            depth: how many fields, getters and callers are still looked through.
        """
        before, place = places[:2]
        opcode, row = body.opcode(place), self._row(number, place)
        if opcode == MOVE_RESULT:
            return self._returned(number, body, before, depth)
        if row is None:
            return {}
        if opcode in _READS:
            return dict.fromkeys(self._kept(row, depth))
        if opcode == NEW_ARRAY:
            return self._filled(number, body, places, body.written(place), depth)
        last = body.next_place(places[-1])
        return self._texts(row, row + 1 if STRING_REF[opcode] else self._row_before(number, last))

    def _filled(
        self, number: int, body: Body, places: list[int], register: int | None, depth: int
    ) -> Found:
        """Return the texts that are put into the array in a register."""
        found: Found = {}
        for place in places:
            if body.opcode(place) == APUT_OBJECT and body.units[place + 1] & 0xFF == register:
                value = body.units[place] >> 8
                if depth:
                    found |= self._behind(number, body, place, value, depth - 1)[0]
        return found

    def _returned(self, number: int, body: Body, place: int, depth: int) -> Found:
        """Return what a call or an array literal before a ``move-result`` gives."""
        row = self._row(number, place)
        if row is None or not depth:
            return {}
        if body.opcode(place) in _FILLS:
            texts = (
                self._behind(number, body, place, register, depth - 1)[0]
                for register in argument_registers(body, place)
            )
            return {text: None for one in texts for text in one}
        if not METHOD_REF[self.program.row_opcode[row]]:
            return {}
        handed, _ = self._arguments(row, depth - 1)
        handed = handed or self._made_by(int(self.program.row_target[row]), depth - 1)
        if handed or body.opcode(place) in _STATIC:
            return handed
        # a list's toArray: what the list was made of
        receiver = argument_registers(body, place)[:1]
        return self._behind(number, body, place, receiver[0], depth - 1)[0] if receiver else {}

    def _made_by(self, method: int, depth: int) -> Found:
        """Return the texts that a getter names or reads from fields."""
        entered = self.hierarchy.resolve(
            self.program.method_class[[method]].astype(np.int64),
            self.program.method_signature[[method]],
        )
        if int(entered[0]) < 0:
            return {}
        body = int(self.program.method_body[int(entered[0])])
        found = self._texts(self._first(body), self._first(body + 1))
        if self._first(body + 1) - self._first(body) > SMALL:
            return found
        for row in range(self._first(body), self._first(body + 1)):
            if int(self.program.row_opcode[row]) in _READS:
                found |= dict.fromkeys(self._kept(row, depth))
            elif depth and self._gives_texts(row):
                found |= self._made_by(int(self.program.row_target[row]), depth - 1)
        return found

    def _gives_texts(self, row: int) -> bool:
        target = int(self.program.row_target[row])
        if not METHOD_REF[self.program.row_opcode[row]] or target < 0:
            return False
        return self.program.class_names[self.program.proto_of(target)[0]] in TEXTS

    def _kept(self, row: int, depth: int) -> tuple[str, ...]:
        """Return the texts that the owner of a field puts into it."""
        field = int(self.program.row_target[row])
        if field < 0 or self.program.class_names[int(self.program.field_type[field])] not in TEXTS:
            return ()
        name = self.program.field_name(field)
        if name not in self._fields:
            self._fields[name] = ()  # for fields that are made from themselves
            self._fields[name] = tuple(self._put(field, name, depth))
        return self._fields[name]

    def _put(self, field: int, name: str, depth: int) -> Found:
        found: Found = {}
        for number in self._makers(int(self.program.field_class[field])):
            first = self._first(number)
            for row in range(first, self._first(number + 1)):
                opcode, target = int(self.program.row_opcode[row]), self.program.row_target[row]
                if opcode not in _WRITES or self.program.field_name(int(target)) != name:
                    continue
                found |= self._stored(number, row, depth)
        return found

    def _stored(self, number: int, row: int, depth: int) -> Found:
        body = body_of(self.program, number)
        place = int(self.program.row_at[row]) - int(self.program.body_start[number])
        unit = body.units[place]
        register = unit >> 8 if body.opcode(place) == _WRITES[1] else (unit >> 8) & 0xF
        found, passed = self._behind(number, body, place, register, depth)
        if found or not passed or not depth:
            return found
        # captured: what the constructor was called with
        for caller in self._callers(int(self.program.body_method[number])):
            found |= self._arguments(caller, depth - 1)[0]
        return found

    def _makers(self, own: int) -> Iterator[int]:
        """Yield the bodies of a class's initialisers and constructors."""
        low, high = np.searchsorted(self.program.method_class, [own, own + 1]).tolist()
        for method in range(low, high):
            name = self.program.method_name(method).rpartition(".")[2]
            if name in ("<clinit>", "<init>") and self.program.method_body[method] >= 0:
                yield int(self.program.method_body[method])

    def _callers(self, method: int) -> list[int]:
        """Return the calls of a method; none when there are too many."""
        rows = np.flatnonzero(self.program.row_target == method)
        rows = rows[METHOD_REF[self.program.row_opcode[rows]]]
        return [] if rows.size > CALLERS else rows.tolist()

    def _texts(self, first: int, last: int) -> Found:
        """Return the texts that count among instructions."""
        program = self.program
        texts = (
            program.string(int(program.row_target[row]))
            for row in range(first, last)
            if STRING_REF[program.row_opcode[row]]
        )
        return dict.fromkeys(filter(self.wanted, texts))

    def _first(self, number: int) -> int:
        return int(self.program.body_first[number])

    def _row(self, number: int, place: int) -> int | None:
        """Return the kept instruction at a place of a body."""
        row = self._row_before(number, place)
        at = int(self.program.body_start[number]) + place
        kept = row < self._first(number + 1) and int(self.program.row_at[row]) == at
        return row if kept else None

    def _row_before(self, number: int, place: int) -> int:
        first, last = self._first(number), self._first(number + 1)
        at = int(self.program.body_start[number]) + place
        return first + int(np.searchsorted(self.program.row_at[first:last], at))


def _places(body: Body, before: int) -> list[int]:
    places, at = [], 0
    while at < before:
        places.append(at)
        at = body.next_place(at)
    return places


def _moved(body: Body, place: int) -> int:
    """Return where the register that a move writes gets its content from."""
    unit, opcode = body.units[place], body.opcode(place)
    if opcode == 0x1F:
        return unit >> 8
    return unit >> 12 if opcode == 0x07 else body.units[place + 1 + (opcode == 0x09)]
