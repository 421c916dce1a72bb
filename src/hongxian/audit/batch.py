"""Runs the app sensor over many packages at once, each within its budget of time and memory."""

from __future__ import annotations

import os
import resource
import signal
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.errors import ArtefactError, place_of
from hongxian.sensors.app.sense import BudgetError, Sensed, sense_app
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

TICK, GRACE = 0.001, 5.0
"""Seconds between the rings of an alarm, and how long one waits for a place that is safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one app may cost."""

    seconds: float = 300.0
    megabytes: int = 2048
    """Address space that may be taken beyond what the process has before it reads the app."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A package of which nothing could be read."""

    path: Path
    line: str


def sense_all(
    paths: Sequence[Path],
    *,
    gates: frozenset[str] = frozenset(),
    jobs: int | None = None,
    budget: Budget | None = None,
) -> Iterator[Sensed | Failed]:
    """Yield what the sensor made of each package, in the order in which they are done.

    One package is read in this process; of several, ``jobs`` (as many as there are processors)
    are read at once in processes of their own. A process that dies costs its package alone.
    """
    limits = budget or Budget()
    jobs = min(jobs or os.cpu_count() or 1, len(paths))
    if jobs <= 1:
        for path in paths:
            yield sense_one(path, gates, limits)
        return
    left = list(paths)
    with _pool(jobs) as pool:
        futures = {pool.submit(sense_one, path, gates, limits): path for path in left}
        for future in as_completed(futures):
            try:
                yield future.result()
                left.remove(futures[future])
            except BrokenProcessPool:
                break
    for path in left:
        yield _alone(path, gates, limits)


def sense_one(path: Path, gates: frozenset[str], limits: Budget) -> Sensed | Failed:
    """Read one package within its budget; what was found before that ran out is kept."""
    try:
        with _memory(limits.megabytes), _alarm(limits.seconds):
            return sense_app(path, gates)
    except (ArtefactError, BudgetError) as error:
        return Failed(path, str(error))
    except MemoryError:
        return Failed(path, f"{path.name}: {say('audit.memory', 'en')}")
    except Exception as error:
        if os.environ.get("HONGXIAN_DEBUG"):
            raise
        return Failed(path, f"{path.name}: {say('cli.internal', 'en', where=place_of(error))}")


def _alone(path: Path, gates: frozenset[str], limits: Budget) -> Sensed | Failed:
    with _pool(1) as pool:
        try:
            return pool.submit(sense_one, path, gates, limits).result()
        except BrokenProcessPool:
            return Failed(path, f"{path.name}: {say('audit.app_died', 'en')}")


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("fork"))


@contextmanager
def _memory(megabytes: int) -> Iterator[None]:
    """Let this process grow by so much and no more; a limit that is narrower already stays."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    wanted = int(pages) * resource.getpagesize() + megabytes * 2**20
    before = resource.getrlimit(resource.RLIMIT_AS)
    narrower = [limit for limit in before if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([wanted, *narrower]), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise :class:`BudgetError` when the time is up; only a main thread can be woken so.

    It is raised where the sensor's own code runs. In a library's it would leave behind whatever
    that one holds, such as a lock, so the alarm rings on until the library has returned; one that
    does not return in time is left as it is.
    """
    latest = time.monotonic() + seconds + GRACE

    def ring(_: int, frame: FrameType | None) -> None:
        if _of_sensor(frame) or time.monotonic() > latest:
            signal.setitimer(signal.ITIMER_REAL, GRACE, TICK)  # should this one be swallowed
            raise BudgetError(say("audit.time", "en", seconds=round(seconds, 3)))

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _of_sensor(frame: FrameType | None) -> bool:
    return frame is not None and frame.f_globals.get("__name__", "").startswith("hongxian.sensors.")
