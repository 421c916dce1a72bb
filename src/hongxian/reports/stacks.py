"""Call stacks as all formats show them: each frame with whose code it is, innermost first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hongxian.reports.model import About, Evidence
    from hongxian.sensors.session.hooks import WhoseCode

MOST_FRAMES = 12
"""Frames of a stack that are shown; the one that decides is always among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame."""

    name: str
    """``class.method``."""
    owner: str
    """``first_party``, an SDK key, ``library``, ``system`` or ``unknown``."""
    deciding: bool
    """It says whose code made the call."""
    edge: str
    """Of a path in code: why the frame before it leads here."""
    entry: bool
    """Of a path in code: where the app is entered."""

    @property
    def group(self) -> str:
        """What sort of code it is: ``app``, ``sdk``, ``library``, ``platform`` or ``unknown``."""
        return _GROUPS.get(self.owner, "sdk")


_GROUPS = {
    "first_party": "app", "library": "library", "system": "platform", "unknown": "unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A stack that a hook saw, or a path through the code turned the same way up."""

    frames: tuple[Frame, ...]
    """Innermost first."""
    more: int
    """Frames further out that are left away."""
    seen: bool
    """It ran; else the code can run so."""


def stack_of(fact: Evidence, about: About, most: int = MOST_FRAMES) -> Stack | None:
    """Return the call stack of a fact, or its path through the code; ``None`` without either.

    Args:
        fact: may have ``stack`` or ``path``.
        about: the subject, whose package is the app's own.
        most: frames at most.
    """
    names, seen = (fact.stack, True) if fact.stack else (tuple(reversed(fact.path)), False)
    if not names:
        return None
    whose = _whose(about.name)
    told = fact.detail.get("frame")
    decided = str(told) if told in names else whose.of(names).frame
    place = names.index(decided) if decided in names else -1
    edges = ("",) * len(names) if seen else (*reversed(fact.edges), "")
    frames = tuple(
        Frame(
            name=name, owner=_owner(fact, whose, name, deciding=number == place),
            deciding=number == place, edge=edges[number],
            entry=not seen and number == len(names) - 1,
        )
        for number, name in enumerate(names)
    )  # fmt: skip
    kept = _shown(frames, most)
    return Stack(frames=kept, more=len(frames) - len(kept), seen=seen)


def stacks_of(
    facts: Iterable[Evidence], about: About, most: int = MOST_FRAMES
) -> list[tuple[list[Evidence], Stack]]:
    """Return the seen stacks of facts, those with the same one together."""
    found: dict[tuple[tuple[str, ...], str | None], list[Evidence]] = {}
    for fact in facts:
        if fact.stack:
            found.setdefault((fact.stack, fact.actor), []).append(fact)
    made = ((members, stack_of(members[0], about, most)) for members in found.values())
    return [(members, stack) for members, stack in made if stack is not None]


def _owner(fact: Evidence, whose: WhoseCode, name: str, *, deciding: bool) -> str:
    if deciding and fact.actor:
        return fact.actor
    found = whose.of((name,))
    return found.actor if found.frame else "system"


def _shown(frames: Sequence[Frame], most: int) -> tuple[Frame, ...]:
    """Return the innermost frames, with the one that decides and the entry of a path."""
    if len(frames) <= most:
        return tuple(frames)
    kept = set(range(most))
    for number, frame in enumerate(frames):
        if number >= most and (frame.deciding or frame.entry):
            kept.discard(max(place for place in kept if not _stays(frames[place])))
            kept.add(number)
    return tuple(frames[place] for place in sorted(kept))


def _stays(frame: Frame) -> bool:
    return frame.deciding or frame.entry


@lru_cache(maxsize=16)
def _whose(package: str) -> WhoseCode:
    from hongxian.sensors.session.hooks import WhoseCode  # noqa: PLC0415 - reads its tables

    return WhoseCode((package,) if package.count(".") else ())
