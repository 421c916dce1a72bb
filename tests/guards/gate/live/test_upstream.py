from __future__ import annotations

import asyncio
import functools
from pathlib import Path

import pytest
from tests.guards.gate.live.harness import OK, gated, run, until
from tests.guards.gate.live.takes import Takes, closed, one, pool_of

from hongxian.guards.gate.live import upstream


def test_more_than_was_asked_for_ends_the_connection(tmp_path: Path) -> None:
    async def scenario() -> None:
        for more in (OK, b"rubbish"):
            async with gated(tmp_path, OK + more) as gate:
                pool = pool_of(("127.0.0.1", gate.upstream.port))
                taker = await one(pool)
                assert taker.body == b"{}"
                assert len(taker.told) == 2
                await until(functools.partial(closed, pool))

    run(scenario)


def test_what_comes_unasked_ends_the_connection(tmp_path: Path) -> None:
    go = asyncio.Event()

    async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await go.wait()
        writer.write(OK)
        await reader.read()

    async def scenario() -> None:
        async with gated(tmp_path, late) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            await one(pool)
            assert pool.open == 1
            go.set()
            await until(functools.partial(closed, pool))

    run(scenario)


def test_headers_for_this_hop_stay_here(tmp_path: Path) -> None:
    sent = (
        b"HTTP/1.1 200 Fine\r\nConnection: x-own\r\nX-Own: 1\r\nX-Kept: 2\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    )

    async def scenario() -> None:
        async with gated(tmp_path, sent) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            taker = await one(pool)
            assert taker.told[1] == (200, b"Fine", [(b"x-kept", b"2")], None)
            pool.close()

    run(scenario)


def test_a_fault_of_ours_ends_the_request_alone(tmp_path: Path) -> None:
    class Broken(Takes):
        def answer_goes_on(self, data: bytes) -> None:
            raise RuntimeError(data)

    async def scenario() -> None:
        async with gated(tmp_path, OK) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            assert (await one(pool, Broken())).told[-1] == "error"
            assert (await one(pool)).body == b"{}"
            pool.close()

    run(scenario)


def test_a_tunnel_or_an_upload_is_held_back_by_the_interface(tmp_path: Path) -> None:
    async def sleeps(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.pause_reading()
        await asyncio.sleep(0.1)
        writer.transport.resume_reading()
        await reader.readexactly(20 << 20)
        writer.write(OK)

    class Sends(Takes):
        def connected(self, link: object) -> None:
            super().connected(link)
            link.transport.write(bytes(20 << 20))  # type: ignore[attr-defined]

    async def scenario() -> None:
        async with gated(tmp_path, sleeps) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            taker = await one(pool, Sends())
            assert (taker.told[:3], taker.body) == (["connected", False, True], b"{}")
            pool.close()

    run(scenario)


def test_a_switch_is_told_with_what_came_behind_it(tmp_path: Path) -> None:
    head = b"HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"

    async def scenario() -> None:
        async with gated(tmp_path, head + b"more") as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            taker = Takes()
            pool.take(taker)
            await until(lambda: len(taker.told) > 1)
            assert taker.told[1][0::2] == ("switched", b"more")  # type: ignore[index]

    run(scenario)


def test_answers_that_end_with_the_connection_end_there(tmp_path: Path) -> None:
    async def ends(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nall")

    async def scenario() -> None:
        async with gated(tmp_path, ends) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            assert (await one(pool)).body == b"all"
            for nonsense in (b"nonsense", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"):
                gate.upstream.answer = nonsense
                told = (await one(pool, Takes())).told[-1]
                await gate.upstream.stop()
                assert told == "malformed"
                break

    run(scenario)


CUT = b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 6\r\n%b\r\nab"
PLAIN_ANSWERS = {
    "whole": ([CUT % b"" + b"cdef"], [b"abcdef"], 1),
    "in pieces": ([CUT % b"", b"cd", b"ef"], [b"abcdef"], 1),
    "last": ([CUT % b"Connection: close\r\n" + b"cdef"], [b"abcdef"], 2),
    "more than told": ([CUT % b"", b"cdefHTTP/1.1 200 OK\r\n\r\n"], [b"abcdef"], 2),
    "more at once": ([CUT % b"" + b"cdefghi"], [b"abcdef"], 2),
    "empty": ([OK.replace(b"length: 2", b"length: 0")[:-2]], [b""], 1),
    "in chunks": ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"],
                  [b"ab"], 1),
    "head in pieces": ([OK[:20], OK[20:]], [b"{}"], 1),
}  # fmt: skip


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("name", PLAIN_ANSWERS)
def test_a_plain_answer_is_read_without_a_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, quick: bool
) -> None:
    pieces, bodies, connections = PLAIN_ANSWERS[name]
    monkeypatch.setattr(upstream, "COMPILED", quick)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readuntil(b"\r\n\r\n"):
            for piece in pieces:
                writer.write(piece)
                await asyncio.sleep(0.02)

    async def scenario() -> None:
        async with gated(tmp_path, serve) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            assert [(await one(pool)).body, (await one(pool)).body] == [bodies[0], bodies[0]]
            assert gate.upstream.connections == connections
            pool.close()

    run(scenario)


def test_an_answer_to_head_has_no_body(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream, "COMPILED", True)

    async def scenario() -> None:
        async with gated(tmp_path, OK[:-2]) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            assert (await one(pool, Takes("HEAD"))).told[1][3] == 0  # type: ignore[index]
            pool.close()

    run(scenario)
