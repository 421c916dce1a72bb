"""Hostile and strict messages through the gate, on real sockets, before a strict interface (h11).

The cases stand in ``wire``: those of llhttp's own tests (https://github.com/nodejs/llhttp,
``test/request`` and ``test/response``) as bytes and what becomes of them, and more by RFC 9110 and
RFC 9112.
"""

from __future__ import annotations

import asyncio
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.guards.gate.live.harness import OK, Gated, gated, run
from tests.guards.gate.live.strict import Strict

PLAIN = b"GET /plain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
LIMITS = '[limits]\nanswer_time = "2s"\nidle = "5s"\n'
WAYS = ("whole", "in halves", "byte by byte")


def cases(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).with_name("wire") / f"{name}s.toml"
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))[name]
    return rows


def pieces(sent: bytes, way: str) -> list[bytes]:
    """Return bytes as they are sent."""
    if way == "whole":
        return [sent]
    if way == "in halves":
        return [sent[: len(sent) // 2], sent[len(sent) // 2 :]]
    return [sent[at : at + 1] for at in range(len(sent))]


def statuses(got: bytes) -> list[int]:
    """Return the statuses of answers, whose bodies hold none."""
    return [int(one[:3]) for one in got.split(b"HTTP/1.1 ")[1:]]


async def sent(gate: Gated, parts: list[bytes]) -> bytes:
    """Send bytes; a connection that is broken off ends what came."""
    reader, writer = await gate.open()
    got = b""
    try:
        for part in parts:
            if not writer.is_closing():
                writer.write(part)
                await asyncio.sleep(0.001 if len(parts) == 2 else 0)
        if not writer.is_closing():
            writer.write_eof()
        while data := await reader.read(1 << 16):
            got += data
    except OSError:
        pass
    writer.close()
    return got


async def serves_on(gate: Gated, behind: Strict) -> bool:
    """Return whether the next one is served, by connections on which nothing is left."""
    behind.answer = OK
    return (await gate.send(PLAIN)).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("way", WAYS)
def test_requests_are_taken_or_refused_and_nothing_comes_behind_them(
    tmp_path: Path, way: str
) -> None:
    behind = Strict()
    wrong = []

    async def scenario() -> None:
        async with gated(tmp_path, behind, LIMITS) as gate:
            for case in cases("request"):
                behind.forget()
                got = statuses(await sent(gate, pieces(case["sent"].encode("latin-1"), way)))
                found = (got, list(behind.reached), list(behind.faults))
                told = case["statuses"]
                if not got and case.get("late") and way == WAYS[-1]:
                    told = []  # bytes that come behind the end may take the answer with them
                if found != (told, case["reached"], []):
                    wrong.append((case["name"], *found))
                assert await serves_on(gate, behind), case["name"]

    run(scenario)
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("way", WAYS)
def test_answers_are_taken_or_refused_and_nothing_comes_behind_them(
    tmp_path: Path, way: str
) -> None:
    behind = Strict()
    wrong = []

    async def scenario() -> None:
        async with gated(tmp_path, behind, LIMITS) as gate:
            for case in cases("answer"):
                answer = case["sent"].encode("latin-1")
                behind.answer = answer
                behind.step = {"whole": 0, "in halves": len(answer) // 2}.get(way, 1)
                ask = f"{case['method']} /g HTTP/1.1\r\nHost: x\r\n\r\n".encode()
                got = await sent(gate, [ask])
                body = got.partition(b"\r\n\r\n")[2].decode("latin-1")
                shown = body if statuses(got) != [502] else ""
                if (statuses(got), shown) != ([case["status"]], case["body"]):
                    wrong.append((case["name"], got))
                assert await serves_on(gate, behind), case["name"]

    run(scenario)
    assert not wrong, "\n".join(map(str, wrong))
