from __future__ import annotations

import asyncio
import os
import signal
import ssl
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from tests.guards.gate.live.harness import GET, OK, Upstream, run, until
from tests.guards.gate.live.test_settings import certificate

from hongxian.guards.gate.live.metrics import Metrics
from hongxian.guards.gate.live.serve import Post, Serving, serve
from hongxian.guards.gate.live.settings import load_live
from hongxian.guards.gate.live.worker import Worker
from hongxian.guards.listening import bound

SECRET = b"s" * 32


class Served:
    def __init__(self, serving: Serving, port: int, path: Path, upstream: Upstream) -> None:
        self.serving, self.port, self.path, self.upstream = serving, port, path, upstream

    async def send(self, data: bytes = GET, **told: object) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, **told)
        writer.write(data)
        if not told:
            writer.write_eof()
            got = await reader.read()
        else:
            got = await reader.readuntil(b"{}")
        writer.close()
        return got

    async def rewrite(self, before: str, after: str) -> None:
        text = self.path.read_text("utf-8")
        assert before in text
        self.path.write_text(text.replace(before, after), "utf-8")
        metrics = self.serving.metrics
        count = metrics.total("reloads") + metrics.total("reloads_refused")
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: metrics.total("reloads") + metrics.total("reloads_refused") > count)


@asynccontextmanager
async def served(tmp_path: Path, more: str = "", answer: object = OK) -> AsyncIterator[Served]:
    upstream = Upstream(answer)  # type: ignore[arg-type]
    await upstream.start()
    path = tmp_path / "gate.toml"
    path.write_text(
        '[gate]\nmode = "learn"\n[listen]\naddress = "127.0.0.1:0"\nadmin = "127.0.0.1:0"\n'
        f'[upstream]\nservers = ["http://127.0.0.1:{upstream.port}"]\n'
        f'[log]\nfile = "gate.log"\n{more}',
        "utf-8",
    )
    settings = load_live(path)
    serving = Serving(
        Post(settings=settings, secret=SECRET, metrics=Metrics(), lang="en", make=Worker)
    )
    own = bound(settings.address)
    admin = bound(("127.0.0.1", 0))
    task = asyncio.ensure_future(serving.run([own], [admin]))
    log = tmp_path / "gate.log"
    await until(lambda: log.exists() and '"started"' in log.read_text())
    try:
        yield Served(serving, own.getsockname()[1], path, upstream)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        await task
        await upstream.stop()
        await asyncio.sleep(0.01)


def test_a_new_policy_holds_from_then_on(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with served(tmp_path) as gate:
            assert b"200 OK" in await gate.send()
            await gate.rewrite('"learn"', '"enforce"')
            assert gate.serving.worker.gate.policy.mode == "enforce"
            assert b"200 OK" in await gate.send()
            assert gate.serving.metrics.total("reloads") == 1

    run(scenario)


@pytest.mark.parametrize(("before", "after", "told"), [
    ('"learn"', '"lern"', "mode = 'lern' is none of"), ("[gate]", "[gate", "no valid TOML"),
    ("127.0.0.1:0", "127.0.0.1:1", "'address' cannot change"),
    ("[log]", '[tls]\ncertificate = "cert.pem"\nkey = "key.pem"\n[log]', "'tls' cannot change"),
])  # fmt: skip
def test_a_faulty_policy_keeps_the_old_one_and_says_so(
    tmp_path: Path, capfd, before: str, after: str, told: str
) -> None:
    certificate(tmp_path)

    async def scenario() -> None:
        async with served(tmp_path) as gate:
            await gate.rewrite(before, after)
            assert gate.serving.metrics.total("reloads_refused") == 1
            assert b"200 OK" in await gate.send()

    run(scenario)
    shown = capfd.readouterr().err
    assert "the old one stays" in shown
    assert told in shown
    assert "reload_refused" in (tmp_path / "gate.log").read_text()


def test_no_request_is_lost_while_policies_change(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with served(tmp_path) as gate:

            async def many() -> int:
                return sum([b"200 OK" in await gate.send() for _ in range(60)])

            tasks = [asyncio.ensure_future(many()) for _ in range(4)]
            for _ in range(5):
                await gate.rewrite("learn", "learn")
            assert await asyncio.gather(*tasks) == [60] * 4
            assert gate.serving.metrics.total("reloads") >= 1

    run(scenario)


def test_what_is_being_answered_is_answered_before_the_end(tmp_path: Path) -> None:
    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.2)
        writer.write(OK)

    async def scenario() -> None:
        async with served(tmp_path, answer=slow) as gate:
            task = asyncio.ensure_future(gate.send())
            await until(lambda: gate.upstream.connections == 1)
        assert b"200 OK" in await task

    run(scenario)


def test_the_end_does_not_wait_for_ever(tmp_path: Path) -> None:
    async def never(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async def scenario() -> None:
        async with served(tmp_path, '[limits]\ndrain = "100ms"\n', never) as gate:
            task = asyncio.ensure_future(gate.send())
            await until(lambda: gate.upstream.connections == 1)
        with suppress(ConnectionError):
            assert await task == b""

    run(scenario)


def test_tls_is_spoken_and_a_new_certificate_is_taken(tmp_path: Path) -> None:
    certificate(tmp_path, "first.cn")
    more = '[tls]\ncertificate = "cert.pem"\nkey = "key.pem"\n'

    async def scenario() -> None:
        async with served(tmp_path, more) as gate:
            for name in ("first.cn", "second.cn"):
                context = ssl.create_default_context(cafile=tmp_path / "cert.pem")
                got = await gate.send(ssl=context, server_hostname=name)
                assert b"200 OK" in got
                assert b"x-forwarded-proto: https" in gate.upstream.requests[-1]
                certificate(tmp_path, "second.cn")
                await gate.rewrite("learn", "learn")

    run(scenario)


def test_an_interface_behind_tls_is_reached(tmp_path: Path) -> None:
    certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await writer.drain()
        writer.close()

    async def scenario() -> None:
        server = await asyncio.start_server(answers, "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        async with served(tmp_path) as gate:
            await gate.rewrite(
                "[log]", f'ca = "cert.pem"\nname = "localhost"\n#https:{port}\n[log]'
            )
            await gate.rewrite(
                f"http://127.0.0.1:{gate.upstream.port}", f"https://127.0.0.1:{port}"
            )
            assert b"200 OK" in await gate.send()
            await gate.rewrite('name = "localhost"', 'name = "other"')
            assert b"502" in await gate.send()
        server.close()

    run(scenario)


def test_a_process_ends_when_it_is_told(tmp_path: Path) -> None:
    path, log = tmp_path / "gate.toml", tmp_path / "gate.log"
    path.write_text(
        '[listen]\naddress = "127.0.0.1:0"\n[upstream]\nservers = ["http://127.0.0.1:1"]\n'
        '[log]\nfile = "gate.log"\n'
    )
    post = Post(settings=load_live(path), secret=SECRET, metrics=Metrics(), lang="en", make=Worker)
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(0.05):
            if log.exists() and b'"started"' in log.read_bytes():  # it listens to signals by then
                os.kill(os.getpid(), signal.SIGTERM)
                return

    before = signal.getsignal(signal.SIGTERM)
    teller = threading.Thread(target=tell)
    teller.start()
    try:
        serve(post, 0, [bound(("127.0.0.1", 0))], [])
    finally:
        ended.set()
        teller.join()
        signal.signal(signal.SIGTERM, before)
    assert b'"ended"' in log.read_bytes()
