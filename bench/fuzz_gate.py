"""Mutated requests and answers through the live gate, on real sockets: what must never happen.

Behind the gate stands an interface that reads with h11, which is strict: each request that gets
there must be whole, well-formed and one that was sent; nothing may come behind another (smuggling).
Answers of the interface are mutated too. After each case a plain request must be answered, and no
error may be logged by the loop. Every case is made by its seed and told when it fails.

Run: ``python bench/fuzz_gate.py [--cases 20000] [--seed 1]``
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import h11
import uvloop
from tests.guards.gate.live.harness import OK, Gated, gated
from tests.guards.gate.live.strict import Strict

EVIL = b"GET /evil HTTP/1.1\r\nHost: x\r\n\r\n"
PLAIN = b"GET /plain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
REQUESTS = (
    b"GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
    b"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(EVIL) + EVIL,
    b"POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(EVIL)
    + EVIL + b"\r\n0\r\n\r\n",
    b"POST /d HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\n" + EVIL,
    b"POST /e HTTP/1.1\r\nHost: x\r\nX: y\r\n Content-Length: 40\r\nContent-Length: 0\r\n\r\n"
    + EVIL,
    b"GET http://x/f HTTP/1.1\r\nHost: x\r\nX-A: \x00\r\n\r\n",
)  # fmt: skip
ANSWERS = (
    OK,
    (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
     b'7\r\n{"a":1}\r\n0\r\n\r\n'),
    b"HTTP/1.1 204 No Content\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\n\x89PNG",
    b"HTTP/1.0 200 OK\r\n\r\nuntil the end",
)  # fmt: skip
PARTS = (
    b"\r\n", b"\n", b"\r", b" ", b"\t", b"\x00", b":", b"0", b"chunked", b"-1", b"+5", b"0x5",
    b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding : chunked\r\n",
    b"\r\n ", b"\x0b", b"5;a=b", b"\xff", b"identity, ", b"Connection: keep-alive\r\n",
    b"Expect: 100-continue\r\n", b"Upgrade: websocket\r\nConnection: upgrade\r\n", EVIL,
)  # fmt: skip


def mutated(rng: random.Random, data: bytes) -> bytes:
    """Return bytes with some put in, taken out, changed or moved."""
    made = bytearray(data)
    for _ in range(rng.choice((0, 1, 1, 2, 3, 6))):
        at = rng.randrange(len(made) + 1)
        way = rng.randrange(4)
        if way == 0:
            made[at:at] = rng.choice(PARTS)
        elif way == 1:
            del made[at : at + rng.choice((1, 1, 2, 8))]
        elif way == 2 and at < len(made):
            made[at] = rng.randrange(256)
        else:
            part = made[at : at + rng.randrange(1, 40)]
            place = rng.randrange(len(made) + 1)
            made[place:place] = part
    return bytes(made)


async def case(gate: Gated, behind: Strict, rng: random.Random) -> str:
    """Send one case; return what is wrong, if anything."""
    sent = mutated(rng, rng.choice(REQUESTS))
    behind.answer = OK if rng.random() < 0.6 else mutated(rng, rng.choice(ANSWERS))
    behind.forget()
    cut = rng.randrange(len(sent) + 1)
    try:
        async with asyncio.timeout(20):
            await gate.send(sent[:cut], sent[cut:])
    except ConnectionError:
        pass  # it may be broken off
    except TimeoutError:
        return f"no end: {sent!r}"
    seen = list(behind.seen)
    try:
        async with asyncio.timeout(20):
            plain = await gate.send(PLAIN, end=False)
    except (TimeoutError, ConnectionError):
        return f"the next is not served: {sent!r}"
    if not plain.startswith(b"HTTP/1.1 200"):
        return f"the next is answered {plain[:40]!r}: {sent!r}"
    if behind.faults:
        return f"h11: {behind.faults}: {sent!r}"
    if b"/evil" in seen and not read_alike(sent, seen):
        return f"smuggled {seen}: {sent!r}"
    return ""


def read_alike(sent: bytes, seen: list[bytes]) -> bool:
    """Return whether h11 too reads these requests in what was sent: then nothing was smuggled."""
    found: list[bytes] = []
    rest = sent.lstrip(b"\r\n")  # blank lines before a request are spared (RFC 9112, 2.2)
    while rest and len(found) < len(seen):
        link = h11.Connection(h11.SERVER)
        link.receive_data(rest)
        link.receive_data(b"")
        try:
            while not isinstance(event := link.next_event(), h11.EndOfMessage):
                if isinstance(event, h11.Request):  # the host in a target is not sent on
                    found.append(bytes(event.target).removeprefix(b"http://x"))
        except h11.RemoteProtocolError:
            break
        rest = link.trailing_data[0].lstrip(b"\r\n")
    return found == seen


async def fuzz(folder: Path, args: argparse.Namespace) -> int:
    """Run all cases; return how many went wrong."""
    wrong = 0
    behind = Strict()
    told: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, row: told.append(str(row)))
    async with gated(folder, behind, '[limits]\nanswer_time = "2s"\nidle = "5s"\n') as gate:
        for number in range(args.cases):
            fault = await case(gate, behind, random.Random(f"{args.seed} {number}"))  # noqa: S311
            if fault or told:
                wrong += 1
                print(f"case {number}: {fault} {told}")
                told.clear()
    print(f"{behind.total} requests reached the interface")
    return wrong


def main() -> None:
    """Fuzz and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        wrong = runner.run(fuzz(Path(name), args))
    print(f"{args.cases} cases, {wrong} wrong, {time.process_time():.0f} s CPU")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
