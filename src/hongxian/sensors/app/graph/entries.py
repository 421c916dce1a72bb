"""Where an app's code begins: what runs before any act of the person, and what runs later."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hongxian.sensors.app.graph.implicit import methods_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hongxian.sensors.app.graph.hierarchy import Hierarchy
    from hongxian.sensors.app.package.model import Component, Manifest

STARTUP_PROVIDER = "androidx.startup.InitializationProvider"
STARTUP_MARK = "androidx.startup"


@dataclass(frozen=True, slots=True)
class Entry:
    """A method that the system calls."""

    method: int
    kind: str
    """``application``, ``provider``, ``initializer``, ``activity``, ``receiver`` ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle:
    """Which methods the system calls, by kind of component."""

    methods: Mapping[str, tuple[str, ...]]
    """Kind -> names of the methods that run as the component starts."""
    later: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind -> names of those that run some time afterwards."""
    broadcasts: frozenset[str] = frozenset()
    """Broadcasts that the system sends without an act of the person."""
    fixed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Classes and methods that frameworks call by name, whatever the manifest says."""


def early_entries(hierarchy: Hierarchy, manifest: Manifest, lifecycle: Lifecycle) -> list[Entry]:
    """Return what runs at the first start, up to the first screen, before any act.

    Providers before the application's ``onCreate``, then the launcher activity; receivers of
    broadcasts that come by themselves.
    """
    found: list[tuple[str, str]] = []
    if manifest.component_factory:
        found.append((manifest.component_factory, "factory"))
    if manifest.application:
        found.append((manifest.application, "application"))
    for component in manifest.components:
        if component.enabled:
            found += _early(component, lifecycle)
    found += [(name, "activity") for name in manifest.launchers]
    return _entries(hierarchy, found, lifecycle) + _fixed(hierarchy, lifecycle)


def late_entries(hierarchy: Hierarchy, manifest: Manifest, lifecycle: Lifecycle) -> list[Entry]:
    """Return all entries of all components, whenever they run."""
    found = [
        (c.target or c.name, "activity" if c.kind == "alias" else c.kind)
        for c in manifest.components
    ]
    early = early_entries(hierarchy, manifest, lifecycle)
    afterwards = replace(lifecycle, methods=lifecycle.later)
    started = _entries(hierarchy, found, lifecycle)
    return early + started + _entries(hierarchy, found, afterwards)


def _early(component: Component, lifecycle: Lifecycle) -> list[tuple[str, str]]:
    if component.kind == "provider":
        found = [(component.name, "provider")]
        if component.name == STARTUP_PROVIDER:
            found += [
                (name, "initializer")
                for name, value in component.meta_data
                if value == STARTUP_MARK
            ]
        return found
    if component.kind == "receiver" and component.actions & lifecycle.broadcasts:
        return [(component.name, "receiver")]
    return []


def _fixed(hierarchy: Hierarchy, lifecycle: Lifecycle) -> list[Entry]:
    return [
        Entry(method, "framework")
        for owner, methods in lifecycle.fixed
        if (number := hierarchy.find(owner)) >= 0
        for method in methods_named(hierarchy, number, methods)
    ]


def _entries(
    hierarchy: Hierarchy, classes: Iterable[tuple[str, str]], lifecycle: Lifecycle
) -> list[Entry]:
    entries: dict[int, Entry] = {}
    for name, kind in classes:
        if (number := hierarchy.find(name)) < 0:
            continue
        for method in methods_named(hierarchy, number, lifecycle.methods.get(kind, ())):
            entries.setdefault(method, Entry(method, kind))
    return list(entries.values())
