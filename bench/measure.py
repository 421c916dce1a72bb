"""Runs one process and says what it cost as a whole: start, imports, work and end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
AUDITED = (0, 1, 4)
"""Exit codes of an audit that did its work: 1 where something is violated, 4 where a package was
not whole."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds (user and system, children included), greatest memory in MB, and the output."""

    cpu: float
    rss: float
    out: str


def measure(command: Sequence[str | Path], done: Sequence[int] = (0,)) -> Cost:
    """Run a command cold and return what it cost; a failure ends the benchmark with its words.

    Args:
        command: program and arguments.
        done: exit codes of a run that did its work; ``audit`` has several.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(list(map(str, command)), stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in done:
            sys.exit(f"{' '.join(map(str, command))}: {err.read()[-2000:]}")
        return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read())


def best(command: Sequence[str | Path], times: int = 3, done: Sequence[int] = (0,)) -> Cost:
    """Return the cheapest of several runs: noise only ever adds."""
    return min((measure(command, done) for _ in range(times)), key=lambda cost: cost.cpu)


def peer_python() -> Path:
    """Return the interpreter in which the peers live; ``bench/peers.sh`` makes it."""
    path = HERE.parent / ".cache" / "peers" / "bin" / "python"
    if not path.exists():
        sys.exit("the peers are not installed: run bench/peers.sh first")
    return path


def hongxian() -> Path:
    """Return the program as it is installed beside this interpreter."""
    return Path(sys.executable).with_name("hongxian")
