"""Findings about somebody who takes: too many, in a row, known too well or too badly, in parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.guards.gate.findings import Finding
from hongxian.signals.measures import measure, measure_group, score
from hongxian.signals.observation import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.gate.policy import GatePolicy
    from hongxian.signals.blocks import Blocks
    from hongxian.signals.keys import Key
    from hongxian.signals.measures import Measure
    from hongxian.signals.track import Track

LEAST_WALKED = 20
"""Records in a row that make a walk."""
LEAST_WALK = 0.7
"""Share of the records asked for that stand beside another one."""
LEAST_CANARIES = 2
"""One number that nobody has may be a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is counted, without its name."""

    kind: str
    who: int
    alone: bool
    """Whether it is one person; what many share is only held to limits."""


@dataclass(slots=True, kw_only=True)
class Asked:
    """The identifiers of one kind in a request."""

    endpoint: str
    info: str
    at: float
    keys: list[Key]
    canaries: int = 0
    pairs: tuple[int, int] = (0, 0)
    """Pairs of numbers that the principal makes by them, and those of one region."""
    leaning: bool = True
    """Whether the principal by itself is rather like an attacker."""

    def count(self, track: Track) -> None:
        """Count them in a window of a principal."""
        before = track.whole.pairs, track.whole.alike
        for key in self.keys:
            track.add(key)
        self.pairs = track.whole.pairs - before[0], track.whole.alike - before[1]
        for pane in track.both():
            pane.requests += 1
            pane.canaries += self.canaries

    def join(self, track: Track, member: int) -> None:
        """Count them in a window of a group, for one of its principals."""
        for pane in track.both():
            for key in self.keys:
                pane.numbers.add(key.value)
                if key.cell is not None:
                    pane.cells.add(key.cell)
        track.join(member)
        track.pair(*self.pairs)
        track.count("requests", 1)


def enumeration(
    one: Principal, tracks: tuple[Track, ...], asked: Asked, policy: GatePolicy
) -> Iterator[Finding]:
    """Yield what the windows of a principal show."""
    told: dict[str, Any] = {
        "endpoint": asked.endpoint, "info": asked.info, "principal": one.kind, "who": one.who
    }  # fmt: skip
    limit = policy.rule(asked.endpoint).limits.get(asked.info)
    if limit is not None:
        wide = min(tracks, key=lambda track: abs(track.window.seconds - limit.window))
        numbers, seconds = len(wide.whole.numbers), wide.window.seconds
        if numbers > limit.distinct:
            values = {"distinct": numbers, "limit": limit.distinct}
            yield Finding(kind="limit", action=limit.action, window=seconds, values=values, **told)
    if one.alone:
        for track in tracks:
            yield from (_walk if asked.info == OBJECT else _taking)(track, policy, told)


def grouped(
    one: Principal, tracks: tuple[Track, ...], asked: Asked, policy: GatePolicy
) -> Iterator[Finding]:
    """Yield what the windows of a group show, if the principal leans the same way."""
    cohort = policy.cohort(asked.endpoint)
    if one.who in cohort.common or not asked.leaning:
        return
    for track in tracks:
        found = measure_group(track.whole, cohort)
        total = score(found)
        if found and total >= cohort.group_score:
            yield Finding(
                kind="partition", action=policy.action("partition"), endpoint=asked.endpoint,
                info=asked.info, principal=one.kind, who=one.who, window=track.window.seconds,
                score=round(total, 2), values=_figures(found),
            )  # fmt: skip


def shared(
    blocks: Blocks, one: Principal, asked: Asked, policy: GatePolicy
) -> Iterator[Finding]:  # fmt: skip
    """Count numbers in their blocks, and yield the first block that is being shared out."""
    if asked.info == OBJECT:
        return
    told = False
    for key in asked.keys:
        block = blocks.add(key, one.who, asked.at)
        if block is not None and not told:
            told = True
            yield Finding(
                kind="partition", action=policy.action("partition"), endpoint=asked.endpoint,
                info=asked.info, principal=one.kind, who=one.who, window=86_400.0,
                values={"partition": len(block.members), "block": block.count},
            )  # fmt: skip


def _walk(track: Track, policy: GatePolicy, told: dict[str, Any]) -> Iterator[Finding]:
    """Yield that records are asked for one after the other."""
    numbers, adjacent = len(track.whole.numbers), track.whole.adjacent
    if numbers >= LEAST_WALKED and adjacent >= LEAST_WALK * numbers:
        values = {"distinct": numbers, "adjacency": round(adjacent / numbers, 3)}
        yield Finding(kind="object_walk", action=policy.action("object_walk"),
                      window=track.window.seconds, values=values, **told)  # fmt: skip


def _taking(track: Track, policy: GatePolicy, told: dict[str, Any]) -> Iterator[Finding]:
    """Yield that a principal is far from what is usual, or asks for what nobody has."""
    whole, seconds = track.whole, track.window.seconds
    cohort = policy.cohort(told["endpoint"])
    found = measure(whole, cohort, track.window.panes)
    total = score(found)
    canary = whole.canaries >= LEAST_CANARIES
    if canary or total >= cohort.score:
        kind = "canary" if canary else "enumeration"
        yield Finding(kind=kind, action=policy.action(kind), window=seconds,
                      score=round(total, 2), values=_figures(found), **told)  # fmt: skip


def _figures(found: list[Measure]) -> dict[str, Any]:
    return {one.name: round(one.value, 4) for one in found}
