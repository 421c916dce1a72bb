from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import redis as client
from tests.sensors.store.sources.servers import redis

from hongxian.guards.mask.databases.redis_values import SIZES, WHOLE, Entry, pieces, unpack


class Pipe:
    """Notes what it is told; the real server stands in the tests of the copy."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *words, **more: self.told.append((name, *words, *more.values()))


@pytest.mark.parametrize(
    ("kind", "held", "record", "told"),
    [("string", b"a", "a", [("set", "k", "a")]),
     ("hash", {b"a": b"b"}, {"a": "b"}, [("hset", "k", {"a": "b"})]), ("hash", {}, {}, []),
     ("list", [b"a", b"b"], ["a", "b"], [("rpush", "k", "a", "b")]), ("list", [], [], []),
     ("set", {b"a"}, ["a"], [("sadd", "k", "a")]), ("set", set(), [], []),
     ("zset", [(b"a", 1.5)], ["a"], [("zadd", "k", {"a": 1.5}, True)]),
     ("stream", [(b"1-1", {b"a": b"b"}), (b"2-1", None)], [{"a": "b"}, {}], None)],
    ids=["string", "hash", "no hash", "list", "no list", "set", "no set", "zset", "stream"],
)  # fmt: skip
def test_what_was_read_is_written(kind: str, held: Any, record: Any, told: Any) -> None:
    entry, pipe = Entry(key="k", kind=kind, size=1), Pipe()
    entry.take(held)
    assert entry.record == record
    if told is not None:
        entry.write(pipe, "k")
        assert pipe.told == told


def test_what_was_suppressed_is_empty_and_of_a_set_gone() -> None:
    pipe = Pipe()
    for kind, record in (("string", None), ("list", [None, "b"]), ("hash", {"a": None}),
                         ("set", [None, "b"]), ("zset", [None])):  # fmt: skip
        entry = Entry(key="k", kind=kind, size=2, record=record, beside=[1, 2])
        entry.write(pipe, "k")
        assert entry.lost == (1 if kind in ("set", "zset") else 0)
    assert pipe.told == [
        ("set", "k", ""), ("rpush", "k", "", "b"), ("hset", "k", {"a": ""}), ("sadd", "k", "b"),
    ]  # fmt: skip


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        Entry(key="k", kind="set", size=1).take({b"\xff"})


@pytest.fixture(scope="module")
def database() -> Iterator[Any]:
    with redis() as spec, client.Redis.from_url(spec) as made:
        for number in range(1_000):
            made.rpush("list", f"m{number}")
            made.sadd("set", f"m{number}")
            made.zadd("zset", {f"m{number}": number})
            made.hset("hash", f"m{number}", str(number))
            made.xadd("stream", {"m": f"m{number}"}, id=f"{number + 1}-1")
        made.set("string", "x")
        yield made


@pytest.mark.parametrize("kind", ["string", "hash", "list", "set", "zset", "stream"])
def test_a_large_key_comes_in_pieces_and_as_a_whole_the_same(
    database: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hongxian.guards.mask.databases.redis_values.PIECE", 100)
    whole = Entry(key=kind, kind=kind, size=1)
    whole.take(WHOLE[kind](database, kind.encode()))
    found: list[Any] = []
    for held in pieces(database, kind.encode(), kind):
        entry = Entry(key=kind, kind=kind, size=1)
        entry.take(held)
        found += entry.record.items() if kind == "hash" else entry.record
    expected = whole.record.items() if kind == "hash" else whole.record
    assert len(found) == SIZES[kind](database, kind.encode()) == len(expected)
    assert (found == expected) if kind in ("list", "stream") else set(found) == set(expected)


@pytest.mark.parametrize("text", ["x", "{", '{"a": NaN}', "[" * 100_000, ""])
def test_what_is_no_json_stays(text: str) -> None:
    row: list[Any] = [[text]]
    assert unpack(row) == []
    assert row == [[text]]


def test_json_is_opened_however_deep_and_packed_again() -> None:
    row: list[Any] = [{"a": '{"b":  "[1, 2]"}', "c": "[3 ,4]"}]
    found = unpack(row)
    assert row == [{"a": {"b": [1, 2]}, "c": [3, 4]}]
    row[0]["c"][0] = 5
    for one in reversed(found):
        one.pack()
    assert row == [{"a": '{"b":  "[1, 2]"}', "c": "[5, 4]"}]
    found = unpack(row)
    row[0]["a"] = None
    for one in reversed(found):
        one.pack()
    assert row[0]["a"] is None
