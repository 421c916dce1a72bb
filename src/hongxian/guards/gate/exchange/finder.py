"""Finds the values in one text after the other; what that needs is set up once."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from hongxian.info.recognise.counting import FIELDS
from hongxian.info.recognise.fast import Kernel
from hongxian.info.recognise.tables import load_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

Hits = list[tuple[int, int, str]]
"""Start and end (in bytes) and PI type of each value, in order."""

_ROOM = 1_024
"""Values that are written down before they are handed over."""


class Found:
    """The values in a text, in order, as rows of numbers: no object for each.

    Those that a finder tells are good until it is asked again.

    Args:
        marks: rows as the kernel writes them: start, end and place of the PI type stand in them.
        size: how many rows there are.
        infos: PI types.
    """

    def __init__(self, marks: array[int], size: int, infos: list[str]) -> None:
        """Keep them."""
        self.marks, self.size, self.infos = marks, size, infos

    @classmethod
    def of(cls, hits: Hits) -> Found:
        """Return values that are told one by one."""
        infos = list(dict.fromkeys([info for _, _, info in hits]))
        marks = array("q", (0,))
        for start, end, info in hits:
            marks.extend((start, end, infos.index(info), *[0] * (FIELDS - 3)))
        return cls(marks, len(hits), infos)

    def __len__(self) -> int:
        """Return how many there are."""
        return self.size

    def __iter__(self) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and PI type of each."""
        for place in range(self.size):
            yield self.at(place)

    def at(self, place: int) -> tuple[int, int, str]:
        """Return start, end and PI type of one."""
        at = FIELDS * place
        return self.marks[at + 1], self.marks[at + 2], self.infos[self.marks[at + 3]]

    def given(self, text: bytes) -> dict[str, set[bytes]]:
        """Return the different values of each PI type."""
        given: dict[str, set[bytes]] = {}
        values: set[bytes] = set()
        raw, marks, known, fields, at = text, self.marks, -1, FIELDS, 0
        for _ in range(self.size):
            if marks[at + 3] != known:
                known = marks[at + 3]
                info = self.infos[known]
                if info not in given:
                    given[info] = set()
                values = given[info]
            values.add(raw[marks[at + 1] : marks[at + 2]])
            at += fields
        return given


class Finder:
    """Finds values; not for several threads at a time. It keeps the text that it read last."""

    def __init__(self) -> None:
        """Set it up."""
        # only now: what builds on layers of the gate must not be there before these are
        from hongxian.sensors.traffic.observe import info_of_recognisers  # noqa: PLC0415

        self._out = array("q", bytes(8 * FIELDS * _ROOM))
        self._kernel = Kernel(load_tables(), self._out)
        self._infos = info_of_recognisers()
        self._told = Found(self._out, 0, self._infos)

    def find(self, data: bytes) -> Found:
        """Return the values of PI types in UTF-8 text."""
        kernel = self._kernel
        at = kernel.text(data, 0)
        if at < 0:
            self._told.size = self._kept(kernel.hits)
            return self._told
        marks = array("q")
        while True:  # there was no room for all
            size = self._kept(kernel.hits)
            marks.frombytes(memoryview(self._out)[: size * FIELDS].tobytes())
            if at < 0:
                return Found(marks, len(marks) // FIELDS, self._infos)
            at = kernel.text(data, at)

    def _kept(self, hits: int) -> int:
        """Leave out what is no PI; return how many rows are left."""
        out, infos, fields, at, place, kept = self._out, self._infos, FIELDS, 0, 0, 0
        for _ in range(hits):
            info = infos[out[place + 3]]
            if info:
                if at < place:
                    for step in range(1, 4):
                        out[at + step] = out[place + step]
                at += fields
                kept += 1
            place += fields
        return kept
