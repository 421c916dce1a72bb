"""Who takes answers of an interface, and keeps what it was told."""

from __future__ import annotations

import asyncio

from tests.guards.gate.live.harness import GET

from hongxian.guards.gate.live.pool import Pool, Reach


class Takes:
    """Takes one answer, and keeps what it was told."""

    complete = True

    def __init__(self, method: str = "GET") -> None:
        self.method = method
        self.told: list[object] = []
        self.body = b""
        self.done = asyncio.Event()

    def connected(self, link: object) -> None:
        self.told.append("connected")
        link.transport.write(GET)  # type: ignore[attr-defined]

    def answer_began(self, status: int, reason: bytes, headers: list, length: int | None) -> None:
        self.told.append((status, reason, headers, length))

    def answer_goes_on(self, data: bytes) -> None:
        self.body += data

    def answer_ended(self) -> None:
        self.done.set()

    def answer_switched(self, headers: list, rest: bytes) -> None:
        self.told.append(("switched", headers, rest))

    def upstream_failed(self, reason: str) -> None:
        self.told.append(reason)
        self.done.set()

    def upstream_writable(self, *, writable: bool) -> None:
        self.told.append(writable)


def pool_of(*places: tuple[str, int] | str, **told: float) -> Pool:
    return Pool(Reach(places=places), **told)  # type: ignore[arg-type]


def closed(pool: Pool) -> bool:
    return pool.open == 0


async def one(pool: Pool, taker: Takes | None = None) -> Takes:
    taker = taker or Takes()
    pool.take(taker)
    await taker.done.wait()
    return taker
