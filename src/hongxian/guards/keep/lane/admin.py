"""The port for those who run the guard: health, counts, tickets and quarantine."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson

from hongxian.errors import HongxianError
from hongxian.guards.gate.live.heads import HeadError, RequestReader
from hongxian.guards.keep.lane.quarantine.api import answer as acts
from hongxian.guards.keep.tickets.api import answer
from hongxian.guards.keep.tickets.requests import Asked
from hongxian.guards.patient import PatientProtocol

if TYPE_CHECKING:
    from hongxian.guards.gate.live.heads import RequestHead
    from hongxian.guards.keep.lane.any_host import AnyHost

LONGEST_HEAD = 8_192
"""Bytes of a request's head."""
LONGEST = 4 << 20
"""Bytes of a request."""
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
            405: "Method Not Allowed", 409: "Conflict", 413: "Content Too Large",
            503: "Service Unavailable"}  # fmt: skip


class Admin(PatientProtocol):
    """Answers one request.

    Args:
        host: of whom it tells.
    """

    def __init__(self, host: AnyHost) -> None:
        """Wait for the request."""
        super().__init__()
        self._host = host
        self._head: RequestHead | None = None
        self._task: asyncio.Task[None] | None = None

    def received(self) -> None:
        """Answer when the request is whole."""
        try:
            if self._head is None and not self._headed():
                return
        except HeadError as error:
            self._send(error.status, orjson.dumps({"error": error.reason}))
            return
        head = self._head
        if head is None or self._task is not None or len(self._held) < head.length:
            return
        self._task = asyncio.ensure_future(self._answer(head, self._held[: head.length]))

    def _headed(self) -> bool:
        end = self._held.find(b"\r\n\r\n")
        if end < 0 and len(self._held) <= LONGEST_HEAD:
            return False
        self._head = RequestReader().read(self._held[: end + 4])
        if not 0 <= self._head.length <= LONGEST:
            raise HeadError(413, "length")
        self._held = self._held[end + 4 :]
        return True

    async def _answer(self, head: RequestHead, body: bytes) -> None:
        path = head.target.partition("?")[0]
        try:
            if path.startswith("/") and path.split("/")[1] in ("tickets", "quarantine"):
                headers = {name.decode("latin-1"): value.decode("latin-1")
                           for name, value in head.headers}  # fmt: skip
                peer = self._transport.get_extra_info("peername")
                asked = Asked(head.method, path, headers, body, str(peer[0]) if peer else "")
                keeper = self._host.keeper
                if path.startswith("/tickets"):
                    self._send(*await answer(self._host.office, asked))
                elif keeper is None:
                    self._send(404, b'{"error":"no_quarantine"}')
                else:
                    self._send(*await acts(keeper, self._host.office, asked))
            else:
                self._told(head.method, path)
        except HongxianError as error:
            self._host.warden.failed(error)
            self._send(503, orjson.dumps({"error": "evidence"}))

    def _told(self, method: str, path: str) -> None:
        if method != "GET":
            self._send(405, b'{"error":"method"}')
        elif path == "/metrics":
            self._send(200, self._host.counted().encode(), "text/plain; version=0.0.4")
        elif path in ("/health", "/ready"):
            told = self._host.told()
            fine = told["ok"] and not (path == "/ready" and told["draining"])
            self._send(200 if fine else 503, orjson.dumps(told))
        else:
            self._send(404, b'{"error":"not_found"}')

    def _send(self, status: int, body: bytes, kind: str = "application/json") -> None:
        head = (
            f"HTTP/1.1 {status} {_REASONS.get(status, 'Error')}\r\ncontent-type: {kind}\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self._transport.write(head.encode() + body)
        self._transport.close()
