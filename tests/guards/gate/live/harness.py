"""A gate and an interface behind it, on real sockets, in the process of the test."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvloop
from tests.waiting import SECONDS

from hongxian.guards.gate.live.log import Log
from hongxian.guards.gate.live.metrics import Metrics
from hongxian.guards.gate.live.settings import load_live
from hongxian.guards.gate.live.worker import Worker

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
GET = b"GET /a HTTP/1.1\r\nHost: x\r\nX-User: u\r\n\r\n"


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    """Run a test's scenario."""

    async def main() -> None:
        async with asyncio.timeout(SECONDS):
            await scenario()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something holds."""
    while not condition():  # noqa: ASYNC110 - of whatever kind it is
        await asyncio.sleep(0.01)


def settings(tmp_path: Path, port: int, more: str = "") -> Any:
    path = tmp_path / "gate.toml"
    head = "" if "[gate]" in more else '[gate]\nmode = "enforce"\n'
    path.write_text(
        f'{head}[listen]\naddress = "127.0.0.1:0"\n[upstream]\n'
        f'servers = ["http://127.0.0.1:{port}"]\n[callers]\naccount = ["header:x-user"]\n{more}',
        "utf-8",
    )
    return load_live(path)


def reset(writer: asyncio.StreamWriter) -> None:
    """Break a connection off, so that the other side is told at once."""
    own = writer.get_extra_info("socket")
    own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Gated:
    """A gate that runs, and what the interface behind it was sent."""

    def __init__(self, worker: Worker, port: int, upstream: Upstream, log: Path) -> None:
        self.worker, self.port, self.upstream, self._log = worker, port, upstream, log

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def send(self, *pieces: bytes, end: bool = True, pause: float = 0.0) -> bytes:
        """Send bytes, piece by piece, and return all that comes until the end."""
        reader, writer = await self.open()
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)
            if end:
                writer.write_eof()
            return await reader.read()
        finally:
            writer.close()

    def logged(self) -> str:
        self.worker.log.close()
        return self._log.read_text("utf-8") if self._log.exists() else ""


class Upstream:
    """The interface: by default it answers each request with an empty object."""

    def __init__(self, answer: bytes | Handler = OK) -> None:
        self.answer = answer
        self.requests: list[bytes] = []
        self.connections = 0
        self.port = 0
        self._writers: list[asyncio.StreamWriter] = []
        self.server: Any = None

    async def start(self, port: int = 0) -> None:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self.server.close()
        for writer in self._writers:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        try:
            if callable(self.answer):
                await self.answer(reader, writer)
            else:
                while await self.read(reader):
                    writer.write(self.answer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def read(self, reader: asyncio.StreamReader) -> bytes:
        """Read one request; empty at the end."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""
        body, told = b"", head.lower()
        if b"transfer-encoding: chunked" in told:
            while not body.endswith(b"0\r\n\r\n"):
                body += await reader.readuntil(b"\r\n")
        elif b"content-length: " in told:
            length = int(told.split(b"content-length: ")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
        self.requests.append(head + body)
        return head + body


@asynccontextmanager
async def gated(
    tmp_path: Path, answer: bytes | Handler = OK, more: str = "", *, secret: bytes = b"s" * 32
) -> AsyncIterator[Gated]:
    """Run a gate before an interface."""
    upstream = Upstream(answer)
    await upstream.start()
    try:
        async with _served(tmp_path, upstream, more, secret) as gate:
            yield gate
    finally:
        await upstream.stop()
        await asyncio.sleep(0.01)


@asynccontextmanager
async def _served(
    tmp_path: Path, upstream: Upstream, more: str, secret: bytes
) -> AsyncIterator[Gated]:
    told = settings(tmp_path, upstream.port, more)
    path = tmp_path / "gate.log"
    log = Log(path, everything=told.log_everything)
    log.start()
    worker = Worker(told, secret, Metrics(), log)
    worker.start()
    server = await asyncio.get_running_loop().create_server(
        worker.client(secure=False), "127.0.0.1", 0
    )
    try:
        yield Gated(worker, server.sockets[0].getsockname()[1], upstream, path)
    finally:
        server.close()
        worker.stop()
        log.close()
