from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.gate.live.harness import GET, gated, run, until

from hongxian.guards.gate.live.settings import load_live


def test_a_proxy_in_front_is_believed_if_it_is_trusted(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            path = gate.worker.settings.path
            text = path.read_text("utf-8").replace(
                "[upstream]", 'trusted = ["127.0.0.0/8"]\n[upstream]'
            )
            path.write_text(text, "utf-8")
            gate.worker.adopt(load_live(path))
            told = b"X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\n"
            await gate.send(
                GET[:-2] + told + b"\r\n", GET[:-2] + b"X-Forwarded-Proto: https\r\n\r\n"
            )
            first, second = gate.upstream.requests
            assert b"x-forwarded-for: 1.1.1.1, 2.2.2.2, 127.0.0.1\r\n" in first
            assert b"x-forwarded-proto: http\r\n" in first
            assert b"x-forwarded-proto: https\r\n" in second

    run(scenario)


def test_a_request_without_a_host_goes_on_with_an_empty_one(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            assert b"200 OK" in await gate.send(b"GET / HTTP/1.0\r\n\r\n")
            (only,) = gate.upstream.requests
            assert b"\r\nhost: \r\n" in only

    run(scenario)


def test_addresses_are_not_all_remembered(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("hongxian.guards.gate.live.worker.MOST_DRESSED", 0)

    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            await gate.send(GET, GET)
            assert len(gate.worker._dressed) == 1

    run(scenario)


def test_connections_that_nobody_needs_are_closed(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            assert b"200 OK" in await gate.send(GET)
            assert gate.worker.told()["upstream"] == 1
            gate.worker.sweep(gate.worker.clock() + 60)
            await until(lambda: gate.worker.told()["upstream"] == 0)

    run(scenario)


@pytest.mark.parametrize(("kind", "size", "packed", "aside"), [
    (b"text/html", 40_000, b"", True), (b"text/html", 30_000, b"", False),
    (b"text/html; charset=gbk", 5_000, b"gzip", True), (b"application/json", 900_000, b"", False),
    (b"text/event-stream", 900_000, b"", False), (b"application/xml", 900_000, b"", True),
])  # fmt: skip
def test_long_pages_are_judged_beside_all_else(
    tmp_path: Path, kind: bytes, size: int, packed: bytes, aside: bool
) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            headers = [(b"content-type", kind), (b"content-encoding", packed)]
            told = gate.worker.aside(headers, size)
            assert (told is not None) == aside
            if aside:
                assert gate.worker.aside(headers, size) is told

    run(scenario)
