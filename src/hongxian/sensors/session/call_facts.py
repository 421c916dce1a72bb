"""Calls that give PI: what was read, by whose code, how often, in which phase."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.laws.permissions import load_android

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.clock import Instant
    from hongxian.sensors.session.hooks import Whose, WhoseCode
    from hongxian.sensors.session.model import Call

FRAMES = 24
"""So many frames of a stack are kept in a fact."""
_BREAKS = ", ;"


@dataclass(slots=True)
class _Burst:
    """The same code reads the same PI by the same call within one second."""

    call: Call
    instant: Instant
    whose: Whose
    reads: int = 0
    outcomes: set[str] = field(default_factory=set)


def call_facts(
    about: About, calls: Iterable[tuple[Instant, Call]], whose: WhoseCode
) -> Iterator[Fact]:
    """Yield what calls read, one fact for those of the same kind within the same second.

    Args:
        about: the session.
        calls: calls with their moments.
        whose: tells whose code a stack is.
    """
    bursts: dict[tuple[object, ...], _Burst] = {}
    for instant, call in calls:
        if call.permission:
            yield from _requests(about, instant, call, whose)
        elif call.info:
            _add(about, bursts, instant, call, whose)
    for burst in bursts.values():
        for info in burst.call.info:
            yield _fact(about, burst, info)


def _add(
    about: About, bursts: dict[tuple[object, ...], _Burst], instant: Instant, call: Call,
    whose: WhoseCode,
) -> None:  # fmt: skip
    code = whose.of(call.stack)
    phase, near = about.phases.of(instant)
    at = about.recording.clocks.seconds(instant)
    second = None if at is None else int(at)
    key = (second, call.api, call.info, code.actor, call.stack[:FRAMES], phase, near)
    burst = bursts.get(key)
    if burst is None:
        burst = bursts[key] = _Burst(call, instant, code)
    burst.reads += 1
    if call.outcome:
        burst.outcomes.add(call.outcome)


def _fact(about: About, burst: _Burst, info: str) -> Fact:
    call, code = burst.call, burst.whose
    detail: dict[str, object] = {"stack": list(call.stack[:FRAMES])}
    told = {"frame": code.frame, "thread": call.thread, "process": call.process,
            "told": call.told, "library": code.library}  # fmt: skip
    detail |= {key: value for key, value in told.items() if value}
    return about.fact(
        "collect", burst.instant, item=call.api, info=info, actor=code.actor, party=code.party,
        amount=burst.reads, unit="read", locator=call.locator, detail=detail,
        outcome="denied" if burst.outcomes == {"denied"} else None,
    )  # fmt: skip


def _requests(about: About, instant: Instant, call: Call, whose: WhoseCode) -> Iterator[Fact]:
    """Yield the permissions that one call asks for."""
    known = load_android()
    names = [name for name in (call.permission or "").replace(";", ",").split(",") if name.strip()]
    code = whose.of(call.stack)
    for name in names:
        permission = name.strip()
        if permission not in known:
            continue
        yield about.fact(
            "request", instant, item=permission, actor=code.actor, party=code.party,
            amount=len(names), unit="permission", locator=call.locator,
            detail={"stack": list(call.stack[:FRAMES])},
        )  # fmt: skip
