from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from tests.guards.gate.live.harness import GET, Upstream
from tests.sensors.store.sources.servers import free_port
from tests.waiting import SECONDS, until

from hongxian.guards.gate.live import processes as module
from hongxian.guards.gate.live.metrics import Metrics
from hongxian.guards.gate.live.processes import Processes, _status, run
from hongxian.guards.gate.live.serve import Post
from hongxian.guards.gate.live.settings import LiveSettings, load_live
from hongxian.guards.gate.live.worker import Worker
from hongxian.guards.listening import bound


class Interface(threading.Thread):
    """An interface in a thread of its own."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.port = 0
        self.ready = threading.Event()
        self.end = threading.Event()

    def run(self) -> None:
        async def main() -> None:
            upstream = Upstream()
            await upstream.start()
            self.port = upstream.port
            self.ready.set()
            while not self.end.is_set():  # noqa: ASYNC110 - it is told by another thread
                await asyncio.sleep(0.02)
            await upstream.stop()

        asyncio.run(main())


def told(tmp_path: Path, port: int, workers: int, more: str = "") -> LiveSettings:
    path = tmp_path / "gate.toml"
    path.write_text(
        f'[listen]\naddress = "127.0.0.1:{free_port()}"\nadmin = "127.0.0.1:{free_port()}"\n'
        f'workers = {workers}\n[upstream]\nservers = ["http://127.0.0.1:{port}"]\n'
        f'[log]\nfile = "gate.log"\n{more}',
        "utf-8",
    )
    return load_live(path)


def send(settings: LiveSettings) -> bytes:
    """Send a request, again where a worker that was killed had taken it; return the answer."""
    got = bytearray()

    def answered() -> bool:
        with (
            suppress(OSError),
            socket.create_connection(settings.address, timeout=SECONDS) as one,
        ):
            one.sendall(GET[:-2] + b"Connection: close\r\n\r\n")
            while data := one.recv(1 << 16):
                got.extend(data)
        return bool(got)

    until(answered)
    return bytes(got)


def events(settings: LiveSettings, event: str) -> list[int]:
    assert settings.log_file is not None
    lines = settings.log_file.read_text().splitlines() if settings.log_file.exists() else []
    rows = [json.loads(line) for line in lines]
    return [row["worker"] for row in rows if row["event"] == event]


def children() -> list[int]:
    return [
        int(one)
        for one in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    ]


def running(settings: LiveSettings, do: Callable[[], None]) -> list[BaseException]:
    """Run a gate, and something beside it; it ends when that is done."""
    faults: list[BaseException] = []

    def beside() -> None:
        try:
            do()
        except BaseException as error:  # noqa: BLE001 - the test is told
            faults.append(error)
        os.kill(os.getpid(), signal.SIGTERM)

    kept = [
        signal.getsignal(one)
        for one in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGALRM)
    ]
    thread = threading.Thread(target=beside)
    thread.start()
    try:
        run(settings, "en")
    finally:
        thread.join()
        signal.alarm(0)
        for one, handler in zip(
            (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGALRM), kept, strict=True
        ):
            signal.signal(one, handler)
    return faults


def test_a_worker_that_is_killed_is_replaced_and_the_others_go_on(tmp_path: Path, capfd) -> None:
    interface = Interface()
    interface.start()
    interface.ready.wait()
    settings = told(tmp_path, interface.port, 2)
    before = set(children())

    def do() -> None:
        until(lambda: len(events(settings, "started")) == 2)
        for _ in range(10):
            assert send(settings).startswith(b"HTTP/1.1 200")
        os.kill(next(one for one in children() if one not in before), signal.SIGKILL)
        for _ in range(10):
            assert send(settings).startswith(b"HTTP/1.1 200")
        until(lambda: len(events(settings, "started")) == 3)
        os.kill(os.getpid(), signal.SIGHUP)
        until(lambda: len(events(settings, "reloaded")) == 2)
        assert send(settings).startswith(b"HTTP/1.1 200")

    assert running(settings, do) == []
    interface.end.set()
    interface.join()
    shown = capfd.readouterr().err
    assert "2 workers, mode learn" in shown
    assert "the 2 workers count apart" in shown
    assert "ended unexpectedly (SIGKILL)" in shown
    assert len(events(settings, "ended")) == 2
    assert set(children()) <= before


def test_one_worker_needs_no_other_process(tmp_path: Path) -> None:
    settings = told(tmp_path, 1, 1)
    assert running(settings, lambda: until(lambda: bool(events(settings, "started")))) == []
    assert events(settings, "ended") == [0]


def test_how_a_worker_ended_is_told() -> None:
    assert (_status(9), _status(256)) == ("SIGKILL", "1")


class Exited(Exception):  # noqa: N818 - it stands for the end of a process
    pass


def exits(code: int) -> None:
    raise Exited(code)


@pytest.mark.parametrize(("fault", "code"), [(None, 0), (RuntimeError("fault"), 1)])
def test_a_worker_listens_for_itself_and_ends_with_its_code(
    tmp_path: Path, monkeypatch, fault: Exception | None, code: int
) -> None:
    ports: list[int] = []

    def serves(post: Post, worker: int, own: list, admin: list) -> None:
        ports.extend(one.getsockname()[1] for one in (*own, *admin))
        for one in (*own, *admin):
            one.close()
        assert (post.lang, worker) == ("en", 1)
        if fault:
            raise fault

    monkeypatch.setattr(module.os, "fork", lambda: 0)
    monkeypatch.setattr(module.os, "_exit", exits)
    monkeypatch.setattr(module, "serve", serves)
    monkeypatch.setattr(module.signal, "signal", lambda *_: None)
    settings = told(tmp_path, 1, 2)
    post = Post(settings=settings, secret=b"", metrics=Metrics(2), lang="en", make=Worker)
    own, admin = bound(("127.0.0.1", 0), share=True), bound(("127.0.0.1", 0), share=True)
    with pytest.raises(Exited) as ended:
        Processes(post, [own], [admin])._start(1)
    assert ended.value.args == (code,)
    assert ports == [own.getsockname()[1], admin.getsockname()[1]]
    own.close()
    admin.close()


def test_signals_go_on_to_all_workers_and_those_that_stay_are_killed(
    tmp_path: Path, monkeypatch
) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(module.os, "kill", lambda pid, number: sent.append((pid, number)))
    monkeypatch.setattr(module.signal, "alarm", lambda seconds: sent.append((0, seconds)))
    post = Post(
        settings=told(tmp_path, 1, 2), secret=b"", metrics=Metrics(2), lang="en", make=Worker
    )
    processes = Processes(post, [], [])
    processes._alive = {7: (0, 0.0), 8: (1, 0.0)}
    before = signal.getsignal(signal.SIGALRM)
    processes._handed_on(signal.SIGHUP, None)
    processes._handed_on(signal.SIGINT, None)
    processes._killed(signal.SIGALRM, None)
    signal.signal(signal.SIGALRM, before)
    assert sent == [
        (7, signal.SIGHUP), (8, signal.SIGHUP), (7, signal.SIGTERM), (8, signal.SIGTERM), (0, 35),
        (7, signal.SIGKILL), (8, signal.SIGKILL),
    ]  # fmt: skip
