from __future__ import annotations

import asyncio
import functools
from pathlib import Path

from tests.guards.gate.live.harness import OK, gated, run, until
from tests.guards.gate.live.takes import Takes, closed, one, pool_of


def test_a_connection_is_kept_and_used_again(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, OK) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port), keep=0.0)
            for _ in range(3):
                assert (await one(pool)).body == b"{}"
            assert (pool.open, gate.upstream.connections) == (1, 1)
            await asyncio.sleep(0.01)
            pool.sweep(asyncio.get_running_loop().time())
            await until(functools.partial(closed, pool))
            pool.close()

    run(scenario)


def test_who_comes_when_all_are_in_use_waits(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, OK) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port), most=1)
            takers = [Takes() for _ in range(5)]
            for taker in takers:
                pool.take(taker)
            pool.leave(takers[3])
            pool.leave(takers[3])
            for taker in (*takers[:3], takers[4]):
                await taker.done.wait()
            assert [taker.body for taker in takers] == [b"{}", b"{}", b"{}", b"", b"{}"]
            assert gate.upstream.connections == 1
            pool.close()

    run(scenario)


def test_another_server_is_asked_when_one_is_not_there(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, OK) as gate:
            gone = pool_of(("127.0.0.1", 1), ("127.0.0.1", gate.upstream.port))
            assert (await one(gone)).body == b"{}"
            gone.close()
            nobody = pool_of(("127.0.0.1", 1))
            assert (await one(nobody)).told == ["connect"]
            assert nobody.open == 0

    run(scenario)


def test_a_socket_of_the_file_system_is_a_server_too(tmp_path: Path) -> None:
    async def scenario() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(OK)
            writer.close()

        server = await asyncio.start_unix_server(serve, tmp_path / "s")
        pool = pool_of(str(tmp_path / "s"))
        assert (await one(pool)).body == b"{}"
        pool.close()
        server.close()

    run(scenario)


def test_a_connection_that_nobody_wants_goes_back(tmp_path: Path) -> None:
    class Leaves(Takes):
        def connected(self, link: object) -> None:
            link.release()  # type: ignore[attr-defined]
            self.done.set()

    async def scenario() -> None:
        async with gated(tmp_path, OK) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            await one(pool, Leaves())
            await one(pool)
            assert gate.upstream.connections == 1
            pool.close()
            await until(functools.partial(closed, pool))

    run(scenario)


def test_connections_that_come_back_after_the_end_are_closed(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, OK) as gate:
            pool = pool_of(("127.0.0.1", gate.upstream.port))
            taker = Takes()
            pool.take(taker)
            pool.close()
            await taker.done.wait()
            await until(functools.partial(closed, pool))

    run(scenario)
