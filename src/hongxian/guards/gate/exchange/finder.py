"""Finds the values in one text after the other; what that needs is set up once."""

from __future__ import annotations

from array import array

from hongxian.info.recognise.counting import FIELDS
from hongxian.info.recognise.fast import Kernel
from hongxian.info.recognise.tables import load_tables

Hits = list[tuple[int, int, str]]
"""Start and end (in bytes) and PI type of each value, in order."""

_ROOM = 256
"""Values that are written down before they are handed over."""


class Finder:
    """Finds values; not for several threads at a time. It keeps the text that it read last."""

    def __init__(self) -> None:
        """Set it up."""
        # only now: what builds on layers of the gate must not be there before these are
        from hongxian.sensors.traffic.observe import info_of_recognisers  # noqa: PLC0415

        self._out = array("q", bytes(8 * FIELDS * _ROOM))
        self._kernel = Kernel(load_tables(), self._out)
        self._edges = array("q", (0, 0))
        self._infos = info_of_recognisers()

    def find(self, data: bytes) -> Hits:
        """Return the values of PI types in UTF-8 text."""
        kernel, out, infos, fields = self._kernel, self._out, self._infos, FIELDS
        self._edges[1] = len(data)
        found: Hits = []
        row, at = 0, -1
        while row < 1:
            row = kernel.rows(data, self._edges, row, at, 0)
            at = kernel.edge
            for place in range(0, kernel.hits * fields, fields):
                info = infos[out[place + 3]]
                if info:
                    found.append((out[place + 1], out[place + 2], info))
        return found
