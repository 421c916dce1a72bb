from __future__ import annotations

import asyncio
import gzip
import json
from pathlib import Path

import pytest
from tests.guards.gate.live.harness import GET, OK, Upstream, gated, reset, run

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


def chunked(*pieces: bytes, kind: bytes = b"application/json") -> bytes:
    body = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in pieces) + b"0\r\n\r\n"
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    ) + body


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


BIG = json.dumps([{"phone": "13800138000", "pad": "x" * 900}] * 40).encode()


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


def test_a_client_that_leaves_frees_the_interface(tmp_path: Path) -> None:
    gone = asyncio.Event()

    async def waits(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await reader.read()
        gone.set()

    async def scenario() -> None:
        async with gated(tmp_path, waits) as gate:
            _, writer = await gate.open()
            writer.write(GET)
            await asyncio.sleep(0.1)
            reset(writer)
            await gone.wait()
            await asyncio.sleep(0.01)
            assert gate.worker.pool.open == 0
            assert "client_gone" in gate.logged()

    run(scenario)


def test_who_is_closed_gets_no_ranges(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more=MATCH) as gate:
            await gate.send(post(b"", b"Range: bytes=0-5"), GET.replace(b"X-User", b"Range"))
            assert [b"range: " in one for one in gate.upstream.requests] == [False, True]

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


def test_the_harness_reads_nothing_at_the_end() -> None:
    async def scenario() -> None:
        upstream = Upstream()
        await upstream.start()
        _, writer = await asyncio.open_connection("127.0.0.1", upstream.port)
        writer.close()
        await asyncio.sleep(0.01)
        assert upstream.requests == []
        await upstream.stop()

    run(scenario)
