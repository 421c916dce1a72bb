"""Whether a package's code is packed, and by what.

A packer is named only on a mark that it alone leaves, or on two weaker ones; a security SDK of
the same maker is no packer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING

from hongxian.sensors.app.catalogue.source import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.sensors.app.package.model import NativeLibrary

UNMARKED = "res/"
"""Where no packer leaves a mark; most members lie there."""
HINTS_NEEDED = 2
"""So many different weak marks name a packer."""


@dataclass(frozen=True, slots=True)
class Packer:
    """A packer that was found."""

    key: str
    name: str
    """As a reader knows it, Chinese first."""
    evidence: str
    """The marks, as they stand in the package."""
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signature:
    key: str
    name: str
    confidence: str
    prefixes: tuple[bytes, ...]
    """Of class descriptors, without the final border."""
    applications: re.Pattern[str]
    libs: re.Pattern[str]
    members: re.Pattern[str]
    hint_libs: tuple[re.Pattern[str], ...]
    hint_members: tuple[re.Pattern[str], ...]


def find_packer(
    class_names: Iterable[bytes],
    native: Iterable[NativeLibrary],
    members: Iterable[str],
    application: str | None,
) -> Packer | None:
    """Return the packer whose marks the package bears, or ``None``.

    Args:
        class_names: descriptors of the classes that the code defines or names.
        native: native libraries of the package.
        members: paths in the package; those of splits behind ``!/``.
        application: class of the application object.
    """
    libraries = {library.name: library.locator for library in native}
    named = ((path.rpartition("!/")[2], path) for path in members)
    paths = {name: path for name, path in named if not name.startswith(UNMARKED)}
    loaders = _loaders(class_names)
    for one in _signatures():
        sure = _sure(one, loaders, libraries, paths, application)
        marks = sure or _hints(one, libraries, paths)
        if sure or len(marks) >= HINTS_NEEDED:
            return Packer(one.key, one.name, ", ".join(marks[:4]), one.confidence)
    return None


def is_shell(application: str) -> bool:
    """Return whether a class is what a packer puts in place of the app's application object."""
    return any(one.applications.match(application) for one in _signatures())


def _sure(
    one: _Signature,
    loaders: dict[str, str],
    libraries: dict[str, str],
    paths: dict[str, str],
    application: str | None,
) -> list[str]:
    marks = [f"application {application}"] if one.applications.match(application or "") else []
    if one.key in loaders:
        marks.append(f"class {loaders[one.key]}")
    marks += [where for name, where in libraries.items() if one.libs.match(name)]
    return marks + [where for path, where in paths.items() if one.members.match(path)]


def _hints(one: _Signature, libraries: dict[str, str], paths: dict[str, str]) -> list[str]:
    """Return one place per weak mark that is there."""
    found = [
        *(_first(pattern, libraries) for pattern in one.hint_libs),
        *(_first(pattern, paths) for pattern in one.hint_members),
    ]
    return list(dict.fromkeys(where for where in found if where))


def _first(pattern: re.Pattern[str], places: dict[str, str]) -> str | None:
    return next((where for name, where in places.items() if pattern.match(name)), None)


def _loaders(class_names: Iterable[bytes]) -> dict[str, str]:
    """Return the packers whose loader classes are there: key -> the first such class."""
    text = b"\n".join(class_names)
    found: dict[str, str] = {}
    for one in _signatures():
        for prefix in one.prefixes:
            if (name := _class_from(text, prefix)) is not None:
                found.setdefault(one.key, name)
    return found


def _class_from(text: bytes, prefix: bytes) -> str | None:
    """Return the first class that is this one or lies in this package."""
    at = text.find(prefix)
    while at >= 0:
        after = text[at + len(prefix) : at + len(prefix) + 1]
        if after in (b"/", b";", b"$") and (at == 0 or text[at - 1 : at] == b"\n"):
            end = text.find(b";", at)
            return text[at + 1 : end].decode("utf-8", "replace").replace("/", ".")
        at = text.find(prefix, at + 1)
    return None


@cache
def _signatures() -> tuple[_Signature, ...]:
    return tuple(
        _Signature(
            key=row["key"],
            name=row["name"],
            confidence=row["conf"],
            prefixes=tuple(b"L" + name.replace(".", "/").encode() for name in row["classes"]),
            applications=_pattern(row["applications"]),
            libs=_pattern(row["libs"]),
            members=_pattern(row["members"]),
            hint_libs=tuple(_of_kind("lib", row["hints"])),
            hint_members=tuple(_of_kind("member", row["hints"])),
        )
        for row in rows("packers")["packer"]
    )


def _of_kind(kind: str, hints: Iterable[str]) -> Iterator[re.Pattern[str]]:
    for hint in hints:
        word, _, name = hint.partition(":")
        if word == kind:
            yield _pattern([name])


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for all names; none matches nothing."""
    return re.compile("|".join(map(translate, names)) or r"(?!)")
