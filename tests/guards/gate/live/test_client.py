from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.guards.gate.live.harness import GET, OK, gated, reset, run, until
from tests.guards.gate.live.test_heads import REFUSED

POST = b"POST /b HTTP/1.1\r\nHost: x\r\nX-User: u\r\nContent-Length: 3\r\n\r\nabc"
CHUNKED = b"POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
SHORT = '[limits]\nhead_time = "200ms"\nbody_time = "200ms"\nidle = "300ms"\nsend_time = "300ms"\n'


def test_requests_that_come_together_are_answered_in_order(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            got = await gate.send(GET + POST + CHUNKED + b"\r\n\r\n" + GET)
            assert got.count(b"HTTP/1.1 200 OK") == 4
            paths = [one.split()[1] for one in gate.upstream.requests]
            assert paths == [b"/a", b"/b", b"/c", b"/a"]
            assert gate.upstream.connections == 1

    run(scenario)


@pytest.mark.parametrize("half", [POST[:-1], CHUNKED[:-8]])
def test_half_a_body_behind_another_request_is_not_waited_for(tmp_path: Path, half: bytes) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            assert (await gate.send(GET + half)).count(b"HTTP/1.1") == 1
            assert len(gate.upstream.requests) == 1

    run(scenario)


def test_many_requests_at_once_are_held_and_none_is_lost(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            assert (await gate.send(POST * 2_000)).count(b"200 OK") == 2_000

    run(scenario)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, 400), max_size=8))
def test_wherever_bytes_are_cut_the_answers_are_the_same(tmp_path: Path, cuts: list[int]) -> None:
    sent = GET + POST + CHUNKED + GET
    pieces, start = [], 0
    for end in [*sorted({min(cut, len(sent)) for cut in cuts}), len(sent)]:
        pieces.append(sent[start:end])
        start = end

    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            assert (await gate.send(*pieces, pause=0.002)).count(b"HTTP/1.1 200 OK") == 4
            bodies = [one.partition(b"\r\n\r\n")[2] for one in gate.upstream.requests]
            assert bodies == [b"", b"abc", b"abc", b""]

    run(scenario)


def test_nothing_of_a_malformed_request_reaches_the_interface(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            for name, data in REFUSED.items():
                got = await gate.send(data + b"0\r\n\r\n" + GET)
                assert got.startswith((b"HTTP/1.1 4", b"HTTP/1.1 5")), name
                assert got.count(b"HTTP/1.1") == 1, name
                assert b"connection: close" in got
            assert gate.upstream.requests == []
            assert gate.logged().count('"event":"rejected"') == len(REFUSED)

    run(scenario)


@pytest.mark.parametrize("pair", [
    (b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 35\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
    (b"POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
    b"5c\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n0\r\n\r\n"),
    (b"POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\x0bGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
    (b"POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n"
    b"GET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
    (b"GET /a HTTP/1.1\r\nHost: x\r\nX: y\r\n Content-Length: 40\r\n\r\n"
    b"GET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
    (b"GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 33\r\n\r\n"
    b"GET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
])  # fmt: skip
def test_no_request_is_smuggled_behind_another(tmp_path: Path, pair: bytes) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            got = await gate.send(pair)
            assert got.startswith(b"HTTP/1.1 400")
            assert gate.upstream.requests == []

    run(scenario)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.binary(max_size=40) | st.sampled_from([GET, POST, CHUNKED, b"\r\n"]), max_size=4)
)
def test_any_bytes_are_answered_or_refused_and_the_next_client_is_served(
    tmp_path: Path, pieces: list[bytes]
) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            await gate.send(*pieces)
            assert (await gate.send(GET)).startswith(b"HTTP/1.1 200 OK")
            known = (b"GET /a ", b"POST /b ", b"POST /c ")
            assert all(one.startswith(known) for one in gate.upstream.requests)

    run(scenario)


@pytest.mark.parametrize(("sent", "status"), [
    (b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000, b"431"),
    (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", b"431"),
    (b"\r\n" * 9 + GET, b"400"), (b"\n" + GET, b"400"),
])  # fmt: skip
def test_heads_that_are_too_large_are_refused(tmp_path: Path, sent: bytes, status: bytes) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            assert (await gate.send(sent)).startswith(b"HTTP/1.1 " + status)

    run(scenario)


@pytest.mark.parametrize(("sent", "told"), [
    (b"GET / HT", b"408"), (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab", b"408"),
    (b"", b""),
])  # fmt: skip
def test_who_is_slow_is_let_go(tmp_path: Path, sent: bytes, told: bytes) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more=SHORT) as gate:
            got = await gate.send(sent, end=False)
            assert (b"HTTP/1.1 " + told in got) if told else got == b""
            assert gate.upstream.requests == []

    run(scenario)


def test_an_idle_connection_is_let_go(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more=SHORT) as gate:
            assert (await gate.send(GET, end=False)).endswith(b"{}")
            assert not gate.worker.clients

    run(scenario)


def test_who_takes_no_bytes_is_let_go(tmp_path: Path) -> None:
    async def floods(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 50000000\r\n\r\n"
        )
        writer.write(bytes(50_000_000))
        await writer.drain()

    async def scenario() -> None:
        async with gated(tmp_path, floods, SHORT) as gate:
            _, writer = await gate.open()
            writer.transport.pause_reading()
            writer.write(GET)
            await until(lambda: gate.upstream.connections == 1)
            await until(lambda: not gate.worker.clients)
            writer.close()

    run(scenario)


def test_a_refused_upload_gets_its_answer_though_it_still_sends(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more="[limits]\nupload = 1000\n") as gate:
            head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n"
            got = await gate.send(head, *([bytes(1 << 16)] * 40), pause=0.001)
            assert got.startswith(b"HTTP/1.1 413")

    run(scenario)


def test_too_many_connections_are_refused(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more="[limits]\nconnections = 1\n") as gate:
            _, writer = await gate.open()
            await until(lambda: len(gate.worker.clients) == 1)
            assert (await gate.send(end=False)).startswith(b"HTTP/1.1 503")
            writer.close()
            await until(lambda: not gate.worker.clients)
            assert (await gate.send(GET)).startswith(b"HTTP/1.1 200")

    run(scenario)


def test_a_client_that_breaks_off_in_its_body_leaves_nothing_behind(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path) as gate:
            _, writer = await gate.open()
            writer.write(POST[:-1])
            await until(lambda: len(gate.worker.clients) == 1)
            reset(writer)
            await gate.send(POST[:-1])
            await until(lambda: not gate.worker.clients)
            assert gate.upstream.requests == []

    run(scenario)


def test_a_connection_that_is_to_close_closes(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, OK) as gate:
            got = await gate.send(GET[:-2] + b"Connection: close\r\n\r\n" + GET, end=False)
            assert got.count(b"200 OK") == 1
            assert b"connection: close" in got
            old = await gate.send(b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            assert b"connection: keep-alive" in old

    run(scenario)
