from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from tests.guards.gate.live.harness import gated, run, until

ASK = (
    b"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Key: a\r\n\r\n"
)
AGREE = (
    b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
    b"X-Own: 1\r\n\r\n"
)


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    assert b"connection: upgrade\r\nupgrade: websocket\r\n" in head
    writer.write(AGREE + b"hello")
    while data := await reader.read(1 << 16):
        writer.write(data)
        await writer.drain()


def test_a_websocket_goes_through_both_ways(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, echo) as gate:
            reader, writer = await gate.open()
            writer.write(ASK + b"early")
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 101 Switching Protocols\r\nx-own: 1\r\n")
            assert await reader.readexactly(10) == b"helloearly"
            for size in (1, 100_000):
                writer.write(b"x" * size)
                assert len(await reader.readexactly(size)) == size
            writer.write_eof()
            assert await reader.read() == b""
            writer.close()
            await until(lambda: (gate.worker.pool.open, len(gate.worker.clients)) == (0, 0))

    run(scenario)


def test_bytes_are_held_back_in_a_tunnel_too(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, echo) as gate:
            reader, writer = await gate.open()
            writer.write(ASK)
            await reader.readuntil(b"hello")
            size = 30 << 20
            writer.write(bytes(size))
            reader._transport.pause_reading()  # type: ignore[attr-defined]
            await asyncio.sleep(0.3)
            assert writer.transport.get_write_buffer_size() > 1 << 20
            reader._transport.resume_reading()  # type: ignore[attr-defined]
            while size:
                size -= len(await reader.read(1 << 20))
            writer.close()

    run(scenario)


def test_a_silent_tunnel_is_let_go(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, echo, '[limits]\ntunnel = "100ms"\n') as gate:
            reader, writer = await gate.open()
            writer.write(ASK)
            await reader.readuntil(b"hello")
            with contextlib.suppress(ConnectionResetError):
                assert await reader.read() == b""
            writer.close()

    run(scenario)


def test_an_interface_may_say_no(tmp_path: Path) -> None:
    sent = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"

    async def scenario() -> None:
        async with gated(tmp_path, sent) as gate:
            got = await gate.send(ASK)
            assert got.startswith(b"HTTP/1.1 403 Forbidden")
            assert got.endswith(b"no")

    run(scenario)
