from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path

import pytest
from tests.guards.gate.live.harness import GET, OK, gated, reset, run, until

from hongxian.guards.gate.live.pool import Pool

PHONES = json.dumps({"phones": [str(13800000000 + n) for n in range(300)]}).encode()
GIVES = b'{"phone":"13800138000"}'
MATCH = '[endpoints."POST /m"]\nneeds = ["netid.user_id"]\n'


def post(body: bytes, *headers: bytes, target: bytes = b"/m") -> bytes:
    told = b"".join(one + b"\r\n" for one in headers)
    return (
        b"POST %b HTTP/1.1\r\nHost: x\r\nX-User: u\r\nContent-Length: %d\r\n%b\r\n"
        % (target, len(body), told)
    ) + body


def answer(body: bytes, *headers: bytes) -> bytes:
    told = b"".join(one + b"\r\n" for one in headers)
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%b\r\n"
        % (len(body), told)
    ) + body


def test_a_request_goes_to_the_interface_and_its_answer_comes_back(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, answer(b'{"a":1}', b"X-Own: 2")) as gate:
            got = await gate.send(post(b'{"b":2}', b"X-Forwarded-For: 6.6.6.6"))
            assert got.startswith(b"HTTP/1.1 200 OK\r\n")
            assert b"x-own: 2\r\n" in got
            assert got.endswith(b'content-length: 7\r\n\r\n{"a":1}')
            (sent,) = gate.upstream.requests
            assert sent.startswith(b"POST /m HTTP/1.1\r\nhost: x\r\n")
            assert b"x-forwarded-for: 127.0.0.1\r\n" in sent
            assert b"6.6.6.6" not in sent
            assert sent.endswith(b'{"b":2}')

    run(scenario)


def test_enumeration_is_blocked_before_the_interface_sees_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more=MATCH) as gate:
            got = await gate.send(post(PHONES))
            assert got.startswith(b"HTTP/1.1 403 Forbidden\r\n")
            assert got.endswith(b'{"error":"blocked"}')
            assert gate.upstream.requests == []
            line = json.loads(gate.logged().splitlines()[-1])
            assert (line["action"], line["endpoint"]) == ("block", "POST /m")
            assert "13800000000" not in gate.logged()

    run(scenario)


@pytest.mark.parametrize(("action", "status", "shown"), [
    ("throttle", b"429 Too Many", b"retry-after: 60"), ("challenge", b"302 Found", b"location: /c"),
])  # fmt: skip
def test_callers_are_held_back_as_the_policy_says(
    tmp_path: Path, action: str, status: bytes, shown: bytes
) -> None:
    more = (
        f'[actions]\nenumeration = "{action}"\n'
        '[answers.challenge]\nstatus = 302\nheaders = { Location = "/c" }\nbody = ""\n'
    )

    async def scenario() -> None:
        async with gated(tmp_path, more=more) as gate:
            got = await gate.send(post(PHONES))
            assert got.startswith(b"HTTP/1.1 " + status)
            assert shown in got

    run(scenario)


def chunked(*pieces: bytes, kind: bytes = b"application/json") -> bytes:
    body = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in pieces) + b"0\r\n\r\n"
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    ) + body


def test_large_uploads_go_through_piece_by_piece(tmp_path: Path) -> None:
    body = b"u" * 300_000
    limits = "[limits]\nrequest = 10000\n"

    async def scenario() -> None:
        async with gated(tmp_path, more=limits) as gate:
            got = await gate.send(post(body))
            assert got.startswith(b"HTTP/1.1 200")
            assert gate.upstream.requests[0].endswith(body)
            pieces = b"".join(b"4\r\nabcd\r\n" for _ in range(9_000)) + b"0\r\n\r\n"
            sent = b"POST /m HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces
            assert (await gate.send(sent)).startswith(b"HTTP/1.1 200")
            assert b"large" in gate.logged().encode()

    run(scenario)


@pytest.mark.parametrize(("limits", "told"), [
    ('request = 10000\n[endpoints."POST /m"]\nfail = "closed"', b"unreadable_large"),
    ("upload = 100000", b"too_large"),
])  # fmt: skip
def test_uploads_that_are_too_large_are_refused(tmp_path: Path, limits: str, told: bytes) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more=f"[limits]\n{limits}\n") as gate:
            got = await gate.send(post(b"u" * 300_000))
            assert got.startswith(b"HTTP/1.1 413")
            assert told in got
            chunks = b"100\r\n" + b"x" * 256 + b"\r\n"
            head = b"POST /m HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            got = await gate.send(head, chunks * 800)
            assert got.startswith(b"HTTP/1.1 413")
            assert gate.upstream.requests == []

    run(scenario)


def test_small_bodies_in_chunks_go_on_with_a_length(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            head = b"POST /m HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            await gate.send(head, b"3\r\nabc\r\n", b"0\r\nX: y\r\n\r\n" + GET)
            assert gate.upstream.requests[0].endswith(b"content-length: 3\r\n\r\nabc")
            assert len(gate.upstream.requests) == 2

    run(scenario)


def test_who_waits_for_a_word_before_the_body_gets_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            reader, writer = await gate.open()
            writer.write(
                b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
            )
            assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
            writer.write(b"{}")
            assert b"200 OK" in await reader.readuntil(b"\r\n\r\n")
            assert b"expect" not in gate.upstream.requests[0]
            writer.close()

    run(scenario)


@pytest.mark.parametrize(("sent", "status"), [
    (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", b"502"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", b"502"),
    (b"", b"502"),
    (b"nonsense\r\n\r\n", b"502"),
    (b"HTTP/1.1 200 OK\nContent-Length: 0\n\n", b"502"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab", b"502"),
    (b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", b"502"),
])  # fmt: skip
def test_an_interface_that_dies_or_talks_nonsense_is_told(
    tmp_path: Path, sent: bytes, status: bytes
) -> None:
    async def dies(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(sent)
        await writer.drain()

    async def scenario() -> None:
        async with gated(tmp_path, dies) as gate:
            got = await gate.send(post(b""))
            assert got.startswith(b"HTTP/1.1 " + status)
            assert b"upstream_" in got
            assert "upstream_" in gate.logged()

    run(scenario)


def test_an_interface_that_is_not_there_is_told(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            await gate.upstream.stop()
            got = await gate.send(GET, GET)
            assert got.count(b"HTTP/1.1 502") == 2
            assert b"upstream_connect" in got

    run(scenario)


def test_an_interface_that_stalls_is_given_up(tmp_path: Path) -> None:
    async def stalls(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async def scenario() -> None:
        async with gated(tmp_path, stalls, '[limits]\nanswer_time = "100ms"\n') as gate:
            reader, writer = await gate.open()
            writer.write(GET)
            assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 504")
            writer.close()

    run(scenario)


def test_a_kept_connection_that_turns_out_dead_is_no_lost_request(tmp_path: Path) -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.abort()

    async def scenario() -> None:
        async with gated(tmp_path, once) as gate:
            got = await gate.send(GET, pause=0.05)
            assert got.startswith(b"HTTP/1.1 200")
            assert (await gate.send(GET)).startswith(b"HTTP/1.1 200")
            assert (await gate.send(post(b""))).startswith(b"HTTP/1.1 502")

    run(scenario)


BIG = json.dumps([{"phone": "13800138000", "pad": "x" * 900}] * 40).encode()


def test_a_client_that_leaves_frees_the_interface(tmp_path: Path) -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def waits(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await reader.read()
        gone.set()

    async def scenario() -> None:
        async with gated(tmp_path, waits) as gate:
            _, writer = await gate.open()
            writer.write(GET)
            await asked.wait()
            reset(writer)
            await gone.wait()
            await until(lambda: (gate.worker.pool.open, len(gate.worker.clients)) == (0, 0))
            assert "client_gone" in gate.logged()

    run(scenario)


def test_who_is_closed_gets_no_ranges(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more=MATCH) as gate:
            await gate.send(post(b"", b"Range: bytes=0-5"), GET.replace(b"X-User", b"Range"))
            assert [b"range: " in one for one in gate.upstream.requests] == [False, True]

    run(scenario)


def test_uploads_are_held_back_while_the_interface_takes_none(tmp_path: Path) -> None:
    go = asyncio.Event()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.pause_reading()
        await go.wait()
        writer.transport.resume_reading()
        left = 40 << 20
        while left:
            left -= len(await reader.read(1 << 20))
        writer.write(OK)

    async def scenario() -> None:
        async with gated(tmp_path, slow) as gate:
            reader, writer = await gate.open()
            writer.write(b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (40 << 20))
            writer.write(bytes(40 << 20))
            await asyncio.sleep(0.3)
            assert writer.transport.get_write_buffer_size() > 1 << 20
            go.set()
            assert b"200 OK" in await reader.readuntil(b"\r\n\r\n")
            writer.close()

    run(scenario)


def test_what_is_told_of_a_request_holds_no_value(tmp_path: Path) -> None:
    more = '[log]\nwhat = "all"\n'

    async def scenario() -> None:
        async with gated(tmp_path, answer(GIVES), more) as gate:
            await gate.send(post(GIVES, target=b"/by/13800138000?mobile=13911112222"))
            log = gate.logged()
            assert "POST /by/{id}" in log
            for value in ("13800138000", "13911112222", "127.0.0.1"):
                assert value not in log

    run(scenario)


EVENTS = b"data: %b\n\n" % GIVES


def test_an_early_answer_leaves_no_half_request_on_a_kept_connection(tmp_path: Path) -> None:
    async def early(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await reader.read()

    async def scenario() -> None:
        async with gated(tmp_path, early, "[limits]\nrequest = 1000\n") as gate:
            reader, writer = await gate.open()
            writer.write(
                b"POST /m HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n" + b"x" * 2_000
            )
            assert b"connection: close" in await reader.readuntil(b"{}")
            writer.close()
            assert b"200 OK" in await gate.send(GET)
            assert gate.upstream.connections == 2

    run(scenario)


def test_a_switch_that_was_agreed_on_becomes_a_tunnel(tmp_path: Path) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
        writer.write(await reader.read(5))

    async def scenario() -> None:
        async with gated(tmp_path, echo, '[log]\nwhat = "all"\n') as gate:
            ask = GET[:-2] + b"Connection: upgrade\r\nUpgrade: websocket\r\n\r\n"
            reader, writer = await gate.open()
            writer.write(ask)
            assert b"101 Switching" in await reader.readuntil(b"\r\n\r\n")
            writer.write(b"hello")
            assert await reader.read() == b"hello"
            writer.close()
            assert '"status":101' in gate.logged()

    run(scenario)


def test_an_answer_that_stalls_half_way_is_broken_off(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9\r\n\r\nhalf"

    async def stalls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        await reader.read()

    async def scenario() -> None:
        async with gated(tmp_path, stalls, '[limits]\nanswer_time = "100ms"\n') as gate:
            reader, writer = await gate.open()
            writer.write(GET)
            got = b""
            with suppress(ConnectionError):
                got = await reader.read()
            assert b"HTTP/1.1 504" not in got
            assert "upstream_timeout" in gate.logged()
            writer.close()

    run(scenario)


def test_a_client_that_leaves_while_a_connection_is_made_leaves_it_to_others(
    tmp_path: Path, monkeypatch
) -> None:
    dial, asked, go = Pool._dial, asyncio.Event(), asyncio.Event()

    async def slow(*told: object) -> object:
        asked.set()
        await go.wait()
        return await dial(*told)  # type: ignore[arg-type]

    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            monkeypatch.setattr(Pool, "_dial", slow)
            _, writer = await gate.open()
            writer.write(GET)
            await asked.wait()
            reset(writer)
            await until(lambda: not gate.worker.clients)
            go.set()
            await until(lambda: len(gate.worker.pool._idle) == 1)
            assert b"200 OK" in await gate.send(GET)
            assert gate.upstream.connections == 1

    run(scenario)


def test_a_body_that_does_not_come_is_not_waited_for(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more='[limits]\nbody_time = "100ms"\n') as gate:
            assert b"HTTP/1.1 408" in await gate.send(post(b"{}")[:-1], end=False)

    run(scenario)
