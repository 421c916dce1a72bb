"""What a gate writes on exchanges, without a network; as a program, by its compiled layers."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from pathlib import Path
from typing import Any


class Wire:
    """Stands for a transport, and keeps what is written to it."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def get_extra_info(self, name: str) -> Any:
        return ("192.0.2.7", 1) if name == "peername" else None

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def is_closing(self) -> bool:
        return "gone" in self.sent

    def abort(self) -> None:
        self.sent.append("gone")

    close = abort

    def can_write_eof(self) -> bool:
        return False

    def pause_reading(self) -> None:
        self.sent.append("held")

    def resume_reading(self) -> None:
        pass


def exchanged(policy: Path, exchanges: list[tuple[bytes, bytes]]) -> list[Any]:
    """Return what a gate writes both ways, and what it counts."""
    from hongxian.guards.gate.live.log import Log
    from hongxian.guards.gate.live.metrics import Metrics
    from hongxian.guards.gate.live.settings import load_live
    from hongxian.guards.gate.live.upstream import Upstream
    from hongxian.guards.gate.live.worker import Worker

    async def main() -> list[Any]:
        own = Worker(load_live(policy), b"s" * 32, Metrics(), Log(policy.parent / "log"))
        own.now = lambda: 1_750_000_000.0
        client, there = Wire(), Wire()
        told: Any = own.client(secure=False)()
        told.connection_made(client)
        link = Upstream(own.pool)
        link.connection_made(there)
        own.pool.give_back(link)
        for request, answer in exchanges:
            told.data_received(request)
            if link.taker is not None:
                half = len(answer) // 2
                link.data_received(answer[:half])
                if link.taker is not None and half < len(answer):
                    link.data_received(answer[half:])
            if client.is_closing() or there.is_closing():
                break
        counts = own.metrics.text().partition("hongxian_gate_request_seconds")[0]
        return [shown(client.sent), shown(there.sent), counts, len(own.gate.state)]

    return asyncio.run(main())


def shown(sent: list[Any]) -> list[str]:
    return [one if isinstance(one, str) else base64.b64encode(one).decode() for one in sent]


def tell(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Take exchanges a line at a time, and tell what is written on them."""
    from hongxian.guards.gate import fast

    tell(fast.use())
    for line in sys.stdin:
        policy, told = json.loads(line)
        exchanges = [(base64.b64decode(one), base64.b64decode(two)) for one, two in told]
        tell(exchanged(Path(policy), exchanges))


if __name__ == "__main__":
    main()
