"""The middleware: judges what an application is asked and answers, by the policy of the gate."""

from __future__ import annotations

import asyncio
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.guards.gate.asgi.flow import AsgiFlow
from hongxian.guards.gate.live.host import Host
from hongxian.guards.gate.live.log import Log
from hongxian.guards.gate.live.metrics import Metrics
from hongxian.guards.gate.live.settings import load_live
from hongxian.words.worded import unreadable

if TYPE_CHECKING:
    from hongxian.guards.gate.asgi.flow import App, Receive, Scope, Send
    from hongxian.guards.gate.live.shared import Shared


class GateMiddleware:
    """Guards an application.

    In FastAPI or Starlette ``app.add_middleware(GateMiddleware, policy="gate.toml")``, elsewhere
    ``app = GateMiddleware(app, "gate.toml")``. It belongs outside of all other middleware.

    Args:
        app: an application that speaks ASGI 3.
        policy: file of the policy; tables of the reverse proxy in it (``[listen]``, ``[tls]``,
            ``[upstream]``) have no meaning here.

    Raises:
        HongxianError: the policy is not there, or its faults, a line for each.
    """

    def __init__(self, app: App, policy: str | os.PathLike[str]) -> None:
        """Read the policy; nothing is opened before the first request."""
        self.app = app
        self.settings = load_live(Path(policy), needed=())
        self.metrics = Metrics()
        self.host: Host | None = None
        """What judges; there from the first request on."""
        self._shared: Shared | None = None
        self._begun: asyncio.Future[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request, a WebSocket, or the life of the application."""
        if scope["type"] == "lifespan":
            try:
                await self._ready()
                await self.app(scope, receive, send)
            finally:
                await self._end()
            return
        flow = AsgiFlow(await self._ready(), scope, receive, send)
        if scope["type"] == "websocket":
            await flow.websocket(self.app)
        else:
            await flow.run(self.app)

    async def _ready(self) -> Host:
        if self.host is not None:
            return self.host
        if self.settings.state.redis is None:
            return self._begin()
        if self._begun is None:
            self._begun = asyncio.ensure_future(self._begin_shared())
        await asyncio.shield(self._begun)
        return self.host or self._begin()

    def _begin(self) -> Host:
        settings = self.settings
        log = Log(
            settings.log_file, everything=settings.log_everything, worker=os.getpid(),
            dropped=lambda count: self.metrics.add("log_dropped", count),
        )  # fmt: skip
        try:
            log.start()
        except OSError as error:
            raise unreadable(str(settings.log_file), error) from None
        secret = settings.state.secret or secrets.token_bytes(32)
        self.host = Host(settings, secret, self.metrics, log, self._shared)
        return self.host

    async def _begin_shared(self) -> None:
        """Begin with the state that all processes of the application share."""
        from hongxian.guards.gate.live.shared import Shared  # noqa: PLC0415 - only with Redis

        def event(event: str, **values: object) -> None:
            if self.host is not None:
                self.host.log.event(event, **values)

        shared = Shared(self.settings.state, lambda: self.metrics.add("state_errors"), event)
        self._shared = shared
        await shared.start(self._begin().gate)

    async def _end(self) -> None:
        """End with the application: save what is remembered, and write what is left of the log."""
        host, self.host, self._begun = self.host, None, None
        if host is None:
            return
        if self._shared is not None:
            await self._shared.stop()
            self._shared = None
        host.log.close()
