"""App packages: what is in them, read without running anything.

:func:`open_package` finds the format by what is inside. A new format is a module with a
:class:`~hongxian.sensors.app.package.formats.Format`, listed in :data:`FORMATS`.
"""

from __future__ import annotations

import hashlib
import mmap
from typing import TYPE_CHECKING

from hongxian.sensors.app.package import apk, bundle
from hongxian.sensors.app.package.app_package import AppPackage
from hongxian.sensors.app.package.container import Archive, Limits
from hongxian.sensors.app.package.faults import PackageError, Problem
from hongxian.sensors.app.package.formats import Format, Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hongxian.sensors.app.package.directory import Raw

__all__ = ["FORMATS", "AppPackage", "Format", "Limits", "PackageError", "Problem", "open_package"]

FORMATS: tuple[Format, ...] = (apk.FORMAT, bundle.XAPK, bundle.APKS)
"""All formats; the first that recognises a file opens it."""


def open_package(path: Path, limits: Limits | None = None) -> AppPackage:
    """Open an app package; close it after use, or use it as a context manager.

    Args:
        path: the file.
        limits: how much it may make us read.

    Raises:
        PackageError: nothing in it can be read; one line says why. What can be read is kept, and
            the rest told in :attr:`AppPackage.problems`.
    """
    data, release = _mapped(path)
    try:
        source = _source(path, data, limits or Limits())
        package = _format(source).open(source)
    except BaseException:
        release()
        raise
    package.release = release
    return package


def _format(source: Source) -> Format:
    for candidate in FORMATS:
        if candidate.detect(source):
            return candidate
    raise source.fault or PackageError(source.path.name, "not_a_package")


def _mapped(path: Path) -> tuple[Raw, Callable[[], None]]:
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                raise PackageError(path.name, "empty")
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise PackageError(str(path), "no_file", reason=error.strerror or "") from None
    return data, data.close


def _source(path: Path, data: Raw, limits: Limits) -> Source:
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return Source(path, data, sha256, Archive(data, path.name, limits=limits))
    except PackageError as error:
        return Source(path, data, sha256, None, error)
