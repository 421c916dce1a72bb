"""One process of the gate: listens, adopts a new policy when told, and drains when told to end."""

from __future__ import annotations

import asyncio
import gc
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.guards.gate.live.admin import Admin
from hongxian.guards.gate.live.log import Log
from hongxian.guards.gate.live.settings import load_live
from hongxian.signals.keyed import COMPILED
from hongxian.words import say
from hongxian.words.mask import warn
from hongxian.words.worded import WordedError, said

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Sequence

    from hongxian.guards.gate.live.host import ConnectionHost
    from hongxian.guards.gate.live.metrics import Metrics
    from hongxian.guards.gate.live.settings import LiveSettings

BACKLOG = 4_096
"""Connections that the kernel holds until they are taken."""
COLLECT = (1_000, 2, 4_000)
"""Objects, and younger collections, after which garbage in circles is looked for; there is little,
and looking through all that is remembered holds every request up. The second number bounds how much
of what was remembered lately is looked through at a time: 25 took 14 ms, 2 takes 1.5 ms."""
PAUSE = 0.05
"""Seconds between two looks whether all is answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What all processes of a gate share."""

    settings: LiveSettings
    secret: bytes
    """What identifiers are hashed with."""
    metrics: Metrics
    """Where they count."""
    lang: str
    """Language of what is told on stderr."""
    make: type[ConnectionHost]
    """What they serve: the proxy, or an agent."""


class Serving:
    """A worker with its sockets and signals.

    Args:
        post: what it shares with others.
        number: of this worker.
    """

    def __init__(self, post: Post, number: int = 0) -> None:
        """Keep what is told."""
        self.settings, self.lang, self.metrics = post.settings, post.lang, post.metrics
        self._secret, self._number, self._make = post.secret, number, post.make
        self._secure: ssl.SSLContext | None = None
        self._servers: list[asyncio.Server] = []
        self._end = asyncio.Event()
        self.worker: ConnectionHost

    async def run(self, sockets: Sequence[socket.socket], admin: Sequence[socket.socket]) -> None:
        """Serve until told to end."""
        loop = asyncio.get_running_loop()
        settings = self.settings
        self.metrics.of(self._number)
        log = Log(
            settings.log_file, everything=settings.log_everything, worker=self._number,
            dropped=lambda count: self.metrics.add("log_dropped", count),
        )  # fmt: skip
        log.start()
        shared = self._shared(log)
        self.worker = self._make(settings, self._secret, self.metrics, log, shared)
        if shared is not None:
            await shared.start(self.worker.gate)
        self._secure = settings.secure()
        told: dict[str, Any] = {"backlog": BACKLOG, "ssl": self._secure}
        if self._secure is not None:
            told["ssl_handshake_timeout"] = settings.limits.head_time
        make = self.worker.client(secure=self._secure is not None)
        for one in sockets:
            self._servers.append(await loop.create_server(make, sock=one, **told))
        for one in admin:
            self._servers.append(await loop.create_server(lambda: Admin(self.worker), sock=one))
        self.worker.start()
        for number, do in ((signal.SIGHUP, self.reload), (signal.SIGTERM, self._end.set),
                           (signal.SIGINT, self._end.set)):  # fmt: skip
            loop.add_signal_handler(number, do)
        log.event("started", mode=settings.gate.mode, compiled=COMPILED)
        await self._end.wait()
        await self._drained()
        if shared is not None:
            await shared.stop()
        log.event("ended")
        log.close()

    def _shared(self, log: Log) -> Any:
        if self.settings.state.redis is None:
            return None
        from hongxian.guards.gate.live.shared import Shared  # noqa: PLC0415 - only with Redis

        return Shared(self.settings.state, lambda: self.metrics.add("state_errors"), log.event)

    def reload(self) -> None:
        """Adopt the policy's file and the certificates; a faulty policy changes nothing."""
        try:
            settings = load_live(self.settings.path, self._make.needs)
            for name in ("address", "admin", "workers", "state"):
                if getattr(settings, name) != getattr(self.settings, name):
                    raise WordedError("gate_restart", settings.path, key=name)
            if (settings.tls is None) != (self.settings.tls is None):
                raise WordedError("gate_restart", settings.path, key="tls")
            if self._secure is not None:
                settings.certify(self._secure)
            self.worker.adopt(settings)
        except HongxianError as error:
            self.metrics.add("reloads_refused")
            told = str(said(error, self.lang))
            warn(say("gate.kept", self.lang, line=told))
            self.worker.log.event("reload_refused", reason=str(error))
            return
        self.settings = settings
        self.metrics.add("reloads")
        self.worker.log.event("reloaded", mode=settings.gate.mode)

    async def _drained(self) -> None:
        """Take nothing new, and give what is being answered its time."""
        for server in self._servers:
            server.close()
        self.worker.drain()
        loop = asyncio.get_running_loop()
        end = loop.time() + self.settings.limits.drain
        while self.worker.clients and loop.time() < end:  # noqa: ASYNC110 - until a moment at most
            await asyncio.sleep(PAUSE)
        self.worker.stop()
        await asyncio.sleep(0)


def serve(
    post: Post, number: int, sockets: Sequence[socket.socket], admin: Sequence[socket.socket]
) -> None:
    """Run one process of the gate until it is told to end."""
    import uvloop  # noqa: PLC0415 - heavy

    gc.collect()
    gc.freeze()  # what is there now stays: none of it need be looked at again
    gc.set_threshold(*COLLECT)

    async def main() -> None:
        await Serving(post, number).run(sockets, admin)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
