"""A Redis of the test's own."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.sensors.store.sources.servers import free_port


class Redis:
    def __init__(self, port: int, *more: str) -> None:
        self.port, self._more = port, more
        self.process: Any = None

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    async def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "redis-server is not installed"
        told = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", *self._more)
        self.process = _started(program, *told)
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def _started(*command: str) -> Any:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


@asynccontextmanager
async def redis(*more: str) -> AsyncIterator[Redis]:
    server = Redis(free_port(), *more)
    await server.start()
    try:
        yield server
    finally:
        server.stop()
