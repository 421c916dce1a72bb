"""The DEX files of a package, as the scripts of both sides read them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000


def dex_files(apk: Path) -> list[tuple[str, bytes]]:
    """Return name and content of the DEX files that a device would load, in its order."""
    with zipfile.ZipFile(apk) as package:
        return [(info.filename, package.read(info)) for info in _infos(package)]


def dex_megabytes(apk: Path) -> float:
    """Return the size of the DEX files of a package, unpacked."""
    with zipfile.ZipFile(apk) as package:
        return sum(info.file_size for info in _infos(package)) / MEGABYTE


def _infos(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [
        info
        for info in package.infolist()
        if info.filename.startswith("classes") and info.filename.endswith(".dex")
    ]
    return sorted(found, key=lambda info: (len(info.filename), info.filename))
