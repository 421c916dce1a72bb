"""Where a recording goes: what the writer of a bundle offers, and one that threads can share."""

from __future__ import annotations

import threading
from typing import Any, Protocol


class Sink(Protocol):
    """A bundle that is being written; see :class:`hongxian.sensors.session.bundle.BundleWriter`."""

    def clock(self, offset: float, uncertainty: float | None, zone: str) -> None:
        """Tell how the device's clock stands to the host's."""

    def event(
        self, name: str, /, *, device: float | None = None, host: float | None = None, **detail: Any
    ) -> None:
        """Write an event."""

    def member(self, role: str, name: str, data: bytes, **about: Any) -> str:
        """Write a file and return its path in the bundle."""

    def close(self) -> None:
        """Seal the bundle."""


class Shared:
    """Lets the threads of a recording write one after another.

    Args:
        sink: where all goes.
    """

    def __init__(self, sink: Sink) -> None:
        """Take the sink over."""
        self._sink = sink
        self._lock = threading.Lock()

    def clock(self, offset: float, uncertainty: float | None, zone: str) -> None:
        """Tell how the device's clock stands to the host's."""
        with self._lock:
            self._sink.clock(offset, uncertainty, zone)

    def event(
        self, name: str, /, *, device: float | None = None, host: float | None = None, **detail: Any
    ) -> None:
        """Write an event."""
        with self._lock:
            self._sink.event(name, device=device, host=host, **detail)

    def member(self, role: str, name: str, data: bytes, **about: Any) -> str:
        """Write a file and return its path in the bundle."""
        with self._lock:
            return self._sink.member(role, name, data, **about)

    def close(self) -> None:
        """Seal the bundle."""
        with self._lock:
            self._sink.close()
