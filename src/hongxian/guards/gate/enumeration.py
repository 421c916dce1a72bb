"""Findings about somebody who takes: too many, in a row, known too well or too badly, in parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.guards.gate.findings import Finding
from hongxian.signals.cohort import LEAST_NUMBERS
from hongxian.signals.measures import measure, measure_group, score
from hongxian.signals.observation import OBJECT

if TYPE_CHECKING:
    from hongxian.guards.gate.policy import GatePolicy, Limit
    from hongxian.signals.blocks import Blocks
    from hongxian.signals.keys import Key
    from hongxian.signals.measures import Measure
    from hongxian.signals.track import Track

LEAST_WALKED = 20
"""Records in a row that make a walk."""
LEAST_WALK = 0.7
"""Share of the records asked for that stand beside another one."""
LEAST_TOLD = min(LEAST_NUMBERS, LEAST_WALKED)
"""Numbers of which anything is said."""
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
    counted: list[Track] = field(default_factory=list)
    """The windows in which they are counted, once they are."""

    def count(self, track: Track) -> None:
        """Count them in a window of a principal."""
        before = track.whole.pairs, track.whole.alike
        for key in self.keys:
            track.add(key)
        self.pairs = track.whole.pairs - before[0], track.whole.alike - before[1]
        newest, whole = track.newest, track.whole
        whole.requests += 1
        whole.canaries += self.canaries
        if newest is not whole:
            newest.requests += 1
            newest.canaries += self.canaries

    def join(self, track: Track, member: int) -> None:
        """Count them in a window of a group, for one of its principals."""
        for pane in track.both():
            for key in self.keys:
                pane.numbers.add(key.value)
                if key.cell is not None:
                    pane.cells.add(key.cell)
        track.join(member)
        track.pair(*self.pairs)


def enumeration(
    one: Principal, tracks: tuple[Track, ...], asked: Asked, policy: GatePolicy,
    limit: Limit | None,
) -> list[Finding]:  # fmt: skip
    """Return what the windows of a principal show; ``limit`` is that of the endpoint."""
    findings: list[Finding] = []
    if limit is not None and not (one.alone and one.kind in policy.shared):  # counted there
        wide = _nearest(tracks, limit.window)
        numbers, seconds = len(wide.whole.numbers), wide.window.seconds
        if numbers > limit.distinct:
            values = {"distinct": numbers, "limit": limit.distinct}
            findings.append(Finding(
                kind="limit", action=limit.action, window=seconds, values=values,
                **_told(one, asked),
            ))  # fmt: skip
    if one.alone:
        tell = _walk if asked.info == OBJECT else _taking
        for track in tracks:
            if len(track.whole.numbers) < LEAST_TOLD and not track.whole.canaries:
                continue  # of so few nothing is said
            finding = tell(track, one, asked, policy)
            if finding is not None:
                findings.append(finding)
    return findings


def grouped(
    one: Principal, tracks: tuple[Track, ...], asked: Asked, policy: GatePolicy
) -> list[Finding]:
    """Return what the windows of a group show, if the principal leans the same way."""
    findings: list[Finding] = []
    cohort = policy.cohort(asked.endpoint)
    if one.who in cohort.common or not asked.leaning:
        return findings
    for track in tracks:
        found = measure_group(track.whole, cohort)
        total = score(found)
        if found and total >= cohort.group_score:
            findings.append(Finding(
                kind="partition", action=policy.action("partition"),
                window=track.window.seconds, score=round(total, 2), values=_figures(found),
                **_told(one, asked),
            ))  # fmt: skip
    return findings


def shared(blocks: Blocks, one: Principal, asked: Asked, policy: GatePolicy) -> list[Finding]:
    """Count numbers in their blocks, and return the first block that is being shared out."""
    findings: list[Finding] = []
    if asked.info == OBJECT:
        return findings
    for key in asked.keys:
        block = blocks.add(key, one.who, asked.at)
        if block is not None and not findings:
            findings.append(Finding(
                kind="partition", action=policy.action("partition"), window=86_400.0,
                values={"partition": len(block.members), "block": block.count},
                **_told(one, asked),
            ))  # fmt: skip
    return findings


def _nearest(tracks: tuple[Track, ...], seconds: float) -> Track:
    """Return the window whose length is nearest to that of a limit."""
    if len(tracks) == 1:
        return tracks[0]
    return min(tracks, key=lambda track: abs(track.window.seconds - seconds))


def _told(one: Principal, asked: Asked) -> dict[str, Any]:
    return {
        "endpoint": asked.endpoint, "info": asked.info, "principal": one.kind, "who": one.who
    }  # fmt: skip


def _walk(track: Track, one: Principal, asked: Asked, policy: GatePolicy) -> Finding | None:
    """Return that records are asked for one after the other."""
    numbers, adjacent = len(track.whole.numbers), track.whole.adjacent
    if numbers < LEAST_WALKED or adjacent < LEAST_WALK * numbers:
        return None
    values = {"distinct": numbers, "adjacency": round(adjacent / numbers, 3)}
    return Finding(kind="object_walk", action=policy.action("object_walk"),
                   window=track.window.seconds, values=values, **_told(one, asked))  # fmt: skip


def _taking(track: Track, one: Principal, asked: Asked, policy: GatePolicy) -> Finding | None:
    """Return that a principal is far from what is usual, or asks for what nobody has."""
    whole = track.whole
    cohort = policy.cohort(asked.endpoint)
    found = measure(whole, cohort, track.window.panes)
    total = score(found)
    canary = whole.canaries >= LEAST_CANARIES
    if not canary and total < cohort.score:
        return None
    kind = "canary" if canary else "enumeration"
    return Finding(kind=kind, action=policy.action(kind), window=track.window.seconds,
                   score=round(total, 2), values=_figures(found), **_told(one, asked))  # fmt: skip


def _figures(found: list[Measure]) -> dict[str, Any]:
    return {one.name: round(one.value, 4) for one in found}
