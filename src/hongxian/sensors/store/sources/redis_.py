"""Redis: every key with what it holds, as records; keys that are values are not told as names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.sensors.store.sources.records import batch_of_records, segment
from hongxian.sensors.store.sources.sampled import fault
from hongxian.sensors.store.sources.table import Table
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts.reason import Reason
    from hongxian.sensors.store.sources.table import Sample

SCHEMES = ("redis", "rediss")
KEYS = 1_000
"""Keys that are asked for at once."""
MEMBERS = 10_000
"""Members of one list, set or hash that are read."""
PARTS = re.compile(r"([:/|.]|-(?=[^-]*$))")
"""What stands between the parts of a key."""
_READ = {
    "string": lambda pipe, key: pipe.get(key),
    "hash": lambda pipe, key: pipe.hgetall(key),
    "list": lambda pipe, key: pipe.lrange(key, 0, MEMBERS - 1),
    "set": lambda pipe, key: pipe.srandmember(key, MEMBERS),
    "zset": lambda pipe, key: pipe.zrange(key, 0, MEMBERS - 1),
    "stream": lambda pipe, key: pipe.xrange(key, count=MEMBERS),
}


def redis_tables(spec: str, name: str, problems: list[Reason]) -> Iterator[Table]:
    """Yield the one table of a Redis database.

    Args:
        spec: address with user and password, which are never printed.
        name: the address without them.
        problems: not used: what is wrong is told while reading.

    Raises:
        HongxianError: it cannot be reached, or its client is not installed.
    """
    del problems
    keys = connected(spec, name).dbsize()
    table = Table(
        where=name, name="keys", medium="table", kind="redis", rows=keys, samples=True,
        read=lambda _sample: iter(()),
    )  # fmt: skip

    def read(sample: Sample | None) -> Iterator[Any]:
        import redis  # noqa: PLC0415 - an extra

        database = connected(spec, name)
        try:
            table.rows = database.dbsize()
            yield from _batches(database, sample.rows if sample else None)
        except redis.RedisError as error:
            raise fault(error) from None
        finally:
            database.close()

    table.read = read
    yield table


def connected(spec: str, name: str, *, texts: bool = True) -> Any:
    """Return a client whose server has answered.

    Args:
        spec: address with user and password, which are never printed.
        name: the address without them.
        texts: what the server gives is read as texts, else it comes as bytes.

    Raises:
        HongxianError: it cannot be reached, or its client is not installed.
    """
    try:
        import redis  # noqa: PLC0415 - an extra
    except ImportError:
        raise WordedError("no_driver", name, package="redis") from None
    database = redis.Redis.from_url(spec, decode_responses=texts, encoding_errors="replace")
    try:
        database.ping()
    except redis.RedisError as error:
        raise WordedError("no_database", name, Exit.SENSOR, kind=type(error).__name__) from None
    return database


def _batches(database: Any, most: int | None) -> Iterator[Any]:
    """Yield the keys and what they hold; SCAN walks the table of hashes, so its order is a draw."""
    cursor, read = 0, 0
    while True:
        cursor, keys = database.scan(cursor, count=KEYS)
        keys = keys[: most - read] if most is not None else keys
        read += len(keys)
        if keys:
            yield batch_of_records(_records(database, keys))
        if cursor == 0 or (most is not None and read >= most):
            return


def _records(database: Any, keys: list[str]) -> list[dict[str, Any]]:
    pipe = database.pipeline(transaction=False)
    for key in keys:
        pipe.type(key)
    kinds = pipe.execute()
    known = [(key, kind) for key, kind in zip(keys, kinds, strict=True) if kind in _READ]
    for key, kind in known:
        _READ[kind](pipe, key)
    held = dict(zip((key for key, _ in known), pipe.execute(raise_on_error=False), strict=True))
    return [{"key": key, pattern(key): _plain(held.get(key))} for key in keys]


def _plain(held: Any) -> Any:
    """Return what a key holds as a record; what went away or changed meanwhile is nothing."""
    if isinstance(held, Exception):
        return None
    if isinstance(held, set):
        return sorted(held)
    if isinstance(held, list):
        return [one[1] if isinstance(one, tuple) else one for one in held]
    return held


def pattern(key: str) -> str:
    """Return a key with ``*`` for every part that is a value or a number."""
    parts = PARTS.split(key)
    return "".join("*" if part.isdigit() else segment(part) for part in parts)
