"""Drivers' own test suites against a real PostgreSQL, directly and through the lane.

    python bench/keep_drivers.py [--only psycopg2 asyncpg] [--minutes 20]

The suites come from the drivers' source distributions, the drivers themselves from their wheels, in
an environment of their own under the user's cache. The lane runs as a user gets it: what loses data
runs in quarantine, what has none is refused. The table says how many tests pass directly and how
many of those through the lane; each that differs is printed with the first line of what it met.
Exit code 1: a test differs for another reason than a refusal.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.guards.keep.lane.harness import Guarded, running_server  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.guards.keep.lane.harness import Server

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hongxian" / "drivers"
REFUSED = "refused by Hongxian"


@dataclass(frozen=True)
class Driver:
    """A driver: the distribution with its tests, the one to install, and how its tests are told."""

    source: str
    wheel: str
    version: str
    names: tuple[str, ...]
    """Environment variables for database, host, port and user."""

    @property
    def folder(self) -> Path:
        """Where its tests are."""
        return CACHE / f"{self.source}-{self.version}"


DRIVERS = (
    Driver("psycopg2", "psycopg2-binary", "2.9.13",
           ("PSYCOPG2_TESTDB", "PSYCOPG2_TESTDB_HOST", "PSYCOPG2_TESTDB_PORT",
            "PSYCOPG2_TESTDB_USER")),
    Driver("asyncpg", "asyncpg", "0.31.0", ("PGDATABASE", "PGHOST", "PGPORT", "PGUSER")),
)  # fmt: skip


def python() -> Path:
    """Return the interpreter of the environment; make it if it is not there."""
    made = CACHE / "environment"
    if not (made / "done").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", made], check=True)
        wanted = [f"{one.wheel}=={one.version}" for one in DRIVERS]
        subprocess.run(
            [made / "bin" / "pip", "install", "-q", "pytest", "pytest-timeout", "distro", *wanted],
            check=True,
        )
        (made / "done").touch()
    return made / "bin" / "python"


def tests_of(driver: Driver) -> Path:
    """Return the folder of a driver's tests, without the driver; fetch it if it is not there."""
    if not driver.folder.exists():
        with tempfile.TemporaryDirectory() as made:
            subprocess.run(
                [python(), "-m", "pip", "download", "-q", "--no-deps", "--no-binary",
                 driver.source, "-d", made, f"{driver.source}=={driver.version}"], check=True,
            )  # fmt: skip
            with tarfile.open(next(Path(made).glob("*.tar.gz"))) as packed:
                packed.extractall(made, filter="data")
            found = next(Path(made).glob(f"{driver.source}-*/tests"))
            shutil.copytree(found, driver.folder / "tests")
    return driver.folder


def run(driver: Driver, database: str, port: int, minutes: float) -> dict[str, str]:
    """Return for each test of a driver what came of it: empty when it passed."""
    values = (database, "127.0.0.1", str(port), "operator")
    kept = {key: one for key, one in os.environ.items() if not key.startswith(("PG", "PYTHON"))}
    with tempfile.TemporaryDirectory() as made:
        told = Path(made) / "told.xml"
        try:
            subprocess.run(
                [python(), "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout", "60",
                 f"--junitxml={told}", "tests"],
                cwd=tests_of(driver), env={**kept, **dict(zip(driver.names, values, strict=True))},
                check=False, stdout=subprocess.DEVNULL, timeout=minutes * 60,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            sys.exit(f"{driver.source}: its tests did not end in {minutes:g} minutes")
        return {
            f"{one.get('classname')}::{one.get('name')}": outcome(one)
            for one in ET.parse(told).iter("testcase")  # noqa: S314 - our own file
        }


def outcome(case: ET.Element) -> str:
    """Return the line that tells why a test did not pass."""
    for part in case:
        if part.tag in ("failure", "error", "skipped"):
            text = f"{part.get('message')}\n{part.text}"
            lines = [one.strip() for one in text.splitlines() if one.strip()]
            hit = next((one for one in lines if REFUSED in one), lines[0])
            return f"{part.tag}: {hit[:200]}"
    return ""


@contextmanager
def scratch(server: Server) -> Iterator[str]:
    """A database of a driver's own."""
    with server.database() as name:
        with server.connect(name) as one:
            one.execute("drop function wipe(); drop table t, large; create extension hstore")
        yield name


def compared(driver: Driver, minutes: float) -> bool:
    """Run a suite twice, print what differs, and return whether that is by refusals alone."""
    with running_server() as server, tempfile.TemporaryDirectory() as place:
        with scratch(server) as name:
            direct = run(driver, name, server.port, minutes)
        with scratch(server) as name, Guarded(server, name, Path(place), quarantine="") as lane:
            through = run(driver, name, lane.port, minutes)
    passed = [name for name, why in direct.items() if not why]
    differing = [(name, through.get(name, "not run")) for name in passed if through.get(name, "x")]
    for name, why in differing:
        print(f"{name}: {why}")
    refused = sum(REFUSED in why for _, why in differing)
    print(f"| {driver.source} {driver.version} | {len(direct)} | {len(passed)} | "
          f"{len(passed) - len(differing)} | {refused} | {len(differing) - refused} |",
          flush=True)  # fmt: skip
    return refused == len(differing)


def main() -> None:
    """Run the suites and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=[one.source for one in DRIVERS])
    parser.add_argument("--minutes", type=float, default=20)
    given = parser.parse_args()
    print("| suite | tests | pass directly | of these through the lane | refused | other |")
    print("|---|---|---|---|---|---|", flush=True)
    chosen = [one for one in DRIVERS if not given.only or one.source in given.only]
    told = [compared(one, given.minutes) for one in chosen]
    sys.exit(0 if all(told) else 1)


if __name__ == "__main__":
    main()
