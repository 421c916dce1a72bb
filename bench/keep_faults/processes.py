"""Runs programs as a user on a host, and the product as its users do."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import users

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .network import Network

SOURCES = str(Path(__file__).parents[2] / "src")
SITES = os.pathsep.join([SOURCES, *(one for one in sys.path if one.endswith("site-packages"))])
PYTHON = f"python3.{sys.version_info.minor}"
INTERPRETER = shutil.which(PYTHON, path="/usr/bin:/usr/local/bin") or sys.executable
"""One that every user may run: those of people's homes are closed to others."""
KEEP = [INTERPRETER, "-c", "from hongxian.cli import main; main()", "keep"]
"""The command ``hongxian keep``."""


def moved(seconds: int) -> list[str]:
    """Return the command with a wall clock that is off, before anything reads it."""
    text = (
        f"import time; wall = time.time; time.time = lambda: wall() + {seconds}; "
        "from hongxian.cli import main; main()"
    )
    return [INTERPRETER, "-c", text, "keep"]


FAKETIME = "usr/lib/*/faketime/libfaketime.so.1"
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Done:
    """A program that has ended: its code, and all that it printed."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs programs.

    Args:
        network: the hosts.
    """

    network: Network

    def words(self, host: str, part: str, command: Sequence[object]) -> list[str]:
        """Return the whole command by which a part runs a program on a host."""
        asked = [str(one) for one in command]
        if part != "root":
            user = users.name(part)
            asked = [
                "setpriv",
                "--reuid",
                user,
                "--regid",
                user,
                "--clear-groups",
                "--no-new-privs",
                "--",
                *asked,
            ]
        return [*self.network.within(host), *asked]

    def run(
        self, host: str, part: str, *command: object, given: str | None = None, **told: str
    ) -> Done:
        """Run a program to its end.

        Args:
            host: where.
            part: as whom; ``root`` too.
            command: program and words.
            given: what it reads.
            told: its environment, beside what all have.
        """
        read: dict[str, Any] = {"input": given} if given else {"stdin": subprocess.DEVNULL}
        try:
            done = subprocess.run(
                self.words(host, part, command),
                **read,
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                env=environment(**told),
                timeout=PATIENCE,
                start_new_session=True,
                errors="replace",
            )
        except subprocess.TimeoutExpired as error:
            return Done(-1, f"no end within {error.timeout} s")
        return Done(done.returncode, (done.stdout + done.stderr).strip())

    def must(self, host: str, part: str, *command: object, **told: str) -> str:
        """Run a program that must end well; what it printed.

        Raises:
            RuntimeError: it did not.
        """
        done = self.run(host, part, *command, **told)
        if done.code:
            raise RuntimeError(f"{command[0]}: {done.text}")
        return done.text

    def start(
        self, host: str, part: str, command: Sequence[object], log: Path, **told: str
    ) -> subprocess.Popen[bytes]:
        """Start a program that goes on.

        Its environment is told behind the change of user: what libfaketime shares with children is
        that user's then.
        """
        command = ["env", *(f"{key}={value}" for key, value in told.items()), *command]
        with log.open("ab") as out:
            return subprocess.Popen(
                self.words(host, part, command),
                stdout=out,
                stderr=out,
                cwd="/",
                stdin=subprocess.DEVNULL,
                env=environment(),
                start_new_session=True,
            )


def environment(**told: str) -> dict[str, str]:
    """Return the environment of a program."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": SITES,
        "LANG": "C.UTF-8",
        "HONGXIAN_LANG": "en",
        "PGCONNECT_TIMEOUT": "5",
        **told,
    }


def shifted(by: str) -> dict[str, str]:
    """Return the environment of a program whose wall clock is moved (libfaketime)."""
    library = next(Path("/").glob(FAKETIME))
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME": by,
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }


def ended(process: subprocess.Popen[bytes] | None, how: int = signal.SIGTERM) -> None:
    """End a process and with SIGKILL its children."""
    if process is None or process.poll() is not None:
        return
    children: list[str] = []
    if how == signal.SIGKILL:
        with suppress(OSError):
            path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            children = path.read_text().split()
    process.send_signal(how)
    for one in children:
        with suppress(OSError):
            os.kill(int(one), how)
    process.wait(60)


def until(fits: Callable[[], object], what: str, seconds: float = 90) -> None:
    """Wait until something holds.

    Raises:
        TimeoutError: it did not in time; the text says what.
    """
    ends = time.monotonic() + seconds
    while not fits():
        if time.monotonic() > ends:
            raise TimeoutError(what)
        time.sleep(0.1)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
