"""Facts that the code shows: who can read which PI, from where, and whether before consent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.sensors.app.analysis import CALL, READ
from hongxian.sensors.app.catalogue.known_uses import known_use
from hongxian.sensors.app.dex.opcodes import METHOD_REF, STRING_REF
from hongxian.sensors.app.graph.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongxian.facts import Fact
    from hongxian.sensors.app.analysis import Analysis
    from hongxian.sensors.app.attribution import Actor, Attribution
    from hongxian.sensors.app.catalogue import Api
    from hongxian.sensors.app.manifest_facts import About

REQUESTS = frozenset({"requestPermissions", "launch"})
"""Methods that put a permission request before the person; ``launch`` counts only in a body that
names permissions."""
REFLECTION = frozenset({"java.lang.Class", "java.lang.ClassLoader"})
"""Classes whose calls of the catalogue only name the method that reads."""
PLAIN = (
    "android.app.Activity", "android.app.Fragment", "androidx.fragment.app.Fragment",
    "android.support.v4.app.Fragment", "androidx.core.app.ActivityCompat",
    "android.support.v4.app.ActivityCompat", "androidx.activity.result.ActivityResultLauncher",
)  # fmt: skip
"""Classes whose requests show the system's dialog and nothing else."""


@dataclass(slots=True)
class _Group:
    """Sites of one API, by one actor, at one time."""

    api: Api
    actor: Actor
    when: str | None
    why: str | None
    """Why a call that may be reached reads no PI."""
    rows: list[int] = field(default_factory=list)


def reading_facts(
    about: About, analysis: Analysis, whose: Attribution, declared: frozenset[str]
) -> Iterator[Fact]:
    """Yield ``reach`` for what an entry leads to, ``call_site`` for other calls that read PI.

    One fact per API, PI type, actor and time; the shortest path stands for all, ``amount`` counts
    the places. A call stays a call site, whatever leads to it, when the package declares none of
    the permissions that it needs, or when it is known to read no PI; ``detail.why`` says so.

    Args:
        about: the subject.
        analysis: of its code.
        whose: attributes classes.
        declared: the permissions that the package declares.
    """
    groups: dict[tuple[str | None, ...], _Group] = {}
    for row, place in analysis.sites:
        api = analysis.catalogue.apis[place]
        if not api.info:
            continue
        why = harmless(analysis, row, api, declared)
        when = None if why else analysis.when(row)
        actor = actor_of(analysis, whose, row, when)
        key = (api.key, actor.actor, actor.library, when, why)
        groups.setdefault(key, _Group(api, actor, when, why)).rows.append(row)
    for group in groups.values():
        yield from _group_facts(about, analysis, group)


def risk_facts(about: About, analysis: Analysis, whose: Attribution) -> Iterator[Fact]:
    """Yield traits for calls that hide what code does, or let others reach PI."""
    groups: dict[tuple[str, str], list[tuple[int, Api, Actor]]] = defaultdict(list)
    for row, place in analysis.sites:
        api = analysis.catalogue.apis[place]
        if api.effect:
            actor = whose.actor(
                analysis.program.class_name(
                    int(analysis.program.method_class[analysis.method_of(row)])
                )
            )
            groups[api.key, actor.actor].append((row, api, actor))
    for found in groups.values():
        row, api, actor = found[0]
        yield about.fact(
            "trait", item=api.effect, actor=actor.actor, party=actor.party,
            certainty="reachable", amount=float(len(found)), unit="call",
            locator=analysis.program.locate(row),
            detail={"api": _call(analysis, row), "api_key": api.key},
        )  # fmt: skip


def request_facts(
    about: About,
    analysis: Analysis,
    whose: Attribution,
    known: Mapping[str, object],
    telling: frozenset[str] = frozenset(),
) -> Iterator[Fact]:
    """Yield one ``request`` per permission that code asks for, with how many at once.

    ``detail.silent`` is true when it comes by itself, without an act of the person, through code
    that shows no dialog or notice.

    Args:
        about: the subject.
        analysis: of its code.
        whose: attributes classes.
        known: the permissions that exist, by name.
        telling: outermost classes that show dialogs or notices.
    """
    seen: set[tuple[str, ...]] = set()
    for row, asked in requests_in(analysis, known):
        when = analysis.when(row)
        if when is None or (key := (*asked, when)) in seen:
            continue
        seen.add(key)
        actor = actor_of(analysis, whose, row, when)
        path = analysis.path(row, when)
        detail: dict[str, Any] = {
            "path": frames(analysis, path, row),
            "edges": _reasons(analysis, path, row, when),
            "batch": list(asked),
        }
        if is_plain_request(analysis, row) and _comes_silently(analysis, whose, row, telling):
            detail |= {"silent": True}
        for name in asked:
            yield about.fact(
                "request", item=name, actor=actor.actor, party=actor.party, phase=when,
                amount=float(len(asked)), unit="permission", certainty="reachable",
                locator=analysis.program.locate(row), detail=detail,
            )  # fmt: skip


def requests_in(
    analysis: Analysis, known: Mapping[str, object]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the calls that ask for permissions, each with the permissions that its code names."""
    asked = Asked(analysis.hierarchy, known.__contains__)
    for row in _calls_named(analysis, REQUESTS):
        yield from asked.by(row)


def is_plain_request(analysis: Analysis, row: int) -> bool:
    """Whether a request goes to the system itself, and not to a library that may explain it."""
    program = analysis.program
    owner = int(program.method_class[int(program.row_target[row])])
    return any(
        (number := analysis.hierarchy.find(name)) >= 0
        and owner in analysis.hierarchy.subtypes(number)
        for name in PLAIN
    )


def outermost(class_name: str) -> str:
    """Return the class that a nested or made class stands in."""
    return class_name.partition("$")[0]


def _comes_silently(
    analysis: Analysis, whose: Attribution, row: int, telling: frozenset[str]
) -> bool:
    method = analysis.method_of(row)
    if not analysis.alone.method[method]:
        return False
    program = analysis.program
    names = [program.class_name(int(program.method_class[m])) for m in analysis.alone.path(method)]
    return not any(
        outermost(name) in telling and whose.actor(name).actor not in ("library", "system")
        for name in names
    )


def harmless(analysis: Analysis, row: int, api: Api, declared: frozenset[str]) -> str | None:
    """Return why a call reads no PI: the permission is lacking, or its purpose is known."""
    if api.permissions and not api.conditional and not declared.intersection(api.permissions):
        return "permission not declared"
    owner = int(analysis.program.method_class[analysis.method_of(row)])
    use = known_use(analysis.program.class_name(owner), api.key)
    return use.en if use else None


def _group_facts(about: About, analysis: Analysis, group: _Group) -> Iterator[Fact]:
    when = group.when
    row = group.rows[0]
    detail: dict[str, Any] = {}
    if when is not None:
        row = min(group.rows, key=lambda one: (len(analysis.path(one, when)), one))
        path = analysis.path(row, when)
        detail = {
            "path": frames(analysis, path, row),
            "edges": _reasons(analysis, path, row, when),
            "entry": analysis.kinds.get(path[0], "entry"),
        }
    detail |= {"api_key": group.api.key}
    if group.api.owner in REFLECTION:
        detail |= {"reflection": True}
    if group.why:
        detail |= {"why": group.why}
    if group.actor.library:
        detail |= {"library": group.actor.library}
    for info in group.api.info:
        yield about.fact(
            "call_site" if when is None else "reach",
            item=_call(analysis, row), info=info, actor=group.actor.actor,
            party=group.actor.party, phase=when or "unknown", certainty="reachable",
            amount=float(len(group.rows)), unit="call", locator=analysis.program.locate(row),
            detail=detail,
        )  # fmt: skip


def actor_of(analysis: Analysis, whose: Attribution, row: int, when: str | None) -> Actor:
    """Return whose code reads: a library acts for the nearest caller that is none."""
    methods = [analysis.method_of(row)] if when is None else analysis.path(row, when)[::-1]
    names = [analysis.program.class_name(int(analysis.program.method_class[m])) for m in methods]
    nearest = whose.actor(names[0])
    if nearest.actor != "library":
        return nearest
    callers = (whose.actor(name) for name in names[1:])
    return next((actor for actor in callers if actor.actor not in ("library", "system")), nearest)


def frames(analysis: Analysis, path: list[int], row: int) -> list[str]:
    """Return the methods of a path and what the instruction at its end uses, as a stack prints."""
    return [analysis.program.method_name(method) for method in path] + [_call(analysis, row)]


def _reasons(analysis: Analysis, path: list[int], row: int, when: str) -> list[str]:
    """Return why each frame leads to the next; the last one is the use of the API itself."""
    last = CALL if METHOD_REF[analysis.program.row_opcode[row]] else READ
    return [*analysis.reasons(path, when), last]


def _call(analysis: Analysis, row: int) -> str:
    """Return what an instruction uses: method, field or text."""
    program = analysis.program
    opcode, target = program.row_opcode[row], int(program.row_target[row])
    if METHOD_REF[opcode]:
        return program.method_name(target)
    return program.string(target) if STRING_REF[opcode] else program.field_name(target)


def _calls_named(analysis: Analysis, names: frozenset[str]) -> list[int]:
    """Return the calls of methods of these names, whatever their class."""
    program = analysis.program
    flags = np.zeros(program.method_key.size + 1, dtype=bool)
    for methods in analysis.hierarchy.methods_named(names).values():
        flags[methods] = True
    hit = np.flatnonzero(METHOD_REF[program.row_opcode])
    found: list[int] = hit[flags[program.row_target[hit]]].tolist()
    return found
