from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pymysql
import pytest

from hongxian.guards.keep.lane.mysql.control import ServerControl
from hongxian.guards.keep.tickets.ticket import UNKNOWN_ROWS

if TYPE_CHECKING:
    from tests.guards.keep.lane.mysql.harness import Shop


def test_a_server_is_read_and_its_rows_are_counted(shop: Shop) -> None:
    async def work() -> None:
        reach = {"host": "127.0.0.1", "port": shop.port, "user": "keeper", "password": "keep"}
        one = ServerControl(reach)
        snapshot = await one.read()
        assert "t" in snapshot.catalog.relations
        assert "wiped" in snapshot.catalog.functions
        assert 900 < await one.held(["shop.t"]) < 1_100
        assert await one.held(["shop"]) > 1_000
        assert await one.held(["shop.nope"]) == UNKNOWN_ROWS
        assert await one.planned("delete from t", "operator", ["shop.t"]) is None
        one.close()
        one.close()

    asyncio.run(work())


def test_a_server_that_is_not_there() -> None:
    async def work() -> None:
        one = ServerControl({"host": "127.0.0.1", "port": 9, "user": "keeper", "password": ""})
        with pytest.raises(pymysql.MySQLError):
            await one.read()
        assert await one.held(["shop.t"]) == UNKNOWN_ROWS

    asyncio.run(work())
