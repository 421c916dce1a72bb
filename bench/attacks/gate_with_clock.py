"""The gate as it ships, except that it takes the time of requests from a file.

So a day of traffic is replayed in a minute. The host is a class of the laboratory's own: the
product has no switch for this. Run: ``python bench/attacks/gate_with_clock.py POLICY CLOCK``.
"""

from __future__ import annotations

import mmap
import struct
import sys
from pathlib import Path
from typing import Any

from hongxian.guards.gate.live.processes import run
from hongxian.guards.gate.live.settings import load_live
from hongxian.guards.gate.live.worker import Worker

_TIME = struct.Struct("d")


class Clock:
    """Seconds since 1970 in eight bytes that two processes have mapped."""

    def __init__(self, path: Path, *, make: bool = False) -> None:
        """Map the file; make it first if told."""
        if make:
            path.write_bytes(bytes(_TIME.size))
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), _TIME.size)

    def set(self, at: float) -> None:
        """Set the time."""
        _TIME.pack_into(self._bytes, 0, at)

    def __call__(self) -> float:
        """Return the time."""
        at: float = _TIME.unpack_from(self._bytes)[0]
        return at


def main() -> None:
    """Serve until told to end."""
    policy, clock = map(Path, sys.argv[1:3])

    class Replayed(Worker):
        """The reverse proxy at another time."""

        def __init__(self, *told: Any) -> None:
            super().__init__(*told)
            self.now = Clock(clock)

    run(load_live(policy), "en", Replayed)


if __name__ == "__main__":
    main()
