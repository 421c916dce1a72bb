"""An opened package: manifest and signatures at once, everything else on demand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Self

from hongxian.sensors.app.package import policy_links
from hongxian.sensors.app.package.faults import PackageError, Problem
from hongxian.sensors.app.package.model import NativeLibrary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hongxian.sensors.app.package.container import Archive
    from hongxian.sensors.app.package.model import (
        Manifest,
        PolicyPart,
        ResourceString,
        Signer,
    )
    from hongxian.sensors.app.package.resources import Resources

_DEX = re.compile(r"classes(\d*)\.dex")
_LIBRARY = re.compile(r"lib/([^/]+)/([^/]+\.so)")


@dataclass
class AppPackage:
    """One app, from one package or from a bundle of splits.

    A context manager: leaving it closes the file. ``problems`` grows while members are read.
    """

    path: Path
    sha256: str
    size: int
    format: str
    """Key of the package format: ``apk``, ``apks`` or ``xapk``."""
    manifest: Manifest
    archives: list[Archive]
    """The base package first, then its splits."""
    resources: Resources
    signers: tuple[Signer, ...] = ()
    schemes: tuple[str, ...] = ()
    own_problems: list[Problem] = field(default_factory=list)
    release: Callable[[], None] | None = None
    """Lets go of the file."""

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Locators of all members; those of splits as ``split.apk!/name``."""
        return tuple(a.prefix + name for a in self.archives for name in a.members)

    @cached_property
    def dex_names(self) -> tuple[str, ...]:
        """Locators of the DEX files, in the order in which the system loads them."""
        found = []
        for place, archive in enumerate(self.archives):
            for name in archive.members:
                if match := _DEX.fullmatch(name):
                    number = match[1][:9]
                    found.append((place, int(number or 1), archive.prefix + name))
        return tuple(locator for _, _, locator in sorted(found))

    @cached_property
    def native_libraries(self) -> tuple[NativeLibrary, ...]:
        """Native libraries by ABI and name."""
        return tuple(
            NativeLibrary(match[1], match[2], archive.prefix + name)
            for archive in self.archives
            for name in archive.members
            if (match := _LIBRARY.fullmatch(name))
        )

    @property
    def problems(self) -> list[Problem]:
        """What was not read, or not as it stands, so far."""
        return self.own_problems + [p for archive in self.archives for p in archive.problems]

    def dex(self) -> Iterator[tuple[str, bytes]]:
        """Yield locator and content of each DEX file, one at a time; unreadable ones are noted."""
        for locator in self.dex_names:
            archive, name = self._find(locator)
            content = archive.get(name)
            if content is not None:
                yield locator, content

    def read(self, locator: str) -> bytes:
        """Return a member's content.

        Raises:
            PackageError: there is no such member, or it cannot be read.
        """
        archive, name = self._find(locator)
        return archive.read(name)

    def strings(self) -> Iterator[ResourceString]:
        """Yield the texts of the resources, default and Chinese."""
        return self.resources.strings()

    @cached_property
    def policies(self) -> tuple[PolicyPart, ...]:
        """Policies, agreements and lists found in resources and assets, each once."""
        parts = list(policy_links.from_strings(self.strings()))
        for archive in self.archives:
            parts += policy_links.from_files(archive)
        return tuple({(p.kind, p.url or p.text): p for p in reversed(parts)}.values())[::-1]

    def close(self) -> None:
        """Let go of the file; members can no longer be read."""
        if self.release is not None:
            self.release()
            self.release = None

    def __enter__(self) -> Self:
        """Return the package itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _find(self, locator: str) -> tuple[Archive, str]:
        for archive in reversed(self.archives):
            name = locator.removeprefix(archive.prefix)
            if locator.startswith(archive.prefix) and name in archive.members:
                return archive, name
        raise PackageError(locator, "missing")
