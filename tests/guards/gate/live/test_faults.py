"""What breaks around the gate, under load: the interface, Redis, a worker, the policy."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Self

import pytest
from tests.guards.gate.live.harness import OK, gated, reset, run
from tests.guards.gate.live.test_processes import Interface, events, told
from tests.sensors.store.sources.servers import redis
from tests.waiting import SECONDS, until

from hongxian.guards.gate.live.settings import LiveSettings

GATE = '[gate]\nmode = "enforce"\nprincipals = ["account"]\n'
LIMIT = """
[endpoints."POST /m".limits."basic.phone"]
distinct = 40
action = "block"
"""
THREADS = 3


def asking(number: int, user: str, close: bool = True) -> bytes:
    body = json.dumps({"phone": str(13_000_000_000 + number * 7_919)}).encode()
    last = b"Connection: close\r\n" if close else b""
    head = b"POST /m HTTP/1.1\r\nHost: x\r\nX-User: %b\r\nContent-Length: %d\r\n%b\r\n"
    return head % (user.encode(), len(body), last) + body


def test_an_interface_that_resets_in_the_middle_takes_nobody_else_with_it(tmp_path: Path) -> None:
    async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            if b"/good" in head:
                writer.write(OK)
                continue
            kind = b"image/png" if b"/png" in head else b"application/json"
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: 9\r\n\r\n" % kind)
            writer.write(b'{"a":')
            await writer.drain()
            await asyncio.sleep(0.05)
            reset(writer)
            return

    async def scenario() -> None:
        async with gated(tmp_path, resets) as gate:
            get = b"GET %b HTTP/1.1\r\nHost: x\r\n\r\n"
            read, streamed, good = await asyncio.gather(
                *(gate.send(get % one) for one in (b"/json", b"/png", b"/good"))
            )
            assert read.startswith(b"HTTP/1.1 502")
            assert b"content-length: 9" in streamed
            assert streamed.endswith(b'{"a":')
            assert good.startswith(b"HTTP/1.1 200")
            assert (await gate.send(get % b"/good")).startswith(b"HTTP/1.1 200")

    run(scenario)


def test_more_callers_than_are_remembered_need_no_more_memory(tmp_path: Path) -> None:
    more = f"{GATE}remember = 200\n{LIMIT}"

    async def scenario() -> None:
        async with gated(tmp_path, more=more) as gate:
            sizes = []
            for start in range(0, 1_500, 500):
                sent = [asking(n, f"u{n}", close=False) for n in range(start, start + 500)]
                assert (await gate.send(*sent)).count(b"200 OK") == 500
                sizes.append(len(gate.worker.gate.state))
            assert sizes[0] == sizes[1] == sizes[2]

    run(scenario)


@contextmanager
def started(settings: LiveSettings) -> Iterator[int]:
    """Run a gate as its user does; give its process."""
    words = ["hongxian", "gate", "--policy", str(settings.path)]
    code = f"import sys; sys.argv = {words}; from hongxian.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    try:
        until(lambda: len(events(settings, "started")) == settings.workers)
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def workers(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def send(settings: LiveSettings, data: bytes) -> bytes:
    """Send a request; return what came, which is nothing when the connection broke."""
    got = b""
    try:
        with socket.create_connection(settings.address, timeout=SECONDS) as one:
            one.sendall(data)
            while piece := one.recv(1 << 16):
                got += piece
    except OSError:
        return b""
    return got


class Load:
    """Callers that send one request after the other until told to end."""

    def __init__(self, settings: LiveSettings) -> None:
        self.answers: list[bytes] = []
        self._settings, self._end = settings, threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(n,), daemon=True) for n in range(THREADS)
        ]

    def _run(self, place: int) -> None:
        sent = 0
        while not self._end.is_set():
            sent += 1
            self.answers.append(send(self._settings, asking(sent, f"user-{place}-{sent // 30}")))
            time.sleep(0.005)

    def __enter__(self) -> Self:
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for one in self._threads:
            one.join()

    def broken(self) -> int:
        """Return how many were not answered as they must."""
        return sum(not one.startswith(b"HTTP/1.1 200") for one in self.answers)


def shared(
    tmp_path: Path, upstream: int, redis_at: str | None, workers: int = 2, more: str = ""
) -> LiveSettings:
    """Return the settings of workers that share what they remember."""
    (tmp_path / "secret").write_bytes(b"s" * 32)
    callers = '[callers]\naccount = ["header:x-user"]\n'
    place = f'redis = "{redis_at}"\n' if redis_at else ""
    state = f'[state]\n{place}secret_file = "secret"\n{more}'
    return told(tmp_path, upstream, workers, callers + GATE + LIMIT + state)


@contextmanager
def interface() -> Iterator[int]:
    """Run an interface that answers everything; give its port."""
    made = Interface()
    made.start()
    made.ready.wait()
    try:
        yield made.port
    finally:
        made.end.set()
        made.join()


def bodies(user: str, numbers: list[list[int]]) -> list[bytes]:
    """Return requests, each with many numbers in one body."""
    told = []
    for group in numbers:
        body = json.dumps([str(13_000_000_000 + n * 7_919) for n in group]).encode()
        head = b"POST /m HTTP/1.1\r\nHost: x\r\nX-User: %b\r\nContent-Length: %d\r\n"
        told.append(head % (user.encode(), len(body)) + b"Connection: close\r\n\r\n" + body)
    return told


def statuses(settings: LiveSettings, requests: list[bytes]) -> list[str]:
    """Send requests, several at a time; return the statuses."""
    with ThreadPoolExecutor(8) as senders:
        return [one[9:12].decode() for one in senders.map(partial(send, settings), requests)]


@pytest.mark.parametrize(("count", "share"), [(1, False), (1, True), (3, True)])
def test_a_limit_is_the_same_however_many_workers_hold_it(
    tmp_path: Path, count: int, share: bool
) -> None:
    with interface() as port, ExitStack() as server:
        settings = shared(tmp_path, port, server.enter_context(redis()) if share else None, count)
        with started(settings):
            got = statuses(settings, [asking(n % 60, "attacker") for n in range(120)])
            assert got.count("200") >= 40  # a number that was asked for before costs nothing
            late = statuses(settings, [asking(n, "attacker") for n in range(60, 90)])
            assert late == ["403"] * 30
            fresh = statuses(settings, [asking(n, "other") for n in range(90)])
            assert (fresh.count("200"), fresh.count("403")) == (40, 50)
            many = [list(range(start, start + 8)) for start in range(0, 80, 8)]
            whole = statuses(settings, bodies("third", many))
            assert (whole.count("200"), whole.count("403")) == (5, 5)


@pytest.mark.parametrize("lost", ["closed", "local"])
def test_without_redis_endpoints_that_give_pi_are_as_the_policy_says(
    tmp_path: Path, lost: str
) -> None:
    more = "" if lost == "closed" else 'lost = "local"\n'  # closed unless it says otherwise
    with interface() as port, ExitStack() as server:
        settings = shared(tmp_path, port, server.enter_context(redis()), 2, more)
        with started(settings):
            assert statuses(settings, [asking(1, "u")]) == ["200"]
            server.close()  # Redis is gone
            until(lambda: len(events(settings, "state_lost")) == 2)
            got = set(statuses(settings, [asking(n, "u") for n in range(20)]))
            assert got == ({"503"} if lost == "closed" else {"200"})
            assert send(settings, b"GET /a HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200")
        assert sorted(events(settings, "state_lost")) == [0, 1]  # one line of each worker


def test_killed_workers_and_new_policies_cost_nobody_a_request(tmp_path: Path) -> None:
    with interface() as port, ExitStack() as server:
        more = 'lost = "local"\n'
        settings = shared(tmp_path, port, server.enter_context(redis()), 2, more)
        with started(settings) as pid, Load(settings) as load:
            got = [send(settings, asking(n, "attacker")) for n in range(25)]
            assert all(one.startswith(b"HTTP/1.1 200") for one in got)
            assert load.broken() == 0
            for place, victim in enumerate(workers(pid), 3):
                os.kill(victim, signal.SIGKILL)
                until(partial(_started, settings, place))
            broken = load.broken()
            assert broken <= 2 * THREADS  # those that the killed ones had begun
            got = [send(settings, asking(n, "attacker")) for n in range(25, 60)]
            assert [one[9:12] for one in got] == [b"200"] * 15 + [b"403"] * 20
            os.kill(pid, signal.SIGHUP)
            until(lambda: len(events(settings, "reloaded")) == 2)
            server.close()  # Redis is gone
            seen = len(load.answers)
            until(lambda: len(load.answers) > seen + 60)
            assert send(settings, asking(99, "attacker")).startswith(b"HTTP/1.1 403")
            assert load.broken() == broken


def _started(settings: LiveSettings, count: int) -> bool:
    return len(events(settings, "started")) == count
