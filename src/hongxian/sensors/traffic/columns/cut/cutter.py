"""Cuts a block of lines, line by line, until one is unusual."""

from __future__ import annotations

from array import array
from typing import Any

from hongxian.sensors.traffic.columns.cut.grammar import (
    CLOSE,
    COLON,
    COMMA,
    ESCAPE,
    LOW_N,
    MINUS,
    NINE,
    OPEN,
    OPEN_LIST,
    POINT,
    QUOTE,
    ZERO,
    after_blanks,
    string_end,
    unescaped,
    value_end,
)  # fmt: skip
from hongxian.sensors.traffic.columns.cut.words import Pairs, Words

SHARED, AT, REQUEST, RESPONSE, WHO, INNER = 1, 2, 3, 4, 5, 0
"""What a field is: part of a shape, a moment, a body, who asks, or only the way to others."""
ROLES, RANKS, TABLE = 32, 64, 1024
MOST_WHO = 6
"""Kinds of principals."""
MOST_TOLD = 1 << 18
"""Callers that are known to have been told of."""
MOST = 60_000
"""Lines that are cut at a time."""


class Cutter:
    """Finds the fields of lines that gateways log.

    Args:
        names: name of a field -> its role and its rank among the names of that role (the lower
            counts); the role of a principal of the n-th kind is ``WHO + n``.
        inner: first parts of the ways into objects: with an object there, a line is unusual.
    """

    def __init__(self, names: dict[bytes, tuple[int, int]], inner: set[bytes]) -> None:
        """Make the table of names."""
        told = [(name, *names.get(name, (INNER, 0)), name in inner)
                for name in sorted({*names, *inner})]  # fmt: skip
        self.blob = b"".join([name for name, _, _, _ in told])
        starts = [0]
        table = [-1] * TABLE
        for number, (name, _, _, _) in enumerate(told):
            size = len(name)
            starts.append(starts[number] + size)
            place = (size * 31 + name[0] * 7 + name[size - 1] * 131 + name[size // 2] * 17) % TABLE
            while table[place] >= 0:
                place = (place + 1) % TABLE
            table[place] = number
        self.starts = array("q", starts)
        self.table = array("q", table)
        self.roles = array("q", [role for _, role, _, _ in told])
        self.ranks = array("q", [rank for _, _, rank, _ in told])
        self.leads = array("q", [int(leads) for _, _, _, leads in told])
        self.best = array("q", [0] * 16)
        self.lines = array("q", [0] * (2 * MOST + 2))
        self.keys = array("q", [0] * (MOST + 1))
        self.moments = array("q", [0] * (2 * MOST))
        self.callers = array("q", [0] * MOST)
        self.whos = array("q", [0] * (2 * MOST_WHO * MOST))
        self.row_store = array("q", [0] * (2 * MOST))
        self.offset_store = array("q", [0] * (2 * MOST + 2))
        self.rows = self.row_store
        self.offsets = self.offset_store
        self.key_made = bytearray(8)
        self.request_made = bytearray(8)
        self.response_made = bytearray(8)
        self.key = self.key_made
        self.request = self.request_made
        self.response = self.response_made
        self.room = 0
        self.count = self.end = self.key_end = 0
        self.most = MOST
        self.filled = array("q", [0, 0])
        self.written = array("q", [0, 0])
        self.spans = array("q", [0] * 32)
        self.seen = array("q", [0] * (len(told) + 1))
        self.serial = 0
        seed = hash("words") & 0xFFFFF  # another one in each run
        self.shapes = Words(seed)
        self.names = Words(seed)
        self.told = Pairs()
        self.shape_of = array("q", [0] * MOST)
        self.name_of = array("q", [0] * MOST)
        self.moment_of = array("q", [0] * MOST)
        self.moments_made = 0
        self.counts = array("q", [0] * MOST)
        self.fresh: list[int] = []

    def begin(self) -> bool:
        """Forget shapes when there are too many, between two blocks; return whether that was so."""
        if self.names.full() or self.told.count > MOST_TOLD:
            self.names.clear()
            self.told.clear()
        if self.shapes.full():
            self.forget()
            return True
        return False

    def forget(self) -> None:
        """Forget all that is known of lines before."""
        self.shapes.clear()
        self.names.clear()
        self.told.clear()

    def cut(self, data: bytes, start: int, longest: int, most: int) -> int:
        """Cut lines of a block; return how many, until one is unusual or the block ends.

        Args:
            data: the block.
            start: the first byte of the first line.
            longest: bytes of a line; a longer one is unusual.
            most: lines that are cut, :attr:`most` at most.
        """
        size = len(data)
        if self.room < size:
            self.key_made = bytearray(size + 8)
            self.request_made = bytearray(size + 8)
            self.response_made = bytearray(size + 8)
            self.key = self.key_made
            self.request = self.request_made
            self.response = self.response_made
            self.room = size
        self.count = self.key_end = self.moments_made = 0
        self.fresh = []
        for part in range(2):
            self.filled[part] = self.written[part] = 0
        at = start
        while at < size and self.count < most:
            end = data.find(b"\n", at)
            if end < 0:
                end = size
            if end - at > longest or not self._line(data, at, end):
                break
            self.lines[2 * self.count] = at
            self.lines[2 * self.count + 1] = end
            self.count += 1
            at = end + 1
        self.end = at
        return self.count

    def _line(self, data: bytes, at: int, end: int) -> bool:  # noqa: C901, PLR0911, PLR0912 - one grammar
        """Cut one line; return whether it is usual."""
        raw = data
        count = self.count
        self.serial += 1
        for role in range(16):
            self.best[role] = RANKS
        key_end = self.key_end
        at = after_blanks(raw, at, end)
        if at >= end or raw[at] != OPEN:
            return False
        at = after_blanks(raw, at + 1, end)
        if at < end and raw[at] == CLOSE:
            return False
        while True:
            if at >= end or raw[at] != QUOTE:
                return False
            name = at + 1
            at = string_end(raw, name, end)
            if at < 0:
                return False
            number = self._name(data, name, at)
            at = after_blanks(raw, at + 1, end)
            if at >= end or raw[at] != COLON:
                return False
            value = after_blanks(raw, at + 1, end)
            at = value_end(raw, value, end, 1)
            if at < 0:
                return False
            if number == -2 or (number >= 0 and not self._field(data, number, value, at)):
                return False
            at = after_blanks(raw, at, end)
            if at >= end:
                return False
            if raw[at] == CLOSE:
                break
            if raw[at] != COMMA:
                return False
            at = after_blanks(raw, at + 1, end)
        if after_blanks(raw, at + 1, end) != end:
            return False
        return self._kept(data, count, key_end)

    def _name(self, data: bytes, at: int, end: int) -> int:
        """Return the number of a field; -1 for one that is not needed, -2 for an unusual one."""
        raw = data
        size = end - at
        for place in range(at, end):
            if raw[place] == ESCAPE:
                return -2
        if size == 0:
            return -1
        blob = self.blob
        slot = (size * 31 + raw[at] * 7 + raw[end - 1] * 131 + raw[at + size // 2] * 17) % TABLE
        while self.table[slot] >= 0:
            number = self.table[slot]
            first = self.starts[number]
            if self.starts[number + 1] - first == size:
                same = 0
                while same < size and blob[first + same] == raw[at + same]:
                    same += 1
                if same == size:
                    return number
            slot = (slot + 1) % TABLE
        return -1

    def _field(self, data: bytes, number: int, at: int, end: int) -> bool:  # noqa: C901, PLR0911 - one rule
        """Note a field that is needed; return whether it is usual."""
        raw = data
        if self.seen[number] == self.serial:
            return False  # the same name twice
        self.seen[number] = self.serial
        role = self.roles[number]
        byte = raw[at]
        nested = byte in (OPEN, OPEN_LIST)
        if nested and (self.leads[number] or role != INNER):
            return False
        if role == INNER:
            return True
        if role == SHARED:
            to = self.key_end
            key = self.key
            key[to] = number + 1
            to += 1
            for place in range(at, end):
                key[to] = raw[place]
                to += 1
            key[to] = 0
            self.key_end = to + 1
            return True
        size = end - at
        if byte == LOW_N or (byte == QUOTE and (size == 2 or (size == 3 and raw[at + 1] == MINUS))):
            return True  # as if it were not there
        if role in (REQUEST, RESPONSE):
            if byte != QUOTE:
                return False
        elif byte not in (QUOTE, MINUS) and not ZERO <= byte <= NINE:
            return False
        rank = self.ranks[number]
        if rank < self.best[role]:
            self.best[role] = rank
            self.spans[2 * role] = at
            self.spans[2 * role + 1] = end
        return True

    def _kept(self, data: bytes, count: int, key_end: int) -> bool:
        """Keep what was noted of a line; return whether it is usual."""
        raw = data
        self.keys[count] = key_end
        self.keys[count + 1] = self.key_end
        self.moments[2 * count] = -1
        if self.best[AT] < RANKS:
            self.moments[2 * count] = self.spans[2 * AT]
            self.moments[2 * count + 1] = self.spans[2 * AT + 1]
        self.callers[count] = -1
        for kind in range(MOST_WHO):
            to = 2 * (MOST_WHO * count + kind)
            self.whos[to] = -1
            if self.best[WHO + kind] < RANKS:
                first = self.spans[2 * (WHO + kind)]
                last = self.spans[2 * (WHO + kind) + 1]
                for at in range(first, last):
                    if raw[at] == ESCAPE or (raw[at] == POINT and raw[first] != QUOTE):
                        self.key_end = key_end
                        return False
                if self.callers[count] < 0:
                    self.callers[count] = kind
                self.whos[to] = first
                self.whos[to + 1] = last
        self._body(data, count, 0, REQUEST)
        self._body(data, count, 1, RESPONSE)
        self._numbered(data, count, key_end)
        return True

    def _numbered(self, data: bytes, count: int, key_end: int) -> int:
        """Number what makes the shape of a line, its moment and its caller; return the shape's."""
        raw = data
        known = self.shapes.count
        number = self.shapes.number(self.key_made, key_end, self.key_end, 0)
        self.shape_of[count] = number
        if number == known:
            self.fresh.append(count)
        self.name_of[count] = -1
        kind = self.callers[count]
        if kind >= 0:
            at = 2 * (MOST_WHO * count + kind)
            self.name_of[count] = self.names.number(raw, self.whos[at], self.whos[at + 1], kind)
        if count == 0 or not self._same_moment(raw, count):
            self.moments_made += 1
        self.moment_of[count] = self.moments_made - 1
        return number

    def _same_moment(self, raw: Any, count: int) -> bool:
        """Return whether a line tells the moment that the line before tells."""
        first, before = self.moments[2 * count], self.moments[2 * count - 2]
        if first < 0 or before < 0:
            return first == before
        size = self.moments[2 * count + 1] - first
        if self.moments[2 * count - 1] - before != size:
            return False
        for place in range(size):  # noqa: SIM110 - compiled
            if raw[first + place] != raw[before + place]:
                return False
        return True

    def _body(self, data: bytes, count: int, part: int, role: int) -> int:
        """Write a body behind those of the lines before; return how many there are."""
        if self.best[role] >= RANKS:
            return self.filled[part]
        raw = data
        out = self.response if part else self.request
        to = self.written[part]
        filled = self.filled[part]
        if filled:
            out[to] = 10
            to += 1
        first = part * (MOST + 1) + filled
        self.offsets[first] = to
        self.rows[part * MOST + filled] = count
        at = self.spans[2 * role] + 1
        end = self.spans[2 * role + 1] - 1
        to = unescaped(raw, at, end, out, to)
        self.written[part] = to
        self.filled[part] = filled + 1
        self.offsets[first + 1] = to
        return self.filled[part]

    def line(self, number: int) -> tuple[int, int]:
        """Return where a line begins and ends."""
        return self.lines[2 * number], self.lines[2 * number + 1]

    def who(self, data: bytes, number: int) -> list[tuple[int, bytes]]:
        """Return the principals of a line: number of the kind, and the value as it is written."""
        found = []
        for kind in range(MOST_WHO):
            first = 2 * (MOST_WHO * number + kind)
            if self.whos[first] >= 0:
                found.append((kind, data[self.whos[first] : self.whos[first + 1]]))
        return found

    def bodies(self, part: int) -> tuple[bytes, Any, Any]:
        """Return the requests, or the answers: their text, line and beginning of each.

        The beginnings are one more than there are; the last is where the text ends.
        """
        filled = self.filled[part]
        made = self.response_made if part else self.request_made
        first = part * (MOST + 1)
        rows = self.row_store[part * MOST : part * MOST + filled]
        offsets = self.offset_store[first : first + filled + 1]
        return bytes(memoryview(made)[: self.written[part]]), rows, offsets
