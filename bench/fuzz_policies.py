"""Fuzz the readers of policies in worker processes and print what came out, kind by kind.

    python bench/fuzz_policies.py --inputs 1000000 --processes 2

A worker that takes longer than 10 s for an input, wants more than 1 GB, dies, or raises anything
but the one line of an ``ArtefactError`` is a failure; its kind and number make the input again
(``tests.fuzz.policies.MADE``). A new worker goes on behind it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.fuzz.policies import LARGE, MADE

from hongxian.errors import ArtefactError
from hongxian.sensors.policy.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import ForkContext, ForkProcess
    from multiprocessing.sharedctypes import Synchronized

HANG = 10.0
MEMORY = 1 << 30
_POLL = 0.05


@dataclass
class Tally:
    """What came out of one kind of input."""

    read: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, 0)
    failures: list[str] = field(default_factory=list)


class Worker:
    """Reads inputs in a process of its own, and is watched from outside."""

    def __init__(self, context: ForkContext, kind: str, numbers: range) -> None:
        """Start to read the inputs of some numbers."""
        self.kind, self.numbers = kind, numbers
        self.place: Synchronized[int] = context.Value("q", numbers.start)
        self.began: Synchronized[float] = context.Value("d", time.monotonic())
        self.answers, answer = context.Pipe(duplex=False)
        self.process: ForkProcess = context.Process(
            target=_work, args=(kind, numbers, self.place, self.began, answer)
        )
        self.process.start()
        answer.close()

    def fault(self) -> str | None:
        """Return what went wrong with the present input; ``None`` while all is well."""
        if self.process.is_alive():
            if time.monotonic() - self.began.value <= HANG:
                return None
            self.process.kill()
            self.process.join()
            return f"longer than {HANG:.0f} s"
        return f"died with {self.process.exitcode}" if self.process.exitcode else None


def _work(
    kind: str, numbers: range, place: Synchronized[int], began: Synchronized[float], answer: object
) -> None:
    make = _maker(kind)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in numbers:
        name, data = make(number)
        place.value, began.value = number, time.monotonic()
        result = _read(name, data)
        answer.send((result, time.monotonic() - began.value))  # type: ignore[attr-defined]
    answer.close()  # type: ignore[attr-defined]


def _read(name: str, data: bytes) -> str:
    try:
        read_bytes(name, data)
    except ArtefactError as error:
        return "two lines" if "\n" in str(error) else "refused"
    except BaseException:  # noqa: BLE001 - whatever comes out is what we look for
        return traceback.format_exc()
    return "read"


def _maker(kind: str) -> Callable[[int], tuple[str, bytes]]:
    if kind == "large":
        makers = list(LARGE.values())
        return lambda number: makers[number](1.0)
    name, make = MADE[kind]
    return lambda number: (name, make(number))


def fuzz(kind: str, numbers: range, processes: int) -> Tally:
    """Read the inputs of some numbers, over some processes."""
    context = multiprocessing.get_context("fork")
    tally = Tally()
    waiting = [numbers[place::processes] for place in range(processes)]
    running = [Worker(context, kind, part) for part in waiting if part]
    while running:
        for worker in list(running):
            _take(worker, tally)
            fault = worker.fault()
            _take(worker, tally)
            if fault:
                at = worker.place.value
                tally.failures.append(f"{kind} input {at}: {fault}")
                rest = worker.numbers[worker.numbers.index(at) + 1 :]
                if rest:
                    running.append(Worker(context, kind, rest))
            if fault or not worker.process.is_alive():
                running.remove(worker)
        time.sleep(_POLL)
    return tally


def _take(worker: Worker, tally: Tally) -> None:
    """Take the answers that a worker has sent."""
    try:
        while worker.answers.poll():
            result, seconds = worker.answers.recv()
            _count(worker, tally, result, seconds)
    except EOFError:
        return


def _count(worker: Worker, tally: Tally, result: str, seconds: float) -> None:
    tally.seconds += seconds
    number = worker.numbers[0]
    worker.numbers = worker.numbers[1:] or worker.numbers
    tally.slowest = max(tally.slowest, (seconds, number))
    if result == "read":
        tally.read += 1
    elif result == "refused":
        tally.refused += 1
    else:
        tally.failures.append(f"{worker.kind} input {number}: {result}")


def main() -> None:
    """Parse the options, run, print one line for each kind; exit 1 after any failure."""
    options = argparse.ArgumentParser(description="Fuzz the readers of policies.")
    options.add_argument("--inputs", type=int, default=1_000_000, help="over all kinds")
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--start", type=int, default=0)
    options.add_argument("--kinds", nargs="*", default=[*MADE, "large"], choices=[*MADE, "large"])
    given = options.parse_args()
    each = -(-given.inputs // len(given.kinds))
    print(f"{'kind':<10}{'inputs':>9}{'read':>9}{'refused':>9}{'ms each':>9}{'slowest s':>11}")
    failures: list[str] = []
    for kind in given.kinds:
        count = len(LARGE) if kind == "large" else each
        start = 0 if kind == "large" else given.start
        tally = fuzz(kind, range(start, start + count), given.processes)
        print(
            f"{kind:<10}{count:>9}{tally.read:>9}{tally.refused:>9}"
            f"{1000 * tally.seconds / count:>9.1f}{tally.slowest[0]:>11.2f} (input "
            f"{tally.slowest[1]})", flush=True,
        )  # fmt: skip
        failures += tally.failures
    print(f"failures: {len(failures)}")
    for fault in failures[:20]:
        print(fault)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
