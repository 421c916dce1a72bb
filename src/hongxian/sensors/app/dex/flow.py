"""Control flow inside one body: which instructions run when some branches are not taken.

Source: "Dalvik bytecode" (branches, switches, tries), Android Open Source Project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.app.dex.opcodes import WIDTH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

GOTO, GOTO_16, GOTO_32 = 0x28, 0x29, 0x2A
PACKED_SWITCH, SPARSE_SWITCH = 0x2B, 0x2C
ENDS = frozenset({0x0E, 0x0F, 0x10, 0x11, 0x27})
"""Returns and throw: nothing follows."""
IF_EQZ, IF_NEZ = 0x38, 0x39
TRY_SIZE = 8

_WIDTH = WIDTH.tolist()
_WRITES_BYTE = frozenset(
    {0x02, 0x03, 0x05, 0x06, 0x08, 0x09, *range(0x0A, 0x0E), *range(0x13, 0x1D), 0x22,
     *range(0x2D, 0x32), *range(0x44, 0x4B), *range(0x60, 0x67), *range(0x90, 0xB0),
     *range(0xD8, 0xE3)}
)  # fmt: skip
_WRITES_NIBBLE = frozenset(
    {0x01, 0x04, 0x07, 0x12, 0x20, 0x21, 0x23, *range(0x52, 0x59), *range(0x7B, 0x90),
     *range(0xB0, 0xD8)}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """The units of one body; places count from its first unit."""

    units: Sequence[int]
    tries: Sequence[tuple[int, int, tuple[int, ...]]] = ()
    """(first place, place behind the last, handlers)."""

    def next_place(self, place: int) -> int:
        """Return the place of the instruction that stands behind."""
        return place + (_WIDTH[self.units[place] & 0xFF] or 1)

    def opcode(self, place: int) -> int:
        """Return the opcode at a place, 0 beyond the end."""
        return self.units[place] & 0xFF if place < len(self.units) else 0

    def written(self, place: int) -> int | None:
        """Return the register that an instruction writes, ``None`` for none."""
        unit = self.units[place]
        opcode = unit & 0xFF
        if opcode in _WRITES_BYTE:
            return unit >> 8
        if opcode in _WRITES_NIBBLE:
            return (unit >> 8) & 0xF
        return None

    def successors(self, place: int) -> Iterator[int]:
        """Yield where control can go from an instruction, exceptions aside."""
        opcode = self.opcode(place)
        if opcode in ENDS:
            return
        if opcode == GOTO:
            yield place + _signed(self.units[place] >> 8, 8)
        elif opcode == GOTO_16:
            yield place + _signed(self._unit(place + 1), 16)
        elif opcode == GOTO_32:
            yield place + self._long(place + 1)
        else:
            yield self.next_place(place)
            if 0x32 <= opcode <= 0x3D:
                yield self.jump(place)
            elif opcode in (PACKED_SWITCH, SPARSE_SWITCH):
                yield from self._switch(place)

    def jump(self, place: int) -> int:
        """Return where an ``if`` goes when it holds."""
        return place + _signed(self._unit(place + 1), 16)

    def running(self, cut: Collection[tuple[int, int]] = ()) -> set[int]:
        """Return the places that run from the start when some steps (from, to) are not taken."""
        seen: set[int] = set()
        todo = [0]
        while todo:
            place = todo.pop()
            if place in seen or not 0 <= place < len(self.units):
                continue
            seen.add(place)
            todo += [onward for onward in self.successors(place) if (place, onward) not in cut]
            for first, last, handlers in self.tries:
                if first <= place < last:
                    todo += handlers
        return seen

    def _unit(self, place: int) -> int:
        return self.units[place] if 0 <= place < len(self.units) else 0

    def _long(self, place: int) -> int:
        return _signed(self._unit(place) | self._unit(place + 1) << 16, 32)

    def _switch(self, place: int) -> Iterator[int]:
        table = place + self._long(place + 1)
        count = min(self._unit(table + 1), len(self.units))
        first = table + 4 if self.opcode(place) == PACKED_SWITCH else table + 2 + 2 * count
        for number in range(count):
            yield place + self._long(first + 2 * number)


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> (bits - 1) else value


def read_tries(
    raw: bytes, start: int, size: int, count: int
) -> list[tuple[int, int, tuple[int, ...]]]:
    """Read the try blocks behind a body.

    Args:
        raw: the DEX.
        start: byte offset of the first instruction.
        size: number of units.
        count: ``tries_size`` of the code item.
    """
    at = start + 2 * (size + size % 2)
    handlers = at + TRY_SIZE * count
    found = []
    for number in range(count):
        entry = raw[at + TRY_SIZE * number : at + TRY_SIZE * (number + 1)]
        if len(entry) < TRY_SIZE:
            break
        first = int.from_bytes(entry[:4], "little")
        length = int.from_bytes(entry[4:6], "little")
        targets = _handlers(raw, handlers + int.from_bytes(entry[6:8], "little"))
        found.append((first, first + length, targets))
    return found


def _handlers(raw: bytes, at: int) -> tuple[int, ...]:
    pairs, at = _leb(raw, at)
    signed = pairs - 128 if pairs & 0x40 and pairs < 0x80 else pairs
    targets = []
    for _ in range(min(abs(signed), 64)):
        _, at = _leb(raw, at)
        target, at = _leb(raw, at)
        targets.append(target)
    if signed <= 0:
        target, at = _leb(raw, at)
        targets.append(target)
    return tuple(targets)


def _leb(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    for byte in raw[at : at + 5]:
        value |= (byte & 0x7F) << shift
        shift += 7
        at += 1
        if byte < 0x80:
            break
    return value, at
