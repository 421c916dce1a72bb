from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from tests.guards.gate.live.harness import GET, Gated, gated, run

from hongxian.guards import patient
from hongxian.guards.gate.live.admin import Admin


async def asked(gate: Gated, *pieces: bytes) -> bytes:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Admin(gate.worker), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for piece in pieces:
        writer.write(piece)
        await asyncio.sleep(0.01)
    got = await reader.read()
    writer.close()
    server.close()
    return got


def get(path: bytes) -> bytes:
    return b"GET %b HTTP/1.1\r\nHost: x\r\n\r\n" % path


@pytest.mark.parametrize(("sent", "shown"), [
    (get(b"/health"), b'"mode":"enforce"'), (get(b"/ready"), b"200 OK"),
    (get(b"/metrics"), b"\nhongxian_gate_requests_total 1\n"), (get(b"/x"), b"404 Not Found"),
    (b"POST /health HTTP/1.1\r\nHost: x\r\n\r\n", b"405 Method"),
    (b"x" * 9_000, b"400 Bad Request"),
])  # fmt: skip
def test_those_who_run_the_gate_are_told(tmp_path: Path, sent: bytes, shown: bytes) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            await gate.send(GET)
            assert shown in await asked(gate, sent[:5], sent[5:])

    run(scenario)


def test_a_gate_that_drains_is_not_ready(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            gate.worker.drain()
            assert (await asked(gate, get(b"/ready"))).startswith(b"HTTP/1.1 503")
            assert (await asked(gate, get(b"/health"))).startswith(b"HTTP/1.1 200")

    run(scenario)


def test_who_asks_nothing_is_let_go(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(patient, "PATIENCE", 0.05)

    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            with suppress(ConnectionError):
                assert await asked(gate) == b""
            assert await asked(gate, get(b"/ready"))

    run(scenario)
