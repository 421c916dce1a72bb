"""The shop of the corpus on a real MariaDB, and its catalog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pymysql
import pytest
from tests.sensors.store.sources.servers import mariadb

from hongxian.guards.keep.statements.mysql.read_catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.statements.catalog import Catalog

SCHEMA = Path(__file__).parents[1] / "corpus" / "mysql_schema.sql"
ROWS = (
    "insert into users (email, name, country) select concat('u', seq), 'n', 'CN' from seq_1_to_500",
    "insert into orders (user_id, total) select seq, 5 from seq_1_to_500",
    "insert into tenants values (1, 'a'), (2, 'b')",
    "insert into notes select seq, 1 + seq % 2, 'x' from seq_1_to_600",
    "insert into logs (level, line) select 'i', 'x' from seq_1_to_2000",
    "analyze table users, orders, logs, tenants, notes",
)


@pytest.fixture(scope="session")
def mysql_connection() -> Iterator[Any]:
    """A connection to a database that holds the shop."""
    with mariadb() as spec:
        parts = urlsplit(spec)
        made = pymysql.connect(host=parts.hostname, port=parts.port, user="root", database="shop",
                               autocommit=True)  # fmt: skip
        with made, made.cursor() as cursor:
            schema = SCHEMA.read_text("utf-8").splitlines()
            for one in sorted(filter(None, schema), key=lambda line: "evil_view" in line):
                cursor.execute(one)
            for one in ROWS:
                cursor.execute(one)
            yield made


@pytest.fixture(scope="session")
def mysql_shop(mysql_connection: Any) -> Catalog:
    """The catalog of the shop."""
    return read_catalog(mysql_connection)
