"""Programs read from the bundled samples."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from hongxian.sensors.app.dex.program import Program, read_program

SAMPLES = Path(__file__).parents[3] / "samples"


def dex_files(apk: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(apk) as package:
        names = [name for name in package.namelist() if name.endswith(".dex")]
        return [(name, package.read(name)) for name in sorted(names)]


@pytest.fixture(scope="session")
def lantern_dex() -> bytes:
    return dex_files(SAMPLES / "lantern.apk")[0][1]


@pytest.fixture(scope="session")
def lantern() -> Program:
    return read_program(dex_files(SAMPLES / "lantern.apk"))


@pytest.fixture(scope="session")
def lantern_clean() -> Program:
    return read_program(dex_files(SAMPLES / "lantern_clean.apk"))
