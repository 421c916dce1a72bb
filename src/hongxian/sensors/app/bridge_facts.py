"""Facts about PI that an app hands to web pages of others through a bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.laws.suffixes import registrable
from hongxian.sensors.app.analysis import CALL
from hongxian.sensors.app.code_facts import frames, outermost
from hongxian.sensors.app.dex.opcodes import METHOD_REF, STRING_REF
from hongxian.sensors.app.endpoints import find_endpoints
from hongxian.sensors.app.graph.nearby import way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.app.endpoints import Endpoint
    from hongxian.sensors.app.scene import Scene

OPENS = "opens to web pages"
"""Why a bridge method follows on the one that hands its object to the page."""
DEEP = 2
"""Calls that are followed from the method that a page calls."""
ANSWERS = frozenset({"evaluateJavascript", "loadUrl", "postWebMessage", "postMessage"})
"""Calls by which a method answers a page otherwise than by what it returns."""
OURS = ("first_party", "unknown")


def bridge_facts(scene: Scene) -> Iterator[Fact]:
    """Yield a ``transmit`` for each PI type that a page of a third party can get.

    The page is one whose address stands as a constant in the class that opens the bridge, and
    whose domain does not bear a name of the app's own package.
    """
    told: set[tuple[str, str]] = set()
    for method, opener in scene.analysis.bridges.items():
        if scene.whose.actor(scene.class_of(method)).actor not in OURS:
            continue
        around = scene.near.within(method, DEEP)
        if not _gives(scene, method, around):
            continue
        pages = _pages(scene, opener)
        for inner in around:
            for row, api in scene.reads.get(inner, ()):
                stack = frames(scene.analysis, way(around, inner), row)
                for info, page in ((info, page) for info in api.info for page in pages):
                    if (info, page.host) not in told:
                        told.add((info, page.host))
                        yield _fact(scene, opener, stack, info, page)


def _gives(scene: Scene, method: int, around: dict[int, int]) -> bool:
    """Whether a bridge method returns something, or answers the page by a call."""
    program = scene.analysis.program
    if program.class_names[program.proto_of(method)[0]] != b"V":
        return True
    return any(
        METHOD_REF[program.row_opcode[row]]
        and program.row_target[row] >= 0
        and program.method_name(int(program.row_target[row])).rpartition(".")[2] in ANSWERS
        for inner in around
        for row in scene.near.rows(inner)
    )


def _pages(scene: Scene, opener: int) -> list[Endpoint]:
    """Return the addresses of others that the class of an instruction names."""
    program = scene.analysis.program
    own = outermost(scene.owner(opener))
    head = own.rpartition(".")[0]
    texts = [
        (program.string(int(program.row_target[row])), program.locate(row))
        for method in scene.methods_of(own)
        for row in scene.near.rows(method)
        if STRING_REF[program.row_opcode[row]]
    ]
    names = {*head.split("."), *scene.manifest.package.split(".")}
    return [page for page in find_endpoints(texts) if page.url and not _own(page.host, names)]


def _own(host: str, names: set[str]) -> bool:
    """Whether the domain's own label is a part of the app's package name."""
    domain = registrable(host)
    return domain is not None and domain.partition(".")[0] in names


def _fact(scene: Scene, opener: int, stack: list[str], info: str, page: Endpoint) -> Fact:
    analysis = scene.analysis
    first = analysis.method_of(opener)
    before = analysis.late.path(first) if analysis.late.method[first] else [first]
    reasons = [*analysis.reasons(before, "unknown"), OPENS, *[CALL] * (len(stack) - 1)]
    actor = scene.whose.actor(scene.owner(opener))
    return scene.about.fact(
        "transmit", item=page.url, info=info, actor=actor.actor, recipient=page.recipient,
        party=page.party, certainty="reachable", locator=analysis.program.locate(opener),
        detail={
            "third_party_app": page.host,
            "path": [*map(analysis.program.method_name, before), *stack],
            "edges": reasons,
            "asks": outermost(scene.owner(opener)) in scene.telling,
        },
    )  # fmt: skip
