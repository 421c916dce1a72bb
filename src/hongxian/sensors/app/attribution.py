"""Whose code a class is: the app's own, an SDK's, a library's, the system's, or unknown.

The longest package prefix that fits wins, over all lists together. What fits none is unknown; it
is never the app's own by default.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from hongxian.laws.libraries import load_libraries
from hongxian.laws.sdks import load_sdks
from hongxian.sensors.app.catalogue.source import rows

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from hongxian.sensors.app.package import AppPackage
    from hongxian.sensors.app.package.model import Manifest

SYSTEM = (
    "java", "javax", "android", "dalvik", "libcore", "sun", "jdk", "com.android.internal",
    "org.w3c.dom", "org.xml.sax", "org.apache.harmony", "org.ccil.cowan.tagsoup",
)  # fmt: skip
"""Packages of the platform itself."""
_SHARED = re.compile(
    r"[a-z]+\.(?:com?|net|org|gov|edu|ac|github|gitlab|gitee)|com\.(?:android|google)"
)
"""Two segments that many parties share: what comes next is the party."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose code it is."""

    actor: str
    """``first_party``, an SDK's key, ``library``, ``system`` or ``unknown``."""
    party: str | None
    """The company behind an SDK."""
    library: str | None
    """Name of the open-source library."""
    reason: str
    """Why: the prefix that fitted, or what is missing."""


@dataclass(frozen=True, slots=True)
class EmbeddedSdk:
    """An SDK whose code, component or native library is in the package."""

    key: str
    evidence: str
    """Where it shows: ``class ...``, ``component ...`` or ``lib/...``."""


@dataclass(slots=True)
class Attribution:
    """Says whose a class is, for one app."""

    own: tuple[str, ...]
    """The app's own packages."""
    actors: dict[str, Actor]
    """By prefix."""
    _known: dict[str, Actor] = field(default_factory=dict, repr=False)
    """By package, as asked so far."""

    @classmethod
    def of(cls, package: AppPackage, class_names: Sequence[bytes]) -> Attribution:
        """Learn an app's own packages.

        Args:
            package: the app.
            class_names: descriptors of the classes that its code names; a component of the
                manifest that is not among them tells nothing of whose code there is.
        """
        own = own_packages(package.manifest, frozenset(class_names))
        return cls(own, {**_listed(), **{name: _own(name) for name in own}})

    def actor(self, class_name: str) -> Actor:
        """Return whose a class is, named as in Java: ``com.example.A``."""
        if class_name.startswith("["):
            class_name = class_name.lstrip("[").strip("L;").replace("/", ".")
        package = class_name.rpartition(".")[0]
        actor = self._known.get(package)
        if actor is None:
            actor = _longest(self.actors, package) or Actor("unknown", None, None, _why(package))
            self._known[package] = actor
        return actor


def own_packages(manifest: Manifest, classes: Container[bytes] = frozenset()) -> tuple[str, ...]:
    """Return the packages that hold the app's own code.

    These are the manifest's package and, as the code often stands in another one, what the
    components that carry the app's name, its start screens and its application class share: two
    segments at least, and no class of an SDK or a library.

    Args:
        manifest: the app's.
        classes: descriptors of the classes in the code.
    """
    own = [] if _obfuscated(manifest.package) or not manifest.package else [manifest.package]
    anchors = {*manifest.launchers, *filter(None, (manifest.application,))}
    families: dict[str, list[str]] = defaultdict(list)
    for name in (*anchors, *(c.name for c in manifest.components if c.kind != "alias")):
        if _descriptor(name) in classes and _unlisted(name):
            families[_head(name)].append(name)
    heads = {_head(name) for name in anchors} | {_head(f"{manifest.package}.A")}
    own += [
        prefix
        for head, names in families.items()
        if head in heads
        for prefix in _packages(names)
        if "." in prefix and not _obfuscated(prefix)
    ]
    return tuple(dict.fromkeys(own))


def embedded_sdks(
    class_names: Sequence[bytes],
    component_names: Iterable[str],
    native_libs: Iterable[str],
    whose: Attribution | None = None,
) -> list[EmbeddedSdk]:
    """Return the SDKs in a package, each with one place where it shows.

    Args:
        class_names: descriptors of the classes that the package defines.
        component_names: classes of the manifest's components.
        native_libs: names of native libraries, such as ``libexample.so``.
        whose: the app's own packages are no SDK, even below an SDK's prefix.
    """
    actors = whose.actors if whose else _listed()
    found: dict[str, str] = {}
    for name in _firsts(class_names):
        _note(found, actors, name, "class")
    for name in component_names:
        _note(found, actors, name, "component")
    by_library = _native_keys()
    for name in native_libs:
        if key := by_library.get(name):
            found.setdefault(key, f"lib/{name}")
    return [EmbeddedSdk(key, found[key]) for key in sorted(found)]


def _firsts(class_names: Sequence[bytes]) -> Iterator[str]:
    """Yield the first class of each package."""
    firsts: dict[bytes, bytes] = {}
    for name in class_names:
        firsts.setdefault(name[: name.rfind(b"/")], name)
    for name in firsts.values():
        yield name.decode("utf-8", "replace").strip("L;").replace("/", ".")


def _note(found: dict[str, str], actors: Mapping[str, Actor], name: str, what: str) -> None:
    actor = _longest(actors, name.rpartition(".")[0])
    if actor is not None and actor.actor in load_sdks():
        found.setdefault(actor.actor, f"{what} {name}")


@cache
def _listed() -> dict[str, Actor]:
    """Return the actors by prefix; an SDK goes before a library of the same prefix."""
    found = {name: Actor("system", None, None, f"system package {name}") for name in SYSTEM}
    for library in load_libraries().values():
        for prefix in library.prefixes:
            found[prefix] = Actor("library", None, library.name, f"library package {prefix}")
    for sdk in load_sdks().values():
        for prefix in sdk.prefixes:
            found[prefix] = Actor(sdk.key, sdk.company, None, f"SDK package {prefix}")
    return found


@cache
def _native_keys() -> dict[str, str]:
    """Return SDK keys by the name of a native library."""
    found = {row["name"]: row["sdk"] for row in rows("native_libraries")["library"]}
    return found | {name: sdk.key for sdk in load_sdks().values() for name in sdk.native_libs}


@cache
def _shells() -> frozenset[str]:
    """Return the application classes that packers put in place of the app's own."""
    packers = rows("packers")["packer"]
    return frozenset(name for row in packers for name in row.get("applications", ()))


def _own(name: str) -> Actor:
    return Actor("first_party", None, None, f"the app's own package {name}")


def _longest(actors: Mapping[str, Actor], package: str) -> Actor | None:
    while package:
        if actor := actors.get(package):
            return actor
        package = package.rpartition(".")[0]
    return None


def _unlisted(name: str) -> bool:
    package = name.rpartition(".")[0]
    return name not in _shells() and _longest(_listed(), package) is None


def _descriptor(name: str) -> bytes:
    return f"L{name.replace('.', '/')};".encode()


def _head(name: str) -> str:
    """Return the segments that name the party: ``com.example``, ``io.github.someone``."""
    parts = name.split(".")[:-1]
    count = 3 if _SHARED.fullmatch(".".join(parts[:2])) else 2
    return ".".join(parts[:count])


def _packages(names: Sequence[str]) -> Iterator[str]:
    """Yield what the classes share; below a vendor's name with SDKs in it, each part by itself."""
    shared = _common(names)
    if not any(prefix.startswith(f"{shared}.") for prefix in _listed()):
        yield shared
        return
    parts: dict[str, list[str]] = defaultdict(list)
    for name in names:
        part = name[len(shared) + 1 :].partition(".")
        if part[1]:
            parts[part[0]].append(name)
    for one in parts.values():
        yield from _packages(one)


def _common(names: Sequence[str]) -> str:
    """Return the longest package that holds all classes."""
    split = [name.split(".")[:-1] for name in names]
    shared = []
    for parts in zip(*split, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return ".".join(shared)


def _obfuscated(package: str) -> bool:
    return all(len(part) <= 2 for part in package.split("."))


def _why(package: str) -> str:
    if not package:
        return "default package"
    return "shortened names" if _obfuscated(package) else "no known prefix"
