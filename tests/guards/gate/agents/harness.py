"""Agents on real sockets, and the proxies that ask them, with the configurations of the docs."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.guards.gate.live.harness import OK, Handler, Upstream
from tests.sensors.store.sources.servers import free_port

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.parts import Request
from hongxian.guards.gate.exchange.ruling import Ruling
from hongxian.guards.gate.exchange.settings import ExchangeSettings
from hongxian.guards.gate.live.host import ConnectionHost
from hongxian.guards.gate.live.log import Log
from hongxian.guards.gate.live.metrics import Metrics
from hongxian.guards.gate.live.settings import load_live
from hongxian.guards.gate.policy import EndpointRule, GatePolicy

DOCS = Path(__file__).parents[4] / "docs" / "gate"
POLICY = (DOCS / "gate.toml").read_text("utf-8")


def judged(target: str = "/", *rules: EndpointRule) -> Ruling:
    """Return what is known of a request before it is decided on."""
    judge = Judge(ExchangeSettings(), Gate(GatePolicy(endpoints=rules)))
    return judge.question(Request(method="GET", target=target, headers=[]))


def phones(count: int, start: int = 0) -> list[str]:
    return [str(13800000000 + 7919 * n) for n in range(start, start + count)]


def request(method: str, target: str, body: bytes | None = None, **headers: str) -> bytes:
    """Return the bytes of a request after which the connection ends."""
    told = {"host": "a.example", "x-user": "u1", "connection": "close", **headers}
    if body is not None:
        told["content-length"] = str(len(body))
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {text}" for name, text in told.items())]
    return "\r\n".join((*lines, "", "")).encode() + (body or b"")


def ask(*numbers: str) -> bytes:
    return request("POST", "/contacts/match", json.dumps(numbers).encode())


async def send(port: int, data: bytes) -> tuple[int, bytes]:
    """Send bytes; return status and all of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        answer = await reader.read()
    finally:
        writer.close()
    return int(answer[9:12] or b"0"), answer


class Agent:
    """An agent that runs."""

    def __init__(self, host: ConnectionHost, port: int, log: Path) -> None:
        self.host, self.port, self._log = host, port, log

    def logged(self) -> list[dict[str, Any]]:
        self.host.log.close()
        return [json.loads(line) for line in self._log.read_text("utf-8").splitlines()]


@asynccontextmanager
async def agent(
    tmp_path: Path, kind: type[ConnectionHost], policy: str = POLICY
) -> AsyncIterator[Agent]:
    path = tmp_path / "gate.toml"
    path.write_text(policy, "utf-8")
    log = Log(tmp_path / "gate.log")
    log.start()
    host = kind(load_live(path, kind.needs), b"s" * 32, Metrics(), log)
    host.start()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(host.client(secure=False), "127.0.0.1", 0)
    try:
        yield Agent(host, server.sockets[0].getsockname()[1], tmp_path / "gate.log")
    finally:
        server.close()
        host.drain()
        host.stop()
        log.close()
        await asyncio.sleep(0.01)


@asynccontextmanager
async def upstream(answer: bytes | Handler = OK) -> AsyncIterator[Upstream]:
    made = Upstream(answer)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


@asynccontextmanager
async def proxy(
    tmp_path: Path, names: list[str], changes: Mapping[str, str], *command: str
) -> AsyncIterator[int]:
    """Run a proxy with configurations of the docs; yields its port."""
    for _ in range(5):  # somebody else may take the port meanwhile
        port = free_port()
        for name in names:
            text = (DOCS / name).read_text("utf-8")
            for old, new in {**changes, "127.0.0.1:8080": f"127.0.0.1:{port}"}.items():
                text = text.replace(old, new)
            (tmp_path / name).write_text(text, "utf-8")
        process = _started(tmp_path, *command)
        if await _listens(process, port):
            break
    else:
        raise AssertionError((tmp_path / "proxy.log").read_text("utf-8"))
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


async def _listens(process: subprocess.Popen[bytes], port: int) -> bool:
    while process.poll() is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return process.poll() is None
    return False


def _started(tmp_path: Path, *command: str) -> subprocess.Popen[bytes]:
    program = shutil.which(command[0], path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    assert program, f"{command[0]} is not installed"
    with (tmp_path / "proxy.log").open("wb") as log:
        return subprocess.Popen([program, *command[1:]], stdout=log, stderr=log, cwd=tmp_path)
