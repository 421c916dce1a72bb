"""Saves what is remembered, so that a worker that starts knows what the others know."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import msgpack

from hongxian.guards.gate.live.redis_link import call_once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.guards.gate.core import Gate
    from hongxian.guards.gate.live.redis_link import RedisPlace

STREAM = "hongxian:gate:2:asked"
"""Name of the stream of questions; its number is that of their form."""
STATE = "hongxian:gate:2:state"
"""Name of what is saved."""
EVERY = 60
"""Seconds between two times that it is saved, by one of the workers."""


class Snapshots:
    """Saves and loads.

    Args:
        place: where Redis is.
    """

    def __init__(self, place: RedisPlace) -> None:
        """Save nothing yet."""
        self._place = place
        self._next = 0.0
        self._child = 0
        self._before = b""

    def due(self, now: float) -> bool:
        """Return whether it is time to save, the first time after a while."""
        self._reap()
        first, due = not self._next, now > self._next
        if due:
            self._next = now + EVERY
        return due and not first and not self._child

    def save(self, gate: Gate, cursor: bytes, seen: Mapping[bytes, int]) -> None:
        """Save what is remembered in a process of its own, which serves nobody meanwhile.

        Args:
            gate: that remembers.
            cursor: the last question that it counted. What stood before the one of the last time
                is dropped from the stream: all have read that.
            seen: worker -> number of its last question that was counted.
        """
        pid = os.fork()
        if pid:
            self._child = pid
            self._before = cursor
            return
        try:
            os.nice(5)
            signal.alarm(EVERY)
            self.write(gate, cursor, seen)
        finally:
            os._exit(0)

    def write(self, gate: Gate, cursor: bytes, seen: Mapping[bytes, int]) -> None:
        """Save what is remembered, here and now.

        Raises:
            OSError: Redis cannot be reached.
        """
        data: bytes = msgpack.packb([cursor, gate.state.dump(), dict(seen)])
        trim = [("XTRIM", STREAM, "MINID", "~", self._before)] if self._before else []
        call_once(self._place, ("SET", STATE, data), *trim)

    def load(self, gate: Gate, data: bytes) -> tuple[bytes, dict[bytes, int]]:
        """Take over what was saved.

        Returns:
            The last question in it, or that there is none, and each worker's last number.
        """
        try:
            cursor, state, seen = msgpack.unpackb(data, strict_map_key=False)
            gate.state.load(state)
        except (ValueError, TypeError):
            return b"0-0", {}
        return bytes(cursor), dict(seen)

    def _reap(self) -> None:
        if self._child:
            try:
                done, _ = os.waitpid(self._child, os.WNOHANG)
            except ChildProcessError:
                done = self._child
            if done:
                self._child = 0
