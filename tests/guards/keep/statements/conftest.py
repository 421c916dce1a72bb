"""The shop of the corpus on a real PostgreSQL, and its catalog."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest
from tests.sensors.store.sources.servers import postgres

from hongxian.guards.keep.statements.read_catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.statements.catalog import Catalog

SCHEMA = Path(__file__).parent / "corpus" / "schema.sql"


@pytest.fixture(scope="session")
def shop_server() -> Iterator[str]:
    """The address of a database that holds the shop."""

    async def fill(spec: str) -> None:
        connection = await asyncpg.connect(spec)
        try:
            await connection.execute(SCHEMA.read_text("utf-8"))
        finally:
            await connection.close()

    with postgres() as spec:
        asyncio.run(fill(spec))
        yield spec


@pytest.fixture(scope="session")
def shop(shop_server: str) -> Catalog:
    """The catalog of the shop."""

    async def read() -> Catalog:
        connection = await asyncpg.connect(shop_server)
        try:
            return await read_catalog(connection)
        finally:
            await connection.close()

    return asyncio.run(read())
