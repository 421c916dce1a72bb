"""Facts about what code does when the person denies a permission: ask again, or leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.app.code_facts import frames, is_plain_request, outermost, requests_in
from hongxian.sensors.app.graph.denials import ANSWERS, denied_rows
from hongxian.sensors.app.graph.implicit import methods_named
from hongxian.sensors.app.graph.nearby import way

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongxian.facts import Fact
    from hongxian.sensors.app.scene import Scene

DEEP = 2
"""Calls that are followed from the branch of a denial, within the same class."""


def refusal_facts(scene: Scene, known: Mapping[str, object]) -> Iterator[Fact]:
    """Yield what the branch of a denial does by itself.

    A ``request`` in phase ``after_refusal`` for each permission that it asks for again, and a
    ``function`` that is blocked when it ends the first screen, or the app, and opens no other.

    Args:
        scene: the app.
        known: the permissions that exist, by name.
    """
    asked = dict(requests_in(scene.analysis, known))
    launched = _launched(scene)
    for method in _handlers(scene):
        steps = _steps(scene, method)
        yield from _again(scene, steps, asked)
        if method in launched:
            yield from _left(scene, steps, _asked_near(scene, method, asked))


def _handlers(scene: Scene) -> list[int]:
    """Return the methods of the app that get the answers to permission requests."""
    program = scene.analysis.program
    found = scene.analysis.hierarchy.methods_named([ANSWERS]).get(ANSWERS, ())
    return [m for m in found if program.method_body[m] >= 0 and scene.is_app(m)]


def _launched(scene: Scene) -> set[int]:
    hierarchy = scene.analysis.hierarchy
    numbers = (hierarchy.find(name) for name in scene.manifest.launchers)
    return {m for own in numbers if own >= 0 for m in methods_named(hierarchy, own, (ANSWERS,))}


def _steps(scene: Scene, method: int) -> list[tuple[list[int], int]]:
    """Return the instructions after a denial, each with the methods that lead to it."""
    program = scene.analysis.program
    rows = denied_rows(program, int(program.method_body[method]))
    found: list[tuple[list[int], int]] = [([method], row) for row in rows]
    own = outermost(scene.class_of(method))
    for first in scene.near.entered(rows):
        around = scene.near.within(first, DEEP - 1)
        for one in around:
            if outermost(scene.class_of(one)) == own:
                path = [method, *way(around, one)]
                found += [(path, row) for row in scene.near.rows(one)]
    return found


def _again(
    scene: Scene, steps: list[tuple[list[int], int]], asked: Mapping[int, tuple[str, ...]]
) -> Iterator[Fact]:
    for path, row in steps:
        if row not in asked or not is_plain_request(scene.analysis, row):
            continue
        actor = scene.whose.actor(scene.owner(row))
        for name in asked[row]:
            yield scene.about.fact(
                "request", item=name, actor=actor.actor, party=actor.party,
                phase="after_refusal", amount=float(len(asked[row])), unit="permission",
                certainty="reachable", locator=scene.analysis.program.locate(row),
                detail={"path": frames(scene.analysis, path, row), "batch": list(asked[row])},
            )  # fmt: skip
        return


def _left(
    scene: Scene, steps: list[tuple[list[int], int]], refused: tuple[str, ...]
) -> Iterator[Fact]:
    rows = {row for _, row in steps}
    if rows & scene.rows_of("show"):
        return
    leaving = scene.rows_of("leave")
    found = next(((path, row) for path, row in steps if row in leaving), None)
    if found is None:
        return
    path, row = found
    for name in refused:
        yield scene.about.fact(
            "function", item="basic", outcome="blocked", phase="after_refusal",
            certainty="reachable", locator=scene.analysis.program.locate(row),
            detail={"refused": name, "path": frames(scene.analysis, path, row)},
        )  # fmt: skip


def _asked_near(scene: Scene, method: int, asked: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the permissions that the class of a method asks for."""
    own = outermost(scene.class_of(method))
    names = (name for row, batch in asked.items() if outermost(scene.owner(row)) == own
             for name in batch)  # fmt: skip
    return tuple(dict.fromkeys(names))
