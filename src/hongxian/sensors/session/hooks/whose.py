"""Whose code made a call: the innermost frame of its stack that is anybody's.

Frames of the platform, of open-source plumbing and of hook tools are passed over. The first that
is left decides: the app's own, an SDK's by its longest prefix, or unknown (a renamed package, a
name that nobody has listed). It is never looked for a better one further out: that a known SDK
stands somewhere below does not make a call its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hongxian.info.source import read
from hongxian.sensors.app.attribution import LIBRARY, SYSTEM, UNKNOWN, Actor, Attribution

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_KEPT = 50_000
"""Stacks and frames whose answer is kept."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose code a stack is."""

    actor: str
    """``first_party``, an SDK key, ``library``, ``unknown``."""
    party: str | None = None
    library: str | None = None
    """Key of the library, when there is nothing but plumbing in the stack."""
    frame: str | None = None
    """The frame that decided."""
    reason: str = ""
    """What says so: the prefix, or why it is unknown; in English."""


NOBODY = Whose(UNKNOWN, reason="no frame of an app")


class WhoseCode:
    """Tells whose code stacks are, for one app.

    Args:
        own: packages of the app's own.
        attribution: the app sensor's, when there is one; it knows more packages as own.
    """

    def __init__(self, own: Iterable[str] = (), attribution: Attribution | None = None) -> None:
        """Start with nothing kept."""
        self._attribution = attribution or Attribution(own)
        self._stacks: dict[tuple[str, ...], Whose] = {}
        self._frames: dict[str, Actor] = {}

    def of(self, stack: tuple[str, ...]) -> Whose:
        """Return whose code a stack is.

        Args:
            stack: frames as ``package.Class.method``, from the innermost outward.
        """
        found = self._stacks.get(stack)
        if found is None:
            if len(self._stacks) >= MOST_KEPT:
                self._stacks.clear()
            found = self._stacks[stack] = self._decide(stack)
        return found

    def _decide(self, stack: tuple[str, ...]) -> Whose:
        plumbing = NOBODY
        for frame in stack:
            actor = self._actor(frame)
            if actor.actor == SYSTEM:
                continue
            whose = Whose(actor.actor, actor.party, actor.library, frame, actor.reason)
            if actor.actor != LIBRARY:
                return whose
            if plumbing is NOBODY:
                plumbing = whose
        return plumbing

    def _actor(self, frame: str) -> Actor:
        found = self._frames.get(frame)
        if found is None:
            if len(self._frames) >= MOST_KEPT:
                self._frames.clear()
            found = self._frames[frame] = self._look_up(frame.rpartition(".")[0])
        return found

    def _look_up(self, name: str) -> Actor:
        prefixes, starts = _passed_over()
        actor = self._attribution.actor(name)
        if name.startswith(starts):
            return Actor(SYSTEM, None, None, "made up by a runtime")
        at = name
        while at:
            if at in prefixes and not _nearer(actor, at):
                return Actor(SYSTEM, None, None, at)
            at = at.rpartition(".")[0]
        return actor


def _nearer(actor: Actor, prefix: str) -> bool:
    """Whether an attribution rests on a prefix that is longer than one that is passed over."""
    return actor.actor != UNKNOWN and len(actor.reason) > len(prefix)


@cache
def _passed_over() -> tuple[frozenset[str], tuple[str, ...]]:
    rows = read("hongxian.sensors.session.hooks", "frames")["frame"]
    prefixes = frozenset(prefix for row in rows for prefix in row["prefix"])
    return prefixes, tuple(start for row in rows for start in row.get("start", ()))
