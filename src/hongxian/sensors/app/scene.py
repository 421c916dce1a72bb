"""What the facts about an app's conduct are drawn from: its code, whose it is, what it can read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hongxian.sensors.app.catalogue.conduct import load_conduct
from hongxian.sensors.app.code_facts import harmless, outermost
from hongxian.sensors.app.graph.hierarchy import descriptor
from hongxian.sensors.app.graph.nearby import Nearby
from hongxian.sensors.app.graph.sites import Wanted, find_sites

if TYPE_CHECKING:
    from hongxian.sensors.app.analysis import Analysis
    from hongxian.sensors.app.attribution import Attribution
    from hongxian.sensors.app.catalogue import Api
    from hongxian.sensors.app.catalogue.conduct import Conduct
    from hongxian.sensors.app.manifest_facts import About
    from hongxian.sensors.app.package.model import Manifest

NOT_OURS = frozenset({"library", "system"})
"""Actors that act for others only."""


@dataclass(frozen=True)
class Scene:
    """One app's code with what is needed to judge its conduct.

    Attributes:
        about: the subject.
        analysis: of its code.
        whose: attributes classes.
        manifest: of the package.
    """

    about: About
    analysis: Analysis
    whose: Attribution
    manifest: Manifest

    @cached_property
    def near(self) -> Nearby:
        """Direct calls, a few deep."""
        return Nearby(self.analysis.hierarchy)

    @cached_property
    def conduct(self) -> dict[str, list[tuple[int, Conduct]]]:
        """Calls of the list ``catalogue/conduct.toml`` by kind, each with its row there."""
        listed = load_conduct()
        wanted = [Wanted(key=one.kind, owner=one.owner, methods=one.methods) for one in listed]
        found: dict[str, list[tuple[int, Conduct]]] = defaultdict(list)
        for row, place in find_sites(self.analysis.hierarchy, wanted):
            found[listed[place].kind].append((row, listed[place]))
        return found

    @cached_property
    def telling(self) -> frozenset[str]:
        """Outermost classes that show a dialog or a notice."""
        return frozenset(
            outermost(self.owner(row)) for row, show in self.conduct["show"] if show.words
        )

    @cached_property
    def reads(self) -> dict[int, list[tuple[int, Api]]]:
        """Calls that can read PI, by the method that they stand in."""
        found: dict[int, list[tuple[int, Api]]] = defaultdict(list)
        for row, place in self.analysis.sites:
            api = self.analysis.catalogue.apis[place]
            declared = self.manifest.permission_names
            if api.info and not harmless(self.analysis, row, api, declared):
                found[self.analysis.method_of(row)].append((row, api))
        return found

    @cached_property
    def infos(self) -> frozenset[str]:
        """PI types that the code can read."""
        return frozenset(
            info for found in self.reads.values() for _, api in found for info in api.info
        )

    def methods_of(self, name: str) -> list[int]:
        """Return the methods of a class and of those nested in it."""
        program = self.analysis.program
        head = descriptor(name)[:-1]
        numbers = [
            number
            for number, other in enumerate(program.class_names)
            if other.startswith(head) and other[len(head) : len(head) + 1] in (b";", b"$")
        ]
        return [
            method
            for number in numbers
            for method in range(*program.method_class.searchsorted([number, number + 1]).tolist())
        ]

    def rows_of(self, kind: str) -> frozenset[int]:
        """Return the calls of one kind of conduct."""
        return frozenset(row for row, _ in self.conduct[kind])

    def owner(self, row: int) -> str:
        """Return the class that an instruction stands in."""
        return self.class_of(self.analysis.method_of(row))

    def class_of(self, method: int) -> str:
        """Return the class of a method."""
        program = self.analysis.program
        return program.class_name(int(program.method_class[method]))

    def is_app(self, method: int) -> bool:
        """Whether a method belongs to no library and not to the system."""
        return self.whose.actor(self.class_of(method)).actor not in NOT_OURS

    def alone(self, method: int) -> bool:
        """Whether a method runs without an act of the person, consent gates aside."""
        return bool(self.analysis.alone.method[method])
