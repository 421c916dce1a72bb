"""Counts of all workers in one piece of memory that they share, and as Prometheus reads them."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

from hongxian.guards.gate.findings import ACTIONS, OWASP

if TYPE_CHECKING:
    from hongxian.guards.gate.findings import Decision

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the classes of durations, in seconds."""

COUNTS = {
    "connections": "Connections that were opened.",
    "connections_closed": "Connections that were closed.",
    "requests": "Requests that were answered.",
    "rejected": "Requests that were refused because they are malformed.",
    "unjudged": "Requests or answers that could not be judged.",
    "masked": "Values that were masked in answers.",
    "state_errors": "Times at which the state of all workers could not be reached.",
    "log_dropped": "Lines of the log that were not written because nobody took them.",
    "reloads": "Policies that were adopted.",
    "reloads_refused": "Policies that were faulty and not adopted.",
}  # fmt: skip
"""Count -> what it means."""

_NAMES = (
    *COUNTS, *(f"status_{n}" for n in range(1, 6)), *(f"action_{one}" for one in ACTIONS),
    *(f"finding_{one}" for one in OWASP), *(f"le_{n}" for n in range(len(BUCKETS) + 1)), "micros",
)  # fmt: skip
_PLACES = {name: place for place, name in enumerate(_NAMES)}


class Metrics:
    """The counts of one worker, and the sum over all of them.

    Args:
        workers: how many share them.
    """

    def __init__(self, workers: int = 1) -> None:
        """Start at zero; processes that are forked afterwards count in the same memory."""
        self._memory = mmap.mmap(-1, 8 * len(_NAMES) * workers)
        self._all = memoryview(self._memory).cast("Q")
        self._workers = workers
        self._own = self._all[: len(_NAMES)]
        self._decision: Decision | None = None
        self._decided: list[int] = []  # counts of it: most requests are decided on alike

    def of(self, worker: int) -> None:
        """Count for a worker from now on."""
        self._own = self._all[worker * len(_NAMES) : (worker + 1) * len(_NAMES)]

    def add(self, name: str, more: int = 1) -> None:
        """Add to a count."""
        self._own[_PLACES[name]] += more

    def status(self, status: int) -> None:
        """Count an answer by the first digit of its status."""
        self._own[_STATUS[min(max(status // 100, 1), 5) - 1]] += 1

    def took(self, seconds: float) -> None:
        """Count how long a request took."""
        place, micros, ends = 0, int(seconds * 1e6), _ENDS
        while place < _CLASSES and micros > ends[place]:
            place += 1
        self._own[_FIRST + place] += 1
        self._own[_MICROS] += micros

    def decided(self, decision: Decision) -> None:
        """Count what was found and done."""
        if decision is not self._decision:
            kinds = {finding.kind for finding in decision.findings}
            self._decided = [_ACTIONS[decision.action], *[_FINDINGS[kind] for kind in kinds]]
            self._decision = decision
        for place in self._decided:
            self._own[place] += 1

    def total(self, name: str) -> int:
        """Return a count over all workers."""
        place = _PLACES[name]
        return sum(self._all[place :: len(_NAMES)])

    def text(self) -> str:
        """Return all counts as Prometheus reads them (text format 0.0.4)."""
        lines: list[str] = []
        for name, meaning in COUNTS.items():
            lines += _head(f"hongxian_gate_{name}_total", meaning, "counter")
            lines.append(f"hongxian_gate_{name}_total {self.total(name)}")
        for word, meaning, values in (
            ("status", "Answers by the first digit of their status.", range(1, 6)),
            ("action", "Requests with findings, by what was done.", ACTIONS),
            ("finding", "Requests by what was found.", OWASP),
        ):
            name = f"hongxian_gate_{word}_requests_total"
            lines += _head(name, meaning, "counter")
            for value in values:
                shown = f"{value}xx" if word == "status" else value
                lines.append(f'{name}{{{word}="{shown}"}} {self.total(f"{word}_{value}")}')
        return "\n".join([*lines, *self._durations()]) + "\n"

    def _durations(self) -> list[str]:
        name = "hongxian_gate_request_seconds"
        lines = _head(
            name, "Seconds from the head of a request to the end of its answer.", "histogram"
        )
        sofar = 0
        for place, end in enumerate((*map(str, BUCKETS), "+Inf")):
            sofar += self.total(f"le_{place}")
            lines.append(f'{name}_bucket{{le="{end}"}} {sofar}')
        return [*lines, f"{name}_sum {self.total('micros') / 1e6}", f"{name}_count {sofar}"]


_STATUS = tuple(_PLACES[f"status_{n}"] for n in range(1, 6))
_ACTIONS = {one: _PLACES[f"action_{one}"] for one in ACTIONS}
_FINDINGS = {one: _PLACES[f"finding_{one}"] for one in OWASP}
_CLASSES = len(BUCKETS)
_ENDS = tuple([round(end * 1e6) for end in BUCKETS])
_FIRST, _MICROS = _PLACES["le_0"], _PLACES["micros"]


def _head(name: str, meaning: str, kind: str) -> list[str]:
    return [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]
