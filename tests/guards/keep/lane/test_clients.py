"""Real clients through the lane."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy
from tests.guards.keep.lane.harness import Guarded
from tests.sensors.store.sources.servers import program


def run(guarded: Guarded, name: str, *words: str) -> subprocess.CompletedProcess[str]:
    place = ("-h", "127.0.0.1", "-p", str(guarded.port), "-U", "operator")
    return subprocess.run((program(name), *place, *words), capture_output=True, text=True,
                          check=False, timeout=120)  # fmt: skip


def test_psql(guarded: Guarded) -> None:
    done = guarded.psql("-c", "\\d t", "-c", "\\df", "-c", "\\l", "-c", "select 1 as one")
    assert (done.returncode, done.stderr) == (0, "")
    assert "one" in done.stdout
    done = guarded.psql(
        given="begin;\ndelete from t;\nselect 1;\nrollback;\nselect count(*) from t;\n"
    )
    assert "refused by Hongxian" in done.stderr
    assert "current transaction is aborted" in done.stderr
    assert "1000" in done.stdout


def test_asyncpg(guarded: Guarded) -> None:
    async def main() -> None:
        pool = await asyncpg.create_pool(
            host="127.0.0.1", port=guarded.port, user="operator", database=guarded.name,
            min_size=2, max_size=4,
        )  # fmt: skip
        async with pool.acquire() as one:
            assert await one.fetchval("select count(*) from t") == 1000
            rows = await one.fetch("select a from t where a = any($1::int[])", [1, 2, 3])
            assert [row["a"] for row in rows] == [1, 2, 3]
            with pytest.raises(asyncpg.PostgresError) as raised:
                await one.execute("truncate t")
            assert raised.value.sqlstate == "KP001"
            with pytest.raises(asyncpg.PostgresError) as raised:
                await one.fetch("delete from t where b = $1", "x")
            assert raised.value.sqlstate == "KP001"
            async with one.transaction():
                await one.executemany("insert into t values ($1, $2)",
                                      [(n, "z") for n in range(7000, 7100)])  # fmt: skip
                assert [row async for row in one.cursor("select a from t where a >= 7000")]
            await one.copy_records_to_table("t", records=[(8000, "c")])
        async with pool.acquire() as one:
            assert await one.fetchval("select count(*) from t") == 1101
        await pool.close()

    asyncio.run(main())


def test_sqlalchemy(guarded: Guarded) -> None:
    url = f"postgresql+psycopg://operator@127.0.0.1:{guarded.port}/{guarded.name}"
    engine = sqlalchemy.create_engine(url)
    table = sqlalchemy.Table("t", sqlalchemy.MetaData(), autoload_with=engine)
    with engine.begin() as one:
        one.execute(table.insert(), [{"a": n, "b": "s"} for n in range(5000, 5050)])
        one.execute(table.update().where(table.c.a == 5000).values(b="t"))
        found = one.execute(sqlalchemy.select(table.c.a).where(table.c.b == "t")).scalars().all()
    assert found == [5000]
    with (
        pytest.raises(sqlalchemy.exc.DBAPIError, match="refused by Hongxian"),
        engine.begin() as one,
    ):
        one.execute(table.delete())
    engine.dispose()
    assert guarded.value("select count(*) from t") == 1050


def test_pgbench(guarded: Guarded) -> None:
    with guarded.direct():
        done = subprocess.run(
            (program("pgbench"), "-h", "127.0.0.1", "-p", str(guarded.server.port), "-U", "me",
             "-i", "-q", guarded.name), capture_output=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0
    for mode in ("simple", "extended", "prepared"):
        told = run(guarded, "pgbench", "-n", "-c", "3", "-t", "20", "-M", mode, guarded.name)
        assert (told.returncode, "processed: 60/60" in told.stdout) == (0, True), told.stderr
    assert guarded.value("select count(*) from pgbench_history") == 180


def test_replication_is_refused(guarded: Guarded, tmp_path: Path) -> None:
    done = run(guarded, "pg_basebackup", "-D", str(tmp_path / "b"))
    assert "connections for replication are not taken" in done.stderr
