from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
import redis as client
from tests.sensors.store.made import people
from tests.sensors.store.sources.servers import redis

from hongxian.errors import Exit, HongxianError
from hongxian.sensors.store.columns import judge_table
from hongxian.sensors.store.read_table import Counting, count_table
from hongxian.sensors.store.sources.redis_ import _plain, pattern, redis_tables
from hongxian.sensors.store.sources.sources import open_source
from hongxian.sensors.store.sources.table import Sample


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with redis() as spec:
        with client.Redis.from_url(spec) as made:
            for one in people(2_500):
                made.hset(f"user:{one['id']}", mapping={"phone": one["phone"], "name": one["name"]})
            made.set("session:13812345678", '{"a": 1}')
            made.rpush("list", "13987654321", "x")
            made.sadd("set", "a", "b")
            made.zadd("zset", {"a@example.cn": 1})
            made.xadd("stream", {"email": "b@example.cn"})
            made.setbit("bits", 7, 1)
        yield spec


def test_every_kind_of_value_is_read_and_no_key_that_is_a_value_is_told(server: str) -> None:
    [table] = open_source(server).tables([])
    counts = count_table(table)
    names = {one.name for one in counts.columns}
    assert {"key", "user:*.phone", "session:*", "list", "set", "zset", "stream.email"} <= names
    assert not any("13812345678" in name for name in names)
    found = {(one.column.name, one.info) for one in judge_table(counts)}
    assert {
        ("user:*.phone", "basic.phone"),
        ("list", "basic.phone"),
        ("zset", "basic.email"),
    } <= found
    assert ("key", "basic.phone") in found
    assert counts.rows == 2_506


def test_a_sample_stops_early_and_knows_how_many_there_are(server: str) -> None:
    [table] = open_source(server).tables([])
    counts = count_table(table, Counting(sample=Sample(rows=1_200)))
    assert counts.rows == 1_200
    assert counts.total == 2_506


def test_what_goes_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HongxianError, match="cannot be reached") as error:
        list(open_source("redis://:secret@127.0.0.1:1/0").tables([]))
    assert error.value.code == Exit.SENSOR
    assert "secret" not in str(error.value)
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(HongxianError, match='"redis"'):
        list(redis_tables("redis://x", "x", []))


def test_keys_become_patterns() -> None:
    assert pattern("user:1001:profile") == "user:*:profile"
    assert pattern("cache/13812345678") == "cache/*"
    assert pattern("plain") == "plain"
    assert _plain(ValueError()) is None
    assert _plain({"b", "a"}) == ["a", "b"]
