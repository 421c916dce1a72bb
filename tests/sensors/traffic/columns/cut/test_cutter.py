from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.sensors.traffic.columns.logs import random_line

from hongxian.sensors.traffic.columns.cut import cutter as plain
from hongxian.sensors.traffic.columns.cut import fast, words
from hongxian.sensors.traffic.columns.quick import fields

LONGEST = 1 << 20


@pytest.fixture(params=["plain", "as-built"])
def cutter(request: pytest.FixtureRequest) -> Any:
    return (plain.Cutter if request.param == "plain" else fast.Cutter)(*fields())


def seen(one: Any, data: bytes) -> Any:
    """Return all that a cutter tells of a block, line by line."""
    told, at = [], 0
    while at <= len(data):
        count = one.cut(data, at, LONGEST, one.most)
        lines = [one.line(number) for number in range(count)]
        bodies = [(text, list(rows), list(offsets)) for text, rows, offsets in
                  (one.bodies(0), one.bodies(1))]  # fmt: skip
        who = [one.who(data, number) for number in range(count)]
        numbers, fresh = one.shapes.count, list(one.fresh)
        keys = [one.shapes.word(number) for number in range(numbers)]
        names = [one.names.word(number) for number in range(one.names.count)]
        told.append((count, lines, keys, fresh, names, who, bodies))
        at = one.end
        end = data.find(b"\n", at)
        at = len(data) + 1 if end < 0 else end + 1
    return told


def test_the_fields_of_lines_are_found(cutter: Any) -> None:
    rows = [
        {"time": 1.5, "uri": "/a", "other": {"a": [1, {}]}, "user_id": 7, "request_body": "手\n机"},
        {"ts": "x", "uri": "/a", "client_ip": "10.0.0.1", "response_body": "{}", "uid": "-"},
        {"uri": "/a", "user": None, "request_body": "-", "response_body": ""},
    ]
    data = "\n".join(json.dumps(row) for row in rows).encode()
    assert cutter.cut(data, 0, LONGEST, cutter.most) == 3
    assert (cutter.shapes.count, list(cutter.fresh)) == (1, [0])
    assert b'"/a"' in cutter.shapes.word(0)
    names = [cutter.names.word(number) for number in range(cutter.names.count)]
    assert names == [b"\x007", b'\x03"10.0.0.1"']
    assert [cutter.who(data, row) for row in range(3)] == [[(0, b"7")], [(3, b'"10.0.0.1"')], []]
    text, found, offsets = cutter.bodies(0)
    assert (text.decode(), list(found), list(offsets)) == ("手\n机", [0], [0, 7])
    assert [list(one) for one in cutter.bodies(1)[1:]] == [[1], [0, 2]]


@pytest.mark.parametrize(
    "line",
    [b"", b"# note", b"{}", b"[1]", b'{"uri": "/a"} x', b'{"uri": "/a"', b'{"uri": {"a": 1}}',
     b'{"request": {"uri": "/a"}}', b'{"user": "a\\"b"}', b'{"user": true}', b'{"user": 1.5}',
     b'{"request_body": {"a": 1}}', b'{"request_body": 1}', b'{"time": true}', b'{"time": [1]}',
     b'{"u\\u0072i": "/a"}', b'{"uri": "/a", "uri": "/b"}', b'{"uri" "/a"}', b'{"uri": 1e5}',
     b"{uri: 1}", b'{"uri": 1 "a": 2}', b'{"uri', b'{"uri"', b'{"uri": ', b"x" * 70],
)  # fmt: skip
def test_an_unusual_line_is_left_alone(cutter: Any, line: bytes) -> None:
    usual = b'{"uri": "/a", "": 1}\r'
    data = b"\n".join([usual, line, usual])
    assert cutter.cut(data, 0, 60, cutter.most) == 1
    assert cutter.end == len(usual) + 1
    assert cutter.cut(data, cutter.end + len(line) + 1, 60, cutter.most) == 1


def test_only_so_many_lines_are_cut(cutter: Any) -> None:
    data = b"\n".join([b'{"uri": "/a", "request_body": "x"}'] * 9)
    assert cutter.cut(data, 0, LONGEST, 4) == 4
    assert data[cutter.end :].count(b"\n") == 4
    assert cutter.bodies(0)[0] == b"x\nx\nx\nx"


@pytest.mark.parametrize("seed", range(4))
def test_both_cutters_tell_the_same_of_logs(seed: int) -> None:
    rng = random.Random(seed)
    data = b"\n".join(random_line(rng) for _ in range(150))
    assert seen(plain.Cutter(*fields()), data) == seen(fast.Cutter(*fields()), data)


ODD = some.text(alphabet='{}[]",:\\u0dDc8aEe+-.tfnrl 1', max_size=16)


@settings(max_examples=150, deadline=None)
@given(some.lists(
    some.binary(max_size=12) | ODD.map(lambda one: b'{"uri":' + one.encode()), max_size=4
))  # fmt: skip
def test_both_cutters_tell_the_same_of_anything(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    assert seen(plain.Cutter(*fields()), data) == seen(fast.Cutter(*fields()), data)


def test_shapes_and_callers_are_known_again_until_they_are_too_many(
    cutter: Any, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b'{"uri": "/a", "uid": 1}\n{"uri": "/b", "uid": 2}\n{"uri": "/a", "uid": 1}'
    for fresh in ([0, 1], []):
        assert not cutter.begin()
        cutter.cut(data, 0, LONGEST, cutter.most)
        assert (list(cutter.fresh), cutter.shapes.count, cutter.names.count) == (fresh, 2, 2)
    cutter.forget()
    assert (cutter.shapes.count, cutter.names.count) == (0, 0)
    if request.node.callspec.params["cutter"] == "plain":
        monkeypatch.setattr(words, "MOST_WORDS", 1)
        cutter.cut(data, 0, LONGEST, cutter.most)
        assert cutter.begin()
        assert (cutter.shapes.count, cutter.names.count) == (0, 0)
