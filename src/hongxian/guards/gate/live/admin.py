"""The port for those who run the gate: is it well, and what did it count."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.guards.gate.live.heads import HeadError, RequestReader
from hongxian.guards.gate.live.refusals import Refusal, refusal, refusal_bytes

if TYPE_CHECKING:
    from hongxian.guards.gate.live.host import ConnectionHost

LONGEST = 8_192
"""Bytes of a request."""
PATIENCE = 10.0
"""Seconds for which a request is waited for."""
_JSON = ((b"content-type", b"application/json"),)
_TEXT = ((b"content-type", b"text/plain; version=0.0.4; charset=utf-8"),)


class Admin(asyncio.Protocol):
    """Answers one request: ``/health``, ``/ready`` or ``/metrics``.

    Args:
        worker: of whom it tells; counts are those of all workers.
    """

    def __init__(self, worker: ConnectionHost) -> None:
        """Wait for the request."""
        self._worker = worker
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
        """Answer when the request is whole."""
        self._held += data
        end = self._held.find(b"\r\n\r\n")
        if end < 0 and len(self._held) <= LONGEST:
            return
        try:
            head = RequestReader().read(self._held[: end + 4])
            told = self._answer(head.method, head.target.partition("?")[0])
        except HeadError as error:
            told = refusal(error.status, error.reason)
        self._transport.write(refusal_bytes(told, keep=False))
        self._transport.close()

    def _answer(self, method: str, path: str) -> Refusal:
        if method != "GET":
            return refusal(405, "method")
        if path == "/metrics":
            return Refusal(status=200, headers=_TEXT, body=self._worker.metrics.text().encode())
        if path in ("/health", "/ready"):
            told = self._worker.told()
            status = 503 if path == "/ready" and told["draining"] else 200
            return Refusal(status=status, headers=_JSON, body=orjson.dumps(told))
        return refusal(404, "not_found")
