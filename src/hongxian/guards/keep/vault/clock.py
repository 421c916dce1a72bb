"""The vault's own clock: it runs with the machine, whatever is done to the clock on the wall.

Between two looks it advances by ``CLOCK_BOOTTIME``, which nobody can set, and follows the wall
clock only as slowly as a good quartz errs. A wall clock that was set back or far forward moves
nothing: it is told, and a person accepts the jump by name. How long a machine was switched off
nobody measured; a short while is believed, once a day.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = 86_400.0
SLEW = 500e-6
"""Seconds by which it follows the wall clock in a second: what NTP's kernel discipline allows."""


def _boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()


@dataclass(frozen=True, slots=True)
class Readings:
    """Where times come from: seconds of the wall, seconds since boot, and which boot it is."""

    wall: Callable[[], float] = time.time
    since_boot: Callable[[], float] = lambda: time.clock_gettime(time.CLOCK_BOOTTIME)
    boot: Callable[[], str] = _boot_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What was known at the last look.

    ``vault`` are seconds since 1970 by the vault's clock; ``since_boot`` and ``boot`` were read
    in the same instant; ``believed`` is when a time switched off was last believed.
    """

    vault: float
    since_boot: float
    boot: str
    believed: float = 0.0


@dataclass(frozen=True, slots=True)
class Jump:
    """The wall clock is ``ahead`` seconds (or behind, when negative) and is not followed."""

    ahead: float


@dataclass(frozen=True, slots=True)
class VaultClock:
    """A clock kept in a file; several processes may look at it.

    Args:
        path: the file.
        floor: the latest time that is known to have been, when the file was lost.
        tolerance: seconds by which the wall clock may differ before it is told.
        longest_off: seconds switched off that are believed, once a day.
        readings: the machine's own times.
    """

    path: Path
    floor: float = 0.0
    tolerance: float = 300.0
    longest_off: float = 3_600.0
    readings: Readings = Readings()

    def now(self) -> float:
        """Return the present moment, in seconds since 1970; never less than before."""
        told = self._read()
        return self._first().vault if told is None else self._advanced(told).vault

    def tick(self) -> Jump | None:
        """Keep the present moment; return how far off the wall clock is, if it is."""
        with self._alone():
            told = self._read()
            moved = self._first() if told is None else self._advanced(told)
            ahead = self.readings.wall() - moved.vault
            if told is not None and moved.boot != told.boot and self._believes(moved, ahead):
                moved = replace(moved, vault=moved.vault + ahead, believed=moved.vault + ahead)
                ahead = 0.0
            far = abs(ahead) > self.tolerance
            if not far and told is not None:
                most = SLEW * (moved.vault - told.vault)
                moved = replace(moved, vault=moved.vault + max(-most, min(most, ahead)))
            self._write(moved)
        return Jump(ahead) if far else None

    def accept(self, who: str) -> float:
        """Follow the wall clock after a jump forward; return by how many seconds it was.

        The name stands in the log beside the file. A wall clock behind is never followed: 0.

        Args:
            who: the person that accepts it.
        """
        with self._alone():
            told = self._read()
            moved = self._first() if told is None else self._advanced(told)
            ahead = max(0.0, self.readings.wall() - moved.vault)
            log = {"who": who, "from": moved.vault, "ahead": ahead}
            with self.path.with_suffix(".log").open("a", encoding="utf-8") as out:
                out.write(json.dumps(log, ensure_ascii=False) + "\n")
                out.flush()
                os.fsync(out.fileno())
            self._write(replace(moved, vault=moved.vault + ahead))
        return ahead

    def _believes(self, moved: Moment, ahead: float) -> bool:
        return 0 < ahead <= self.longest_off and moved.vault - moved.believed >= DAY

    def _advanced(self, told: Moment) -> Moment:
        boot, since_boot = self.readings.boot(), self.readings.since_boot()
        elapsed = since_boot - (told.since_boot if boot == told.boot else 0.0)
        return replace(told, vault=told.vault + max(0.0, elapsed), since_boot=since_boot, boot=boot)

    def _first(self) -> Moment:
        vault = self.floor or self.readings.wall()
        return Moment(
            vault=vault, since_boot=self.readings.since_boot(), boot=self.readings.boot(),
            believed=vault - DAY,
        )  # fmt: skip

    def _read(self) -> Moment | None:
        try:
            told = Moment(**json.loads(self.path.read_text("ascii")))
        except (OSError, ValueError, TypeError):
            return None
        return replace(told, vault=max(told.vault, self.floor))

    def _write(self, moment: Moment) -> None:
        fresh = self.path.with_suffix(".new")
        with fresh.open("w", encoding="ascii") as out:
            out.write(json.dumps(asdict(moment)))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self.path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.path.with_suffix(".lock").open("a", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
