"""What a package format is; a new one is a module that defines a :class:`Format`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hongxian.sensors.app.package.app_package import AppPackage
    from hongxian.sensors.app.package.container import Archive
    from hongxian.sensors.app.package.directory import Raw
    from hongxian.sensors.app.package.faults import PackageError


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was handed in, mapped and hashed."""

    path: Path
    data: Raw
    sha256: str
    archive: Archive | None
    """The file as a ZIP; ``None`` when it is none."""
    fault: PackageError | None = None
    """Why it is none."""


@dataclass(frozen=True, slots=True)
class Format:
    """One package format."""

    key: str
    suffixes: tuple[str, ...]
    """File names end like this; what is inside counts for more."""
    detect: Callable[[Source], bool]
    open: Callable[[Source], AppPackage]
