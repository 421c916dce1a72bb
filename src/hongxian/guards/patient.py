"""A connection on which one short request is waited for, and not for long."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Any

PATIENCE = 10.0
"""Seconds for which a request is waited for."""


class PatientProtocol(ABC, asyncio.Protocol):
    """Holds what comes, and ends a connection on which too little does.

    Who inherits implements :meth:`received`; ``_held`` are the bytes so far.
    """

    def __init__(self) -> None:
        """Wait for the request."""
        self._transport: Any = None
        self._held = b""
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Keep the transport, and end it if nothing comes."""
        self._transport = transport
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, transport.abort)

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the deadline."""
        del error
        if self._timer is not None:
            self._timer.cancel()

    def data_received(self, data: bytes) -> None:
        """Hold what came, and look whether it is enough."""
        self._held += data
        self.received()

    @abstractmethod
    def received(self) -> None:
        """Answer when the request is whole."""
