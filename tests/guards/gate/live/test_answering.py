from __future__ import annotations

import asyncio
import gzip
import random
from contextlib import suppress
from pathlib import Path

import pytest
from tests.guards.gate.live.harness import GET, OK, gated, run
from tests.guards.gate.live.test_flow import BIG, EVENTS, GIVES, MATCH, answer, chunked, post


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_answers_are_masked(tmp_path: Path, coding: str) -> None:
    body = gzip.compress(GIVES, mtime=0) if coding else GIVES
    told = (b"ETag: a", b"Content-Encoding: gzip") if coding else (b"ETag: a",)

    async def scenario() -> None:
        async with gated(tmp_path, answer(body, *told), MATCH) as gate:
            head, _, got = (await gate.send(post(b"{}"))).partition(b"\r\n\r\n")
            assert b"etag" not in head
            assert (b"content-encoding: gzip" in head) is bool(coding)
            shown = gzip.decompress(got) if coding else got
            assert shown == b'{"phone":"138****8000"}'

    run(scenario)


def test_pages_are_masked_as_they_are_read_in_their_charset(tmp_path: Path) -> None:
    page = "<p>电话：138<b>00138000</b></p>".encode("gbk")
    kind = b"Content-Type: text/html; charset=gbk"
    sent = answer(gzip.compress(page, mtime=0), kind, b"Content-Encoding: gzip").replace(
        b"Content-Type: application/json\r\n", b""
    )

    async def scenario() -> None:
        async with gated(tmp_path, sent, MATCH) as gate:
            head, _, got = (await gate.send(post(b"{}"))).partition(b"\r\n\r\n")
            assert b"text/html; charset=gbk" in head
            assert b"content-length: %d" % len(got) in head
            assert gzip.decompress(got).decode("gbk") == "<p>电话：138<b>****8000</b></p>"

    run(scenario)


@pytest.mark.parametrize("fail", ["open", "closed"])
def test_a_long_page_is_judged_as_a_short_one(tmp_path: Path, fail: str) -> None:
    page = b"<p>13800138000</p>" * 3_000
    packed = gzip.compress(page + random.Random(1).randbytes(9_000).hex().encode())

    async def scenario() -> None:
        async with gated(tmp_path, chunked(page, kind=b"text/html"), MATCH) as gate:
            got = await gate.send(post(b"{}"))
            assert got.count(b"<p>138****8000</p>") == 3_000
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
        sent = head + b"Content-Length: %d\r\n\r\n%b" % (len(packed) - 9, packed[:-9])
        async with gated(tmp_path, sent, f'[endpoints."POST /m"]\nfail = "{fail}"\n') as gate:
            got = await gate.send(post(b"{}"))
            assert (b"unreadable_corrupt" in got) == (fail == "closed")

    run(scenario)


@pytest.mark.parametrize("kind", [b"text/html", b"text/csv", b"application/xml"])
def test_text_that_is_too_large_fails_as_json_does(tmp_path: Path, kind: bytes) -> None:
    more = f"{MATCH}\n[limits]\nanswer = 100\n"
    sent = b"13800138000 " * 20

    async def scenario() -> None:
        async with gated(tmp_path, chunked(sent, kind=kind), more) as gate:
            assert b"unreadable_large" in await gate.send(post(b"{}"))
            assert sent in await gate.send(GET)  # this one may give PI

    run(scenario)


def test_answers_in_chunks_are_masked_across_their_edges(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, chunked(GIVES[:14], GIVES[14:]), MATCH) as gate:
            assert (await gate.send(post(b"{}"))).endswith(b'{"phone":"138****8000"}')

    run(scenario)


def test_what_is_no_text_goes_through_as_it_comes(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, chunked(GIVES, b"x" * 99_999, kind=b"image/png"), MATCH) as gate:
            got = await gate.send(post(b"{}"))
            assert b"transfer-encoding: chunked" in got
            assert GIVES in got
            assert got.endswith(b"x\r\n0\r\n\r\n")
            old = await gate.send(b"GET / HTTP/1.0\r\nX-User: u\r\n\r\n")
            assert b"transfer-encoding" not in old
            assert old.endswith(GIVES + b"x" * 99_999)

    run(scenario)


@pytest.mark.parametrize(("sent", "heads"), [
    (b"HTTP/1.1 204 No Content\r\n\r\n", [b"204 No Content"]),
    (b"HTTP/1.1 304 Not Modified\r\nETag: a\r\n\r\n", [b"304 Not Modified", b"etag: a"]),
    (b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", [b"200 OK", b"content-length: 0"]),
    (b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + OK, [b"200 OK"]),
])  # fmt: skip
def test_answers_without_a_body_have_none(tmp_path: Path, sent: bytes, heads: list[bytes]) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, sent) as gate:
            got = await gate.send(GET, GET)
            assert got.count(b"HTTP/1.1 ") == 2
            assert all(one in got for one in heads)
            assert b"link" not in got
            assert gate.upstream.connections == 1

    run(scenario)


def test_head_has_no_body_and_the_connection_is_used_again(tmp_path: Path) -> None:
    async def head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")

    async def scenario() -> None:
        async with gated(tmp_path, head) as gate:
            sent = b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"
            assert (await gate.send(sent, sent)).count(b"200 OK") == 2
            assert gate.upstream.connections == 1

    run(scenario)


def test_half_an_answer_that_has_begun_ends_without_its_end(tmp_path: Path) -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
        writer.write(head + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
        await writer.drain()

    async def scenario() -> None:
        async with gated(tmp_path, half) as gate:
            reader, writer = await gate.open()
            writer.write(GET)
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await reader.readuntil(b"0\r\n\r\n")
            writer.close()

    run(scenario)


def test_an_answer_without_a_length_ends_with_its_connection(tmp_path: Path) -> None:
    async def ends(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + GIVES)

    async def scenario() -> None:
        async with gated(tmp_path, ends, MATCH) as gate:
            assert (await gate.send(post(b""))).endswith(
                b'content-length: 23\r\n\r\n{"phone":"138****8000"}'
            )

    run(scenario)


@pytest.mark.parametrize(("fail", "told"), [("closed", b"unreadable_large"), ("open", BIG)])
def test_answers_that_are_too_large_fail_as_the_policy_says(
    tmp_path: Path, fail: str, told: bytes
) -> None:
    more = f'[limits]\nanswer = 10000\n[endpoints."POST /m"]\nfail = "{fail}"\n'

    async def scenario() -> None:
        async with gated(tmp_path, answer(BIG), more) as gate:
            assert told in await gate.send(post(b""))
        pieces = [BIG[n : n + 5_000] for n in range(0, len(BIG), 5_000)]
        async with gated(tmp_path, chunked(*pieces), more) as gate:
            got = await gate.send(post(b""))
            assert (b"unreadable_large" in got) is (fail == "closed")
            assert (b"13800138000" in got) is (fail == "open")

    run(scenario)


def test_bytes_are_held_back_while_the_other_side_takes_none(tmp_path: Path) -> None:
    size = 40 << 20
    sent = 0

    async def floods(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n" % size
        )
        while sent < size:
            writer.write(bytes(1 << 16))
            sent += 1 << 16
            await writer.drain()

    async def scenario() -> None:
        async with gated(tmp_path, floods) as gate:
            reader, writer = await gate.open()
            writer.transport.pause_reading()
            writer.write(GET)
            await asyncio.sleep(0.3)
            assert sent < size // 2
            writer.transport.resume_reading()
            await reader.readuntil(b"\r\n\r\n")
            left = size
            while left:
                left -= len(await reader.read(1 << 20))
            writer.close()

    run(scenario)


def test_events_are_masked_as_they_come(tmp_path: Path) -> None:
    go = asyncio.Event()

    async def tells(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + EVENTS[:20])
        await asyncio.sleep(0.05)
        writer.write(EVENTS[20:] + b"data: last")
        await go.wait()

    async def scenario() -> None:
        async with gated(tmp_path, tells, MATCH) as gate:
            reader, writer = await gate.open()
            writer.write(post(b""))
            assert b"138****8000" in await reader.readuntil(b"}\n\n")
            go.set()
            assert b"data: last" in await reader.readuntil(b"0\r\n\r\n")
            writer.close()

    run(scenario)


def test_events_that_are_not_to_be_given_end_there(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n"

    async def tells(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        await asyncio.sleep(0.1)
        writer.write(EVENTS)

    async def scenario() -> None:
        async with gated(tmp_path, tells) as gate:
            reader, writer = await gate.open()
            writer.write(b"GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            got = b""
            with suppress(ConnectionError):
                got = await reader.read()
            assert b"13800138000" not in got
            assert "stopped" in gate.logged()
            writer.close()

    run(scenario)
