"""Walks the instructions of all methods of a DEX at once, in lockstep.

Every method keeps a place; each step moves all places by the width of their instruction. When
only the few longest methods are left, a plain loop finishes them: numpy's overhead per step would
cost more than it saves.
Source: "Dalvik bytecode", Android Open Source Project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import distinct
from hongxian.sensors.app.dex.opcodes import ARRAY_DATA, KEPT, PACKED_SWITCH, SPARSE_SWITCH, WIDTH

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.tables import Dex

Ints = npt.NDArray[np.int64]

FEW = 96
"""So many methods or fewer are finished one by one."""
CODE_HEADER = 16
"""Bytes of a code item before its instructions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The kept instructions of a DEX, ordered by place."""

    item: npt.NDArray[np.int32]
    """Row in ``offsets``: the code item that the instruction stands in."""
    at: npt.NDArray[np.int32]
    """Place of the instruction, in 16-bit units from the start of the file."""
    opcode: npt.NDArray[np.uint8]
    index: npt.NDArray[np.uint32]
    """What it refers to: method, field, type or string index."""
    offsets: Ints
    """Offsets of the code items, ascending, each once."""
    start: Ints
    """Per code item: place of its first instruction, in 16-bit units."""
    end: Ints
    """Per code item: place behind its last unit."""
    broken: int
    """Code items that lie outside the file or run over their end; their rest was not read."""
    units: npt.NDArray[np.uint16]
    """The file as 16-bit units."""


def read_code(dex: Dex, offsets: Ints) -> Code:
    """Walk the code items at these offsets (0 and doubles are left out)."""
    offsets = distinct(offsets[offsets > 0])
    units = np.frombuffer(dex.raw, dtype="<u2", count=len(dex.raw) // 2)
    known = (offsets % 2 == 0) & (offsets + CODE_HEADER <= dex.data.size)
    broken = int((~known).sum())
    offsets = offsets[known]
    half = offsets // 2
    size = units[half + 6].astype(np.int64) | (units[half + 7].astype(np.int64) << 16)
    start = half + CODE_HEADER // 2
    end = start + size
    broken += int((end > units.size).sum())
    end = np.minimum(end, units.size)
    item, at = _walk(units, start, end)
    opcode = units.view(np.uint8)[::2][at]
    kept = np.flatnonzero(KEPT[opcode])
    kept = kept[np.argsort(at[kept], kind="stable")]
    item, at, opcode = item[kept], at[kept], opcode[kept]
    if at.size and int((at + WIDTH[opcode] - end[item]).max()) > 0:
        whole = np.flatnonzero(at + WIDTH[opcode] <= end[item])
        item, at, opcode = item[whole], at[whole], opcode[whole]
    return Code(
        item=item, at=at, opcode=opcode, index=_indices(units, at, opcode),
        offsets=offsets, start=start, end=end, broken=broken, units=units,
    )  # fmt: skip


def _walk(
    units: npt.NDArray[np.uint16], start: Ints, end: Ints
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    low_byte = units.view(np.uint8)[::2]
    item = np.flatnonzero(end > start).astype(np.int32)
    at, stop = start[item].astype(np.int32), end[item].astype(np.int32)
    items, places = [], []
    while item.size > FEW:
        opcode = low_byte[at]
        items.append(item)
        places.append(at)
        step = WIDTH[opcode].astype(np.int32)
        nops = np.flatnonzero(opcode == 0)
        if nops.size:
            payloads = nops[units[at[nops]] != 0]
            for row in payloads.tolist():
                step[row] = min(_payload_width(units, int(at[row])), units.size)
        at = at + np.maximum(step, 1)
        going = np.flatnonzero(at < stop)
        if going.size < item.size:
            item, at, stop = item[going], at[going], stop[going]
    for one, first, last in zip(item.tolist(), at.tolist(), stop.tolist(), strict=True):
        walked = np.array(_walk_one(units, first, last), dtype=np.int32)
        places.append(walked)
        items.append(np.full(walked.size, one, dtype=np.int32))
    if not places:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    return np.concatenate(items), np.concatenate(places)


def _walk_one(units: npt.NDArray[np.uint16], at: int, end: int) -> list[int]:
    span = units[at:end].tolist()
    width = WIDTH.tolist()
    places = []
    place, size = 0, len(span)
    while place < size:
        places.append(at + place)
        unit = span[place]
        if unit & 0xFF or not unit:
            place += width[unit & 0xFF] or 1
        else:
            place += _payload_width(units, at + place)
    return places


def _payload_width(units: npt.NDArray[np.uint16], at: int) -> int:
    """Return the width of the payload at a place; 1 for a nop with a stray high byte."""
    head = [int(unit) for unit in units[at : at + 4]] + [0, 0, 0]
    if head[0] == PACKED_SWITCH:
        return head[1] * 2 + 4
    if head[0] == SPARSE_SWITCH:
        return head[1] * 4 + 2
    if head[0] == ARRAY_DATA:
        return ((head[2] | head[3] << 16) * head[1] + 1) // 2 + 4
    return 1


def _indices(
    units: npt.NDArray[np.uint16], at: npt.NDArray[np.int32], opcode: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint32]:
    index = units[at + 1].astype(np.uint32)
    jumbo = np.flatnonzero(opcode == 0x1B)
    index[jumbo] |= units[at[jumbo] + 2].astype(np.uint32) << np.uint32(16)
    return index
