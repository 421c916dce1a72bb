"""Runs the sensors over many packages at once, each within its budget of time and memory."""

from __future__ import annotations

import os
import resource
import signal
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.audit.policies import Given, PolicyRun, read_policies
from hongxian.errors import ArtefactError, place_of
from hongxian.facts import Reason
from hongxian.sensors.app.package.faults import reason_of
from hongxian.sensors.app.sense import BudgetError, Sensed, sense_app

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import FrameType

TICK, GRACE = 0.001, 5.0
"""Seconds between the rings of an alarm, and how long one waits for a place that is safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What reading one app may cost; judging comes after all are read and is not counted."""

    seconds: float = 300.0
    megabytes: int = 2048
    """Address space that may be taken beyond what the process has before it reads the app."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What every package is read with."""

    gates: frozenset[str] = frozenset()
    """Methods that the configuration names as consent checks."""
    given: Given = field(default_factory=Given)
    """Policies that were handed over."""
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True)
class Observed:
    """What the sensors made of one package and its policy."""

    app: Sensed
    policy: PolicyRun | None = None

    def lines(self, lang: str) -> list[str]:
        """Return a line for each part that should have been readable and was not."""
        return [*self.app.lines(lang), *(self.policy.lines(lang) if self.policy else ())]


@dataclass(frozen=True, slots=True)
class Failed:
    """A package of which nothing could be read."""

    path: Path
    reason: Reason

    def lines(self, lang: str) -> list[str]:
        """Return the one line that says so."""
        return [self.reason.say(lang)]


def sense_all(
    paths: Sequence[Path],
    *,
    gates: frozenset[str] = frozenset(),
    given: Given | None = None,
    jobs: int | None = None,
    budget: Budget | None = None,
) -> Iterator[Observed | Failed]:
    """Yield what the sensors made of each package, in the order in which they are done.

    One package is read in this process; of several, ``jobs`` (as many as there are processors)
    are read at once in processes of their own. A process that dies costs its package alone.
    """
    wanted = Wanted(gates=gates, given=given or Given(), budget=budget or Budget())
    jobs = min(jobs or os.cpu_count() or 1, len(paths))
    if jobs <= 1:
        for path in paths:
            yield sense_one(path, wanted)
        return
    left = list(paths)
    with _pool(jobs) as pool:
        futures = {pool.submit(sense_one, path, wanted): path for path in left}
        for future in as_completed(futures):
            try:
                yield future.result()
                left.remove(futures[future])
            except BrokenProcessPool:
                break
    for path in left:
        yield _alone(path, wanted)


def sense_apart(paths: Iterable[Path], wanted: Wanted) -> Iterator[Observed | Failed]:
    """Yield what the sensors made of each package, one after the other, in a process beside this.

    A process that dies costs its package alone, and this one nothing.
    """
    pool = _pool(1)
    try:
        for path in paths:
            try:
                yield pool.submit(sense_one, path, wanted).result()
            except BrokenProcessPool:
                yield _died(path)
                pool = _pool(1)
    finally:
        pool.shutdown()


def sense_one(path: Path, wanted: Wanted) -> Observed | Failed:
    """Read one package within its budget; what was found before that ran out is kept."""
    try:
        with _memory(wanted.budget.megabytes), _alarm(wanted.budget.seconds):
            sensed = sense_app(path, wanted.gates)
            policy = read_policies(sensed, wanted.given)
            sensed.policies = ()  # read, and heavy to hand on
            return Observed(sensed, policy)
    except ArtefactError as error:
        return Failed(path, reason_of(error))
    except BudgetError as error:
        return Failed(path, replace(error.args[0], where=path.name))
    except MemoryError:
        return Failed(path, Reason("audit.memory", where=path.name))
    except Exception as error:
        if os.environ.get("HONGXIAN_DEBUG"):
            raise
        return Failed(path, Reason("cli.internal", {"where": place_of(error)}, path.name))


def _alone(path: Path, wanted: Wanted) -> Observed | Failed:
    with _pool(1) as pool:
        try:
            return pool.submit(sense_one, path, wanted).result()
        except BrokenProcessPool:
            return _died(path)


def _died(path: Path) -> Failed:
    return Failed(path, Reason("audit.app_died", where=path.name))


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
            raise BudgetError(Reason("audit.time", {"seconds": round(seconds, 3)}))

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _of_sensor(frame: FrameType | None) -> bool:
    return frame is not None and frame.f_globals.get("__name__", "").startswith("hongxian.sensors.")
