"""Vaults on loopback, and the real restic as their client."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.vault.clock import Readings, VaultClock
from hongxian.guards.keep.vault.objects import Store
from hongxian.guards.keep.vault.passwords import hashed
from hongxian.guards.keep.vault.serve import Server
from hongxian.guards.keep.vault.settings import load_vault

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = 86_400.0
PASSWORD = hashed("open sesame")
ADDRESS = "127.0.0.1:0"


@dataclass
class Machine:
    """The clocks of a machine, which a test may move."""

    wall: float = 1_800_000_000.0
    up: float = 1_000.0
    boot: str = "first"

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self.wall += seconds
        self.up += seconds

    def clock(self, path: Path, **told: Any) -> VaultClock:
        """Return a vault's clock on this machine."""
        readings = Readings(lambda: self.wall, lambda: self.up, lambda: self.boot)
        return VaultClock(path, readings=readings, **told)


def store(folder: Path, machine: Machine | None = None, reserve: int = 0) -> Store:
    """Open a vault's folder on a machine."""
    folder.mkdir(exist_ok=True)
    made = Store(folder, (machine or Machine()).clock(folder / "clock.json"), reserve)
    made.clock.tick()
    return made


def settings_file(folder: Path, **client: object) -> Path:
    """Write settings with one client, ``shop``."""
    told = {"password": PASSWORD, **client}
    lines = [f"{key} = {value!r}" for key, value in told.items()]
    path = folder / "vault.toml"
    path.write_text(
        f'[vault]\nfolder = "vault"\nretention = "30d"\n[listen]\naddress = "{ADDRESS}"\n'
        "[clients.shop]\n" + "\n".join(lines).replace("'", '"') + "\n",
        "utf-8",
    )
    return path


@contextmanager
def serving(path: Path) -> Iterator[Server]:
    """Run a vault until the test is done."""
    server = Server(load_vault(path), "en")
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.ready:
            time.sleep(0.01)
        yield server
    finally:
        server.end()
        thread.join()


@dataclass
class Restic:
    """restic, with the vault as its repository."""

    address: str
    folder: Path
    scheme: str = "http"
    words: tuple[str, ...] = ()
    outcome: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Return what restic is told."""
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "RESTIC_PASSWORD": "reading",
            "RESTIC_REPOSITORY": f"rest:{self.scheme}://shop:open sesame@{self.address}/shop/"
            .replace(" ", "%20"),
        }  # fmt: skip

    def __call__(self, *words: str) -> str:
        """Run it to its end; return what it printed."""
        program = shutil.which("restic")
        assert program, "restic is not installed: run .ci/system"
        done = subprocess.run(
            [program, "--no-cache", *self.words, *words], env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *words: str, until: str) -> str:
        """Run it until it is refused; restic itself would try for a minute more."""
        with subprocess.Popen(
            ["restic", "--no-cache", *self.words, *words], env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        ) as running:  # fmt: skip
            seen = ""
            assert running.stdout
            for line in running.stdout:
                seen += line
                if until in line:
                    running.terminate()
            running.wait(60)
        assert until in seen, seen
        assert running.returncode, seen
        return seen
