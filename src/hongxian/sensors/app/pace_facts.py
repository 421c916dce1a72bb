"""Facts about how often code reads PI: fixed intervals of location services, timers and loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.app.code_facts import actor_of, frames, outermost
from hongxian.sensors.app.dex.constants import constant_numbers
from hongxian.sensors.app.graph.nearby import way
from hongxian.sensors.app.scene import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.app.catalogue.conduct import Conduct
    from hongxian.sensors.app.scene import Scene

DEEP = 3
"""Calls that are followed from a task to what it reads."""
FIRST_RESULT = frozenset(
    {"onLocationChanged", "onLocationResult", "onReceiveLocation", "onLocationComplete"}
)
"""Methods that get a position; one that ends the updates there takes a single one."""
UNITS = {"NANOSECONDS": 1e-9, "MICROSECONDS": 1e-6, "MILLISECONDS": 1e-3, "SECONDS": 1.0,
         "MINUTES": 60.0, "HOURS": 3600.0, "DAYS": 86400.0}  # fmt: skip
SGET_OBJECT = 0x62
UNIT_CLASS = "java.util.concurrent.TimeUnit"


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read at an interval."""

    info: str
    path: list[int]
    """Methods from the task to the one that reads; none when the call itself reads."""
    row: int
    """The instruction that reads."""


def pace_facts(scene: Scene) -> Iterator[Fact]:
    """Yield a trait ``repeats`` for each PI type that is read at a fixed interval.

    Of several intervals of the same PI by the same code the shortest is told.
    """
    found: dict[tuple[str, str], Fact] = {}
    for row, pace in scene.conduct["pace"]:
        seconds = _seconds(scene, row, pace)
        if seconds is None:
            continue
        for read in _reads(scene, row, pace):
            fact = _fact(scene, row, read, seconds)
            key = (read.info, str(fact.actor))
            if key not in found or _rank(fact) < _rank(found[key]):
                found[key] = fact
    yield from found.values()


def _seconds(scene: Scene, row: int, pace: Conduct) -> float | None:
    """Return the interval that a call is handed."""
    program = scene.analysis.program
    if not _runs(scene, row):
        return None
    kinds = program.proto_of(int(program.row_target[row]))[1:]
    places = [
        place for place, kind in enumerate(kinds)
        if program.class_names[kind] == pace.parameter.encode()
    ]  # fmt: skip
    if len(places) <= pace.number:
        return None
    value = constant_numbers(program, row)[places[pace.number]]
    unit = _unit(scene, row) if pace.unit is None else pace.unit
    if value is None or unit is None or value < max(pace.once, 0):
        return None
    return value * unit


def _runs(scene: Scene, row: int) -> bool:
    return scene.analysis.when(row) is not None or scene.alone(scene.analysis.method_of(row))


def _unit(scene: Scene, row: int) -> float | None:
    """Return the seconds of the time unit that the same body names last before a call."""
    program = scene.analysis.program
    first = int(program.body_first[int(program.row_body[row])])
    for earlier in range(row - 1, first - 1, -1):
        if program.row_opcode[earlier] == SGET_OBJECT:
            owner, _, name = program.field_name(int(program.row_target[earlier])).rpartition(".")
            if owner == UNIT_CLASS:
                return UNITS.get(name)
    return None


def _reads(scene: Scene, row: int, pace: Conduct) -> Iterator[_Read]:
    """Yield what is read so often."""
    if pace.info is not None:
        if pace.info in scene.infos and not _takes_one(scene, row):
            yield _Read(pace.info, [], row)
        return
    owner = scene.analysis.method_of(row)
    for task in _tasks(scene, row):
        around = scene.near.within(task, DEEP)
        if pace.again and owner not in around:
            continue
        for method in around:
            for at, api in scene.reads.get(method, ()):
                for info in api.info:
                    yield _Read(info, way(around, method), at)


def _tasks(scene: Scene, row: int) -> list[int]:
    """Return the methods that the platform calls back for a call."""
    implicit, program = scene.analysis.implicit, scene.analysis.program
    target = int(program.row_target[row])
    if not scene.reads or target < 0 or not implicit.is_trigger[target]:
        return []
    return [method for method, _ in implicit.entered(scene.analysis.method_of(row), target)]


def _takes_one(scene: Scene, row: int) -> bool:
    """Whether the first position ends the updates."""
    stops = scene.rows_of("stop")
    own = outermost(scene.owner(row))
    program = scene.analysis.program
    methods = scene.analysis.hierarchy.methods_named(FIRST_RESULT)
    return any(
        stops.intersection(scene.near.rows(inner))
        for found in methods.values()
        for method in found
        if program.method_body[method] >= 0 and outermost(scene.class_of(method)) == own
        for inner in scene.near.within(method, 1)
    )


def _fact(scene: Scene, row: int, read: _Read, seconds: float) -> Fact:
    analysis = scene.analysis
    method = analysis.method_of(row)
    alone = scene.alone(method)
    start = analysis.alone.path(method) if alone else analysis.late.path(method)
    actor = actor_of(analysis, scene.whose, read.row, None)
    if actor.actor in NOT_OURS:
        actor = actor_of(analysis, scene.whose, row, analysis.when(row))
    path = start[:-1] if read.path[:1] == start[-1:] else start
    return scene.about.fact(
        "trait", item="repeats", info=read.info, actor=actor.actor, party=actor.party,
        phase=analysis.when(row) or "unknown", certainty="reachable", amount=seconds,
        unit="second", locator=analysis.program.locate(row),
        detail={
            "path": frames(analysis, [*path, *read.path], read.row),
            "set_by": analysis.program.method_name(int(analysis.program.row_target[row])),
            "alone": alone,
        },
    )  # fmt: skip


def _rank(fact: Fact) -> tuple[bool, float]:
    return not fact.detail["alone"], fact.amount or 0.0
