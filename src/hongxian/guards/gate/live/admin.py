"""The port for those who run the gate: is it well, and what did it count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from hongxian.guards.gate.live.heads import HeadError, RequestReader
from hongxian.guards.gate.live.refusals import Refusal, refusal, refusal_bytes
from hongxian.guards.patient import PatientProtocol

if TYPE_CHECKING:
    from hongxian.guards.gate.live.host import ConnectionHost

LONGEST = 8_192
"""Bytes of a request."""
_JSON = ((b"content-type", b"application/json"),)
_TEXT = ((b"content-type", b"text/plain; version=0.0.4; charset=utf-8"),)


class Admin(PatientProtocol):
    """Answers one request: ``/health``, ``/ready`` or ``/metrics``.

    Args:
        worker: of whom it tells; counts are those of all workers.
    """

    def __init__(self, worker: ConnectionHost) -> None:
        """Wait for the request."""
        super().__init__()
        self._worker = worker

    def received(self) -> None:
        """Answer when the request is whole."""
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
