from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import pytest
from tests.guards.keep.lane.harness import Server

from hongxian.guards.keep.lane.frames import ProtocolError, message
from hongxian.guards.keep.lane.quarantine import inside
from hongxian.guards.keep.lane.quarantine.inside import Inside
from hongxian.guards.keep.lane.quarantine.screen import Script
from hongxian.guards.keep.statements.read_catalog import read_catalog


def test_it_reads_the_catalog_as_a_connection_does(server: Server) -> None:
    async def check() -> None:
        with server.database() as name:
            one = await asyncpg.connect(host="127.0.0.1", port=server.port, user="me",
                                        database=name)  # fmt: skip
            tasks: set[asyncio.Task[None]] = set()

            async def asked(raw: bytes, script: Script) -> None:
                told = await one.fetchval(raw[5:-1].decode().partition(";\n")[2])
                script.keep(b"\0\1\0\0\0\0" + str(told).encode())
                script.answered()

            def ask(raw: bytes, script: Script) -> None:
                tasks.add(asyncio.ensure_future(asked(raw, script)))

            try:
                async with one.transaction():
                    await one.execute('create table fresh (a int primary key, "b\'c" text[])')
                    plain = await read_catalog(one)
                    within = await read_catalog(Inside(ask, alone=True))
            finally:
                await one.close()
            names = (
                "functions",
                "relations",
                "types",
                "references",
                "settings",
                "operators",
                "powerful",
                "event_triggers",
            )
            assert [one for one in names if getattr(within, one) != getattr(plain, one)] == []
            assert within.relations["fresh"][0].keys == (("a",),)

    asyncio.run(check())


def test_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def check() -> None:
        asked: list[Any] = []
        monkeypatch.setattr(inside, "PATIENCE", 0.01)
        one = Inside(lambda *told: asked.append(told), alone=True)
        with pytest.raises(TimeoutError):
            await one.fetchval("select 1")
        assert asked[0][0][:1] == message(b"Q")[:1]
        failing = Inside(lambda _, script: script.failed("42501"), alone=True)
        with pytest.raises(ProtocolError, match="42501"):
            await failing.fetchval("select 1")

    asyncio.run(check())
