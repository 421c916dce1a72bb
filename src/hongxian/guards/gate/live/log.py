"""The log: a line of JSON for what is worth telling, without any value of PI in it.

Lines are written by a thread of their own, so that whoever reads them slowly holds nobody up.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from time import time
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.words.mask import mask, mask_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hongxian.guards.gate.exchange.ruling import Ruling
    from hongxian.guards.gate.live.host import Noted

MOST_LINES = 10_000
"""Lines that wait to be written; of more, the newest are dropped and counted."""
WHAT = ("decisions", "all")
"""What may be logged: what was found or went wrong, or every request."""


class Log:
    """Writes lines.

    Args:
        path: the file that is added to; ``None`` for standard output.
        everything: whether every request has a line.
        worker: number of the process, in each line.
        dropped: told how many lines were dropped.
    """

    def __init__(
        self, path: Path | None = None, *, everything: bool = False, worker: int = 0,
        dropped: Callable[[int], None] | None = None,
    ) -> None:  # fmt: skip
        """Open nothing yet: processes are forked afterwards."""
        self.everything = everything
        self._path, self._worker, self._dropped = path, worker, dropped
        self._lines: deque[bytes] = deque()
        self._more = threading.Condition()
        self._ended = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Open the file and write from now on.

        Raises:
            OSError: it cannot be opened.
        """
        place = self._place()
        self._thread = threading.Thread(target=self._write, args=(place,), daemon=True)
        self._thread.start()

    def _place(self) -> int:
        if self._path is None:
            return 1
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)

    def event(self, event: str, **values: Any) -> None:
        """Write a line about the gate itself."""
        self._line({"event": event, **mask_all(values)})

    def rejected(self, who: int, status: int, reason: str) -> None:
        """Write that something was no request; ``who`` is the hash of the address."""
        self._line({
            "event": "rejected", "who": f"{who:016x}", "status": status, "reason": reason
        })  # fmt: skip

    def failed(self, done: Noted) -> None:
        """Write that a request ended before it was judged."""
        self._line({
            "event": "request", "method": done.method, "status": done.status,
            "reason": done.log_reason,
        })  # fmt: skip

    def request(self, done: Noted, ruling: Ruling) -> None:
        """Write what was done with a request."""
        decision = ruling.decision
        row: dict[str, Any] = {
            "event": "request", "endpoint": shown(ruling.cover.endpoint), "status": done.status,
            "action": ruling.action, "advised": decision.advised,
            "ms": round((done.worker.clock() - done.since) * 1000, 3),
        }  # fmt: skip
        reasons = [one for one in (ruling.reason, done.log_reason) if one]
        if reasons:
            row["reasons"] = reasons
            row["closed"] = ruling.cover.closed
        if ruling.masked:
            row["masked"] = ruling.masked
        if decision.spared:
            row["spared"] = mask(decision.spared)
        if decision.findings:
            row["findings"] = [_finding(one) for one in decision.findings]
        self._line(row)

    def close(self) -> None:
        """Write what is left, within a second."""
        with self._more:
            self._ended = True
            self._more.notify()
        if self._thread is not None:
            self._thread.join(1.0)

    def _line(self, row: dict[str, Any]) -> None:
        line = orjson.dumps({"at": round(time(), 3), "worker": self._worker, **row}) + b"\n"
        with self._more:
            if len(self._lines) >= MOST_LINES:
                if self._dropped is not None:
                    self._dropped(1)
                return
            self._lines.append(line)
            self._more.notify()

    def _write(self, place: int) -> None:
        while True:
            with self._more:
                while not self._lines and not self._ended:
                    self._more.wait()
                if not self._lines:
                    break
                data = b"".join(self._lines)
                self._lines.clear()
            try:
                while data:
                    data = data[os.write(place, data) :]
            except OSError:
                if self._dropped is not None:
                    self._dropped(data.count(b"\n"))
        if self._path is not None:
            os.close(place)


def _finding(one: Any) -> dict[str, Any]:
    row = {
        "kind": one.kind, "action": one.action, "info": one.info, "principal": one.principal,
        "who": None if one.who is None else f"{one.who:016x}", "window": one.window,
        "score": one.score, "values": one.values or None, "owasp": list(one.owasp),
    }  # fmt: skip
    return {name: value for name, value in row.items() if value is not None}


def shown(endpoint: str) -> str:
    """Return an endpoint as it may be told: what is no plain word of a path is left out."""
    method, _, path = endpoint.partition(" ")
    parts = [part if _tame(part) else "{text}" for part in path.split("/")]
    return f"{method} {mask('/'.join(parts))}"


def _tame(part: str) -> bool:
    return part.isascii() and "%" not in part and len(part) <= 64
