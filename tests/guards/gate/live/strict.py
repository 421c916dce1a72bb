"""An interface that reads with h11, which is strict, and tells what it was sent and could not read.

Behind a gate it must never find anything wrong.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from tests.guards.gate.live.harness import OK


class Strict:
    """Answers requests.

    Attributes:
        answer: what it answers; it ends the connection unless that is the plain one.
        step: bytes of an answer that are sent at a time; 0 for all.
        seen: target of each request.
        reached: method with target, and body, of each whole request.
        faults: what could not be read.
        total: whole requests that came, plain ones apart; it is not forgotten.
    """

    def __init__(self) -> None:
        """Answer plainly at first."""
        self.answer = OK
        self.step = self.total = 0
        self.seen: list[bytes] = []
        self.reached: list[list[str]] = []
        self.faults: list[str] = []

    def forget(self) -> None:
        """Begin anew."""
        self.seen.clear()
        self.reached.clear()
        self.faults.clear()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read requests of a connection and answer each."""
        link = h11.Connection(h11.SERVER)
        method, body = "", b""
        while True:
            try:
                event: Any = link.next_event()
            except h11.RemoteProtocolError as error:
                self.faults.append(str(error))
                return
            if event is h11.NEED_DATA:
                data = await reader.read(1 << 16)
                if not data and link.their_state is not h11.IDLE:
                    return  # broken off: nobody was told that it is whole
                link.receive_data(data)
            elif isinstance(event, h11.Request):
                self.seen.append(bytes(event.target))
                method, body = event.method.decode(), b""
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                target = self.seen[-1]
                self.reached.append([f"{method} {target.decode()}", body.decode("latin-1")])
                if not await self._answered(link, writer, method, plain=target == b"/plain"):
                    return
            elif isinstance(event, h11.ConnectionClosed):
                return

    async def _answered(
        self, link: h11.Connection, writer: asyncio.StreamWriter, method: str, *, plain: bool
    ) -> bool:
        """Answer; return whether the connection goes on."""
        self.total += not plain
        told = OK if plain else self.answer
        if told is OK and method == "HEAD":
            told = OK.removesuffix(b"{}")
        step = self.step or len(told) or 1
        for at in range(0, len(told), step):
            writer.write(told[at : at + step])
            await asyncio.sleep(0)
        if not plain and self.answer is not OK:
            return False
        link.send(h11.Response(status_code=200, headers=[("content-length", "0")]))
        link.send(h11.EndOfMessage())
        if link.our_state is not h11.DONE or link.their_state is not h11.DONE:
            return False
        link.start_next_cycle()
        return True
