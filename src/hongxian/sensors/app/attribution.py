"""Whose code a class is: the app's own, an SDK's, an open-source library's, the system's.

The longest known package prefix wins, at the borders of dots. What no prefix names stays
``unknown``: never the app's own by default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING, Self

from hongxian.laws.libraries import Library, load_libraries
from hongxian.laws.sdks import Sdk, load_sdks
from hongxian.sensors.app.catalogue.source import rows
from hongxian.sensors.app.packers import is_shell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hongxian.sensors.app.package import AppPackage

FIRST_PARTY, LIBRARY, SYSTEM, UNKNOWN = "first_party", "library", "system", "unknown"

SYSTEM_PREFIXES = (
    "android", "com.android.internal", "dalvik", "java", "javax", "jdk", "libcore", "org.json",
    "org.w3c.dom", "org.xml.sax", "org.xmlpull.v1", "org.apache.http", "sun",
)  # fmt: skip
"""Packages of the platform (Android SDK reference)."""

OWN_SEGMENTS = 2
"""A package of fewer segments is nobody's."""
_HOSTING = re.compile(
    r"[a-z]+\.(?:com?|net|org|gov|edu|ac|github|gitlab|gitee)|com\.(?:android|google)"
)
"""Two segments that many parties share: the third is the party."""
SHORT = 2
"""Package segments of at most so many letters are a renaming's."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose code."""

    actor: str
    """``first_party``, an SDK key, ``library``, ``system`` or ``unknown``."""
    party: str | None
    """The legal entity behind an SDK."""
    library: str | None
    """Key of the library, of ``library`` only."""
    reason: str
    """What says so, in English."""


@dataclass(frozen=True, slots=True)
class EmbeddedSdk:
    """An SDK that is in the package."""

    key: str
    evidence: str
    """``class com.umeng.analytics.MobclickAgent``, ``component ...`` or ``library ...``."""


_OBFUSCATED = Actor(UNKNOWN, None, None, "a renamed package")
_NOBODY = Actor(UNKNOWN, None, None, "no known prefix")


class Attribution:
    """Whose code the classes of one app are.

    Args:
        own: packages of the app's own, of at least two segments each.
        sdks: SDKs by key.
        libraries: libraries by key.
    """

    def __init__(
        self,
        own: Iterable[str],
        sdks: Mapping[str, Sdk] | None = None,
        libraries: Mapping[str, Library] | None = None,
    ) -> None:
        """Index the prefixes; of equal ones the app's own, the system's, an SDK's comes first."""
        sdks = load_sdks() if sdks is None else sdks
        self.own = tuple(name for name in own if name.count(".") >= OWN_SEGMENTS - 1)
        self._table = _library_actors(load_libraries() if libraries is None else libraries)
        self._table |= _sdk_actors(sdks)
        self._table |= {name: Actor(SYSTEM, None, None, name) for name in SYSTEM_PREFIXES}
        self._table |= {name: Actor(FIRST_PARTY, None, None, name) for name in self.own}
        self._packages: dict[str, Actor] = {}

    @classmethod
    def of(cls, package: AppPackage, class_names: Iterable[bytes] = ()) -> Self:
        """Make the attribution of a package.

        Args:
            package: its manifest names the app's package and components.
            class_names: descriptors of the code's classes: without any under the manifest's
                package, that of the components is looked for.
        """
        manifest = package.manifest
        starters = [*manifest.launchers, *([manifest.application] if manifest.application else [])]
        components = [component.target or component.name for component in manifest.components]
        found = own_packages(manifest.package, components, starters)
        return cls(_present(found, manifest.package, class_names))

    def actor(self, name: str) -> Actor:
        """Return whose code a class is.

        Args:
            name: the class as Java writes it.
        """
        package = name.rpartition(".")[0]
        actor = self._packages.get(package)
        if actor is None:
            actor = self._packages[package] = self._longest(package)
        return self._table.get(name, actor)

    def _longest(self, package: str) -> Actor:
        at = package
        while at:
            if at in self._table:
                return self._table[at]
            at = at.rpartition(".")[0]
        return _OBFUSCATED if _renamed(package) else _NOBODY


def own_packages(
    package: str, components: Iterable[str], starters: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the app's own packages: the manifest's, and the one that its components lie in.

    The latter is looked for when launcher activity or application lie outside the manifest's
    package (a build changed the application id): what such a starter has in common with the
    components of the same head. A packer's application object tells nothing.
    """
    known = Attribution([package])
    names = [name for name in components if known.actor(name) is _NOBODY]
    found = set(known.own)
    for starter in starters:
        if known.actor(starter) is not _NOBODY or is_shell(starter):
            continue
        if (shared := _shared_package(starter, names)) is not None:
            found.add(shared)
    return tuple(sorted(found))


def _shared_package(starter: str, names: Iterable[str]) -> str | None:
    """Return the widest package around a starter that is one party's.

    It is narrowed while packages of SDKs or libraries lie in it: a vendor's name covers more than
    one app.
    """
    parts = starter.split(".")[:-1]
    size = OWN_SEGMENTS + bool(_HOSTING.fullmatch(".".join(parts[:OWN_SEGMENTS])))
    while size <= len(parts):
        kin = [
            parts,
            *(at for name in names if (at := name.split(".")[:-1])[:size] == parts[:size]),
        ]
        common = _common(kin)
        inside = ".".join(common) + "."
        if not any(prefix.startswith(inside) for prefix in _listed_prefixes()):
            return ".".join(common)
        size = len(common) + 1
    return None


def embedded_sdks(
    class_names: Iterable[bytes],
    components: Iterable[str],
    native: Iterable[str],
    own: Iterable[str] = (),
) -> list[EmbeddedSdk]:
    """Return the SDKs whose classes, components or native libraries are in the package.

    Args:
        class_names: descriptors of the classes that the code defines.
        components: class names of the manifest's components.
        native: names of native libraries.
        own: the app's own packages: code of a vendor's app is no SDK in it.
    """
    known = Attribution(own)
    found: dict[str, str] = {}
    for descriptor in _one_per_package(class_names):
        name = descriptor[1:-1].decode("utf-8", "replace").replace("/", ".")
        _note(found, known.actor(name), f"class {name}")
    for name in components:
        _note(found, known.actor(name), f"component {name}")
    for library in native:
        for key, pattern in _native_patterns():
            if pattern.match(library):
                found.setdefault(key, f"library {library}")
    return [EmbeddedSdk(key, evidence) for key, evidence in sorted(found.items())]


def _note(found: dict[str, str], actor: Actor, evidence: str) -> None:
    if actor.actor not in (FIRST_PARTY, LIBRARY, SYSTEM, UNKNOWN):
        found.setdefault(actor.actor, evidence)


def _one_per_package(class_names: Iterable[bytes]) -> list[bytes]:
    packages: dict[bytes, bytes] = {}
    for name in class_names:
        if name[:1] == b"L":
            packages.setdefault(name.rpartition(b"/")[0], name)
    return list(packages.values())


def _library_actors(libraries: Mapping[str, Library]) -> dict[str, Actor]:
    return {
        prefix: Actor(LIBRARY, None, library.key, prefix)
        for library in libraries.values()
        for prefix in library.prefixes
    }


def _sdk_actors(sdks: Mapping[str, Sdk]) -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for sdk in sdks.values():
        for prefix in sdk.prefixes:
            found.setdefault(prefix, Actor(sdk.key, sdk.company, None, prefix))
    return found


def _present(found: tuple[str, ...], package: str, class_names: Iterable[bytes]) -> tuple[str, ...]:
    """Add the nearest parent of the manifest's package that has code, where it has none itself."""
    if len(found) > 1 or not package:
        return found
    text = b"\n".join(class_names)
    at = package
    while at.count(".") >= OWN_SEGMENTS:
        if b"L" + at.replace(".", "/").encode() + b"/" in text:
            break
        at = at.rpartition(".")[0]
    return tuple(dict.fromkeys((*found, at))) if at.count(".") >= OWN_SEGMENTS else found


def _common(packages: list[list[str]]) -> list[str]:
    common = []
    for parts in zip(*packages, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return common


def _renamed(package: str) -> bool:
    """Whether a package's name is what renaming leaves: nothing, or a few letters a segment."""
    return all(len(segment) <= SHORT for segment in package.split("."))


@cache
def _listed_prefixes() -> frozenset[str]:
    return frozenset((*_sdk_actors(load_sdks()), *_library_actors(load_libraries())))


@cache
def _native_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = [(row["sdk"], row["name"]) for row in rows("native_libraries")["library"]]
    listed += [(sdk.key, name) for sdk in load_sdks().values() for name in sdk.native_libs]
    return tuple((key, re.compile(translate(name))) for key, name in listed)
