from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import pytest
from tests.guards.gate.live.harness import GET, Gated, gated, run

from hongxian.guards.gate.live import aside as module

POLICY = '[endpoints."GET /a"]\nmask = ["*"]\n'
CLOSED = POLICY + 'fail = "closed"\n'
ASK = b"GET /a HTTP/1.1\r\nHost: x\r\nX-User: u\r\nConnection: close\r\n\r\n"
ROW = "<tr><td>用户</td><td>1380013%04d</td><td><b>some</b> text &amp; more</td></tr>"


def page(size: int) -> bytes:
    rows = [ROW % (number % 10_000) for number in range(size // 70)]
    return f"<!doctype html><table>{''.join(rows)}</table>".encode()


def answer(body: bytes, kind: bytes = b"text/html", more: bytes = b"") -> bytes:
    length = b"content-length: %d" % len(body)
    return b"HTTP/1.1 200 OK\r\ncontent-type: %b\r\n%b\r\n%b\r\n%b" % (kind, length, more, body)


def judged_aside(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gets the size of each answer that is judged beside all else."""
    sizes: list[int] = []
    real = module.Aside.judge

    def judge(
        self: module.Aside, judge: object, ruling: object, told: object, then: object
    ) -> None:
        sizes.append(len(told.body))
        real(self, judge, ruling, told, then)

    monkeypatch.setattr(module.Aside, "judge", judge)
    return sizes


def asked(tmp_path: Path, told: bytes, policy: str = POLICY) -> bytes:
    """Return what a client gets of a gate."""
    got: list[bytes] = []

    async def scenario() -> None:
        async with gated(tmp_path, told, policy) as gate:
            got.append(await gate.send(ASK, end=False))

    run(scenario)
    return got[0]


def test_others_are_served_while_a_long_page_is_judged(tmp_path: Path) -> None:
    whole = page(1_500_000)

    async def interface(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            long = head.startswith(b"GET /a")
            writer.write(answer(whole) if long else answer(b"{}", b"application/json"))

    async def scenario() -> None:
        async with gated(tmp_path, interface, POLICY) as gate:
            long = asyncio.ensure_future(gate.send(ASK, end=False))
            while gate.worker._aside is None:  # noqa: ASYNC110 - it is told nobody
                await asyncio.sleep(0.001)
            for _ in range(20):
                got = await gate.send(ASK.replace(b"/a", b"/b"), end=False)
                assert got.endswith(b"{}")
            assert not long.done()
            told = await long
            assert b"13800130000" not in told
            assert told.count(b"</tr>") == whole.count(b"</tr>")

    run(scenario)


@pytest.mark.parametrize("packed", [False, True])
def test_a_long_page_is_masked_as_it_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    sizes = judged_aside(monkeypatch)
    body = page(200_000)
    more = b"content-encoding: gzip\r\n" if packed else b""
    head, _, got = asked(
        tmp_path, answer(gzip.compress(body) if packed else body, more=more)
    ).partition(b"\r\n\r\n")
    shown = gzip.decompress(got) if packed else got
    assert (b"content-encoding: gzip" in head) == packed
    assert b"1380013" not in shown
    assert shown.count(b"</tr>") == body.count(b"</tr>")
    assert len(sizes) == 1


@pytest.mark.parametrize(("body", "kind", "times"), [
    (page(200_000), b"text/html", 1), (page(20_000), b"text/html", 0),
    (b'{"p":"13800130000"}' + b" " * 100_000, b"application/json", 0),
    (b'{"p":"13800130000"}' + b" " * 100_000, b"text/plain", 1),
    (b"<p>nothing of the kind</p>" * 4_000, b"text/html", 1),
])  # fmt: skip
def test_only_long_pages_are_judged_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes, kind: bytes, times: int
) -> None:
    sizes = judged_aside(monkeypatch)
    got = asked(tmp_path, answer(body, kind))
    assert got.startswith(b"HTTP/1.1 200")
    assert b"1380013" not in got
    assert len(sizes) == times


@pytest.mark.parametrize(
    ("policy", "status"), [(CLOSED, b"502"), (POLICY + 'fail = "open"\n', b"200")]
)
@pytest.mark.parametrize("fault", ["corrupt", "ours"])
def test_what_cannot_be_judged_is_given_or_not_as_the_policy_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, policy: str, status: bytes, fault: str
) -> None:
    body, more = page(100_000), b""
    if fault == "corrupt":
        body, more = gzip.compress(body)[:-2_000] + b"x" * 2_000, b"content-encoding: gzip\r\n"
        body = body.ljust(5_000, b"x")
    else:
        monkeypatch.setattr(module, "Text", None)
    got = asked(tmp_path, answer(body, more=more), policy)
    assert got.startswith(b"HTTP/1.1 " + status)


def test_a_client_that_leaves_meanwhile_is_no_fault(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, answer(page(400_000)), POLICY) as gate:
            _, writer = await gate.open()
            writer.write(ASK)
            while gate.worker._aside is None:  # noqa: ASYNC110 - it is told nobody
                await asyncio.sleep(0.001)
            writer.transport.abort()
            got = await again(gate)
            assert b"1380013" not in got
            assert got.startswith(b"HTTP/1.1 200")

    run(scenario)


async def again(gate: Gated) -> bytes:
    return await gate.send(ASK, end=False)


def test_the_next_request_of_a_connection_waits_for_its_turn(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, answer(page(100_000)), POLICY) as gate:
            got = await gate.send(GET + ASK, end=False)
            assert got.count(b"HTTP/1.1 200") == 2
            assert b"1380013" not in got

    run(scenario)
