from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest
from tests.guards.gate.live.harness import run, until
from tests.guards.gate.live.redis_server import redis

from hongxian.guards.gate.live.redis_link import (
    RedisError,
    RedisLink,
    RedisPlace,
    call_once,
    packed,
)


@pytest.mark.parametrize(("address", "host", "port", "greeting"), [
    ("redis://a", "a", 6379, ()), ("redis://a:7/0", "a", 7, ()),
    ("rediss://u:p%40@a:7/3", "a", 7, (("AUTH", "u", "p@"), ("SELECT", "3"))),
    ("redis://:p@a", "a", 6379, (("AUTH", "p"),)), ("unix:/run/r", "", 6379, ()),
])  # fmt: skip
def test_places_are_read(address: str, host: str, port: int, greeting: tuple) -> None:
    place = RedisPlace.read(address)
    assert (place.host, place.port, place.greeting) == (host, port, greeting)
    assert (place.secure, place.path) == (
        "rediss" in address,
        "/run/r" if "unix" in address else "",
    )


def test_commands_are_written_as_redis_reads_them() -> None:
    assert packed("SET", b"a\r\n", 7) == b"*3\r\n$3\r\nSET\r\n$3\r\na\r\n\r\n$1\r\n7\r\n"


def test_replies_come_in_order_and_errors_are_told() -> None:
    async def scenario() -> None:
        async with redis("--requirepass", "pass") as server:
            place = RedisPlace.read(f"redis://:pass@127.0.0.1:{server.port}/1")
            gone: list[int] = []
            link = await RedisLink.dial(place, lambda: gone.append(1), 3.0)
            got: list[object] = []
            link.send(got.append, "SET", "a", "1")
            link.send(got.append, "GET", "a")
            assert await link.call("GET", "a") == b"1"
            assert got in (["OK", b"1"], [b"OK", b"1"])
            with pytest.raises(RedisError):
                await link.call("NONSENSE")
            wrong = RedisPlace.read(f"redis://:wrong@127.0.0.1:{server.port}")
            with pytest.raises(RedisError):
                await RedisLink.dial(wrong, lambda: None, 3.0)
            await asyncio.to_thread(call_once, place, ("SET", "a", "2"), ("GET", "a"))
            assert await link.call("GET", "a") == b"2"
            server.stop()
            link.send(got.append, "GET", "a")
            await until(lambda: gone == [1])
            assert isinstance(got[-1], RedisError)

    run(scenario)


def test_a_redis_that_is_not_there_is_told() -> None:
    async def scenario() -> None:
        with pytest.raises(RedisError):
            await RedisLink.dial(RedisPlace.read("redis://127.0.0.1:1"), lambda: None, 1.0)
        with pytest.raises(OSError, match="No such file"):
            call_once(RedisPlace.read("unix:/no/such"), ("PING",))
        with pytest.raises(OSError, match="refused"):
            call_once(RedisPlace.read("redis://127.0.0.1:1"), ("PING",))

    run(scenario)


def test_what_is_no_redis_is_left(tmp_path: Path) -> None:
    async def nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(5)
        writer.write(b"nonsense\r\n")
        await reader.read()
        writer.close()

    async def scenario() -> None:
        server = await asyncio.start_unix_server(nonsense, tmp_path / "r")
        link = await RedisLink.dial(RedisPlace.read(f"unix:{tmp_path}/r"), lambda: None, 1.0)
        with pytest.raises(RedisError):
            await link.call("PING")
        server.close()

    run(scenario)


def _listens(path: Path) -> bool:
    """Whether somebody answers: the file is there a moment before."""
    with socket.socket(socket.AF_UNIX) as one:
        return one.connect_ex(str(path)) == 0


def test_a_socket_of_the_file_system_is_a_place_too(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with redis("--unixsocket", str(tmp_path / "r")):
            place = RedisPlace.read(f"unix:{tmp_path}/r")
            await until(lambda: _listens(tmp_path / "r"))
            await asyncio.to_thread(call_once, place, ("SET", "a", "2"))
            link = await RedisLink.dial(place, lambda: None, 3.0)
            assert await link.call("GET", "a") == b"2"
            link.close()
            await asyncio.sleep(0.01)

    run(scenario)
