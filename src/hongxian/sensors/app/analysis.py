"""Reads a package's code once: program, call graph before consent and later, call sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.opcodes import METHOD_REF
from hongxian.sensors.app.dex.program import Program, read_program
from hongxian.sensors.app.graph.bridges import bridge_methods
from hongxian.sensors.app.graph.entries import early_entries, late_entries
from hongxian.sensors.app.graph.gates import agree_handlers, closed_rows
from hongxian.sensors.app.graph.hierarchy import Hierarchy
from hongxian.sensors.app.graph.implicit import Implicit
from hongxian.sensors.app.graph.reach import REASON_IMPLICIT, reach
from hongxian.sensors.app.graph.sites import find_sites

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hongxian.sensors.app.catalogue import Catalogue
    from hongxian.sensors.app.graph.entries import Entry
    from hongxian.sensors.app.graph.gate_words import GateWords
    from hongxian.sensors.app.graph.reach import Flags, Reached
    from hongxian.sensors.app.package.model import Manifest

CALL, DISPATCH, CLASS_INIT, READ = "calls", "dispatches to", "initialises", "reads"
HANDED, MADE = "hands over", "makes"
"""An object that a platform method takes and calls back; one whose caller is not seen."""


BRIDGE = "webview.bridge"
"""Beginning of the catalogue's keys of calls that open an object to web pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the code of one package does, and when."""

    program: Program
    hierarchy: Hierarchy
    catalogue: Catalogue
    sites: list[tuple[int, int]]
    """(instruction row, place in the catalogue's list of wanted things)."""
    early: Reached
    """What runs before consent."""
    alone: Reached
    """What runs without an act of the person, consent gates aside."""
    closed: Flags
    """Rows that run only after consent was found given."""
    late: Reached
    """What runs at all, as far as entries are known."""
    implicit: Implicit
    """Edges that no instruction shows, at any moment."""
    bridges: dict[int, int]
    """Methods that web pages may call, with the instruction that opens them."""
    kinds: dict[int, str]
    """Kind of each entry method."""
    called: npt.NDArray[np.int64]
    """The methods that any instruction calls, each once."""

    def when(self, row: int) -> str | None:
        """Return ``before_prompt``, ``unknown`` (reached some time) or ``None`` (not reached)."""
        method = self.method_of(row)
        if self.early.method[method] and not self.closed[row]:
            return "before_prompt"
        return "unknown" if self.late.method[method] else None

    def method_of(self, row: int) -> int:
        """Return the method that an instruction stands in."""
        return int(self.program.body_method[int(self.program.row_body[row])])

    def path(self, row: int, when: str) -> list[int]:
        """Return the shortest path of methods from an entry to an instruction's method."""
        searched = self.early if when == "before_prompt" else self.late
        return searched.path(self.method_of(row))

    def reasons(self, path: Sequence[int], when: str) -> list[str]:
        """Return why each method of a path leads to the next."""
        searched = self.early if when == "before_prompt" else self.late
        return [self._reason(int(searched.reason[method])) for method in path[1:]]

    def _reason(self, number: int) -> str:
        if number >= REASON_IMPLICIT:
            return self.catalogue.edges[number - REASON_IMPLICIT].key
        return (CALL, DISPATCH, CLASS_INIT, HANDED, MADE)[number]


def analyse(
    files: Iterable[tuple[str, bytes]], manifest: Manifest, catalogue: Catalogue, words: GateWords
) -> Analysis:
    """Read the DEX files and search from the manifest's entries.

    Raises:
        ArtefactError: a DEX file is broken; names it.
    """
    program = read_program(files)
    hierarchy = Hierarchy(program, catalogue.platform_types)
    early = early_entries(hierarchy, manifest, catalogue.lifecycle)
    late = late_entries(hierarchy, manifest, catalogue.lifecycle)
    alone = Implicit(hierarchy, catalogue.edges, catalogue.functions)
    shut = agree_handlers(program, words)
    first = reach(hierarchy, _numbers(early), alone, shut=shut)
    closed = closed_rows(program, first.method, words)
    second = reach(hierarchy, _numbers(early), alone, closed, shut) if closed.any() else first
    everything = alone.during(frozenset({"now", "user"}))
    sites = find_sites(hierarchy, catalogue.wanted)
    openers = (row for row, place in sites if catalogue.apis[place].key.startswith(BRIDGE))
    bridges = bridge_methods(hierarchy, openers)
    starts = np.union1d(_numbers(late), np.array(list(bridges), dtype=np.int64))
    return Analysis(
        program=program,
        hierarchy=hierarchy,
        catalogue=catalogue,
        sites=sites,
        early=second,
        alone=first,
        closed=closed,
        late=reach(hierarchy, starts, everything),
        implicit=everything,
        bridges=bridges,
        called=_called(program),
        kinds=dict.fromkeys(bridges, "bridge")
        | {entry.method: entry.kind for entry in (*late, *early)},
    )


def _called(program: Program) -> npt.NDArray[np.int64]:
    flags = np.zeros(program.method_key.size + 1, dtype=bool)
    flags[program.row_target[METHOD_REF[program.row_opcode]]] = True
    return np.flatnonzero(flags[:-1])


def _numbers(entries: Sequence[Entry]) -> npt.NDArray[np.int64]:
    return np.array(sorted({entry.method for entry in entries}), dtype=np.int64)
