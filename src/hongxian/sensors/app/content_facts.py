"""Facts from names and texts: embedded SDKs, addresses, permissions that code uses or lacks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from hongxian.laws.sdks import load_sdks
from hongxian.sensors.app.attribution import embedded_sdks
from hongxian.sensors.app.dex.opcodes import METHOD_REF
from hongxian.sensors.app.endpoints import find_endpoints, find_in_dex
from hongxian.sensors.app.graph.sites import Wanted, find_sites

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.app.analysis import Analysis
    from hongxian.sensors.app.attribution import Attribution
    from hongxian.sensors.app.catalogue import PermissionUse
    from hongxian.sensors.app.endpoints import Endpoint
    from hongxian.sensors.app.manifest_facts import About
    from hongxian.sensors.app.package import AppPackage

HIDDEN = ("hides",)
"""Effects of calls behind which code can use a permission unseen."""
OWN = ("first_party", "library", "unknown")
"""Actors that are no SDK."""


def embed_facts(
    about: About, package: AppPackage, analysis: Analysis, whose: Attribution
) -> Iterator[Fact]:
    """Yield one ``embed`` per SDK whose code, component or native library is in the package."""
    program = analysis.program
    defined = [program.class_names[n] for n in np.flatnonzero(program.class_defined).tolist()]
    components = [component.name for component in package.manifest.components]
    native = [library.name for library in package.native_libraries]
    sdks = load_sdks()
    for found in embedded_sdks(defined, components, native, own=whose.own):
        sdk = sdks[found.key]
        yield about.fact(
            "embed", item=found.key, actor=found.key, party=sdk.company, certainty="seen",
            locator=found.evidence, detail={"function": sdk.function, "conf": sdk.confidence},
        )  # fmt: skip


def address_facts(
    about: About, texts: Iterable[tuple[str, str]], analysis: Analysis | None = None
) -> Iterator[Fact]:
    """Yield one ``address`` per host that stands in texts or, when given, in the code.

    Args:
        about: the subject.
        texts: pairs (text, locator).
        analysis: whose DEX files are searched.
    """
    found: dict[tuple[str, bool], Endpoint] = {}
    for endpoint in find_endpoints(texts):
        found.setdefault((endpoint.host, endpoint.cleartext), endpoint)
    for dex in analysis.program.dexes if analysis else ():
        for endpoint in find_in_dex(dex):
            found.setdefault((endpoint.host, endpoint.cleartext), endpoint)
    for endpoint in found.values():
        yield about.fact(
            "address", item=endpoint.host, recipient=endpoint.recipient,
            party=endpoint.party, certainty="reachable", locator=endpoint.locator,
            detail={"cleartext": endpoint.cleartext}
            | ({"hosted_by": endpoint.hosted_by} if endpoint.hosted_by else {}),
        )  # fmt: skip


def permission_uses(
    about: About, package: AppPackage, analysis: Analysis, whose: Attribution
) -> Iterator[Fact]:
    """Yield permissions that no code uses, that code uses, and that code needs but lacks.

    Of a used one ``detail.own`` says whether code of the app itself, or of nobody known, uses it.

    *Unused* is said only where the catalogue of uses is complete and no code is hidden (loaded at
    run time, native) that could use the permission.
    """
    declared = package.manifest.permission_names
    catalogue = analysis.catalogue
    users = _users(analysis, declared)
    hidden = bool(package.native_libraries) or any(
        catalogue.apis[place].effect in HIDDEN and "load" in catalogue.apis[place].key
        for _, place in analysis.sites
    )
    for name in sorted(declared):
        use = catalogue.permission_uses.get(name)
        if name in users:
            own = any(whose.actor(user).actor in OWN for user in users[name])
            yield _permission(about, name, "used", {"own": own})
        elif use is not None and use.complete and not (hidden and use.native):
            yield _permission(about, name, "unused", {})
    yield from _undeclared(about, analysis, declared)


def _permission(about: About, name: str, outcome: str, detail: dict[str, bool]) -> Fact:
    return about.fact(
        "permission", item=name, outcome=outcome, certainty="reachable",
        locator="classes*.dex", detail=detail,
    )  # fmt: skip


def _undeclared(about: About, analysis: Analysis, declared: frozenset[str]) -> Iterator[Fact]:
    """Yield permissions of which a reached call needs one and the package declares none."""
    told = set()
    for row, place in analysis.sites:
        api = analysis.catalogue.apis[place]
        needed = api.permissions
        if not needed or api.conditional or declared.intersection(needed) or needed in told:
            continue
        if analysis.when(row) is None:
            continue
        told.add(needed)
        yield about.fact(
            "permission", item=needed[0], outcome="undeclared", certainty="reachable",
            locator=analysis.program.locate(row), detail={"any_of": list(needed)},
        )  # fmt: skip


def _users(analysis: Analysis, declared: frozenset[str]) -> dict[str, set[str]]:
    """Return the classes that use each permission, by an API, a class, a call or a text."""
    uses = [use for use in analysis.catalogue.permission_uses.values() if use.name in declared]
    wanted = [want for use in uses for want in _wanted(use)]
    rows = [
        (permission, row)
        for row, place in analysis.sites
        for permission in analysis.catalogue.apis[place].permissions
    ]
    rows += [(wanted[place].key, row) for row, place in find_sites(analysis.hierarchy, wanted)]
    rows += [(use.name, row) for use in uses for row in _calls_of(analysis, use)]
    found: dict[str, set[str]] = defaultdict(set)
    for permission, row in rows:
        found[permission].add(_class_of(analysis, row))
    return found


def _class_of(analysis: Analysis, row: int) -> str:
    program = analysis.program
    return program.class_name(int(program.method_class[analysis.method_of(row)]))


def _wanted(use: PermissionUse) -> list[Wanted]:
    texts = [Wanted(key=use.name, texts=use.texts)] if use.texts else []
    return texts + [
        Wanted(key=use.name, owner=owner, methods=(method,))
        for owner, method in (call.split("#", 1) for call in use.calls)
    ]


def _calls_of(analysis: Analysis, use: PermissionUse) -> list[int]:
    """Return a call in each body that calls a method of one of the use's classes, or a subclass."""
    numbers = [n for name in use.classes if (n := analysis.hierarchy.find(name)) >= 0]
    if not numbers:
        return []
    program = analysis.program
    classes = np.zeros(len(program.class_names), dtype=bool)
    for number in numbers:
        classes[list(analysis.hierarchy.subtypes(number))] = True
    methods = np.append(classes[program.method_class], False)
    rows = np.flatnonzero(METHOD_REF[program.row_opcode])
    rows = rows[methods[program.row_target[rows]]]
    _, first = np.unique(program.row_body[rows], return_index=True)
    found: list[int] = rows[first].tolist()
    return found
