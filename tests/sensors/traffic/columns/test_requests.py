from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from hongxian.sensors.traffic.columns import requests as module
from hongxian.sensors.traffic.columns.requests import Patterns, Request, Rows
from hongxian.sensors.traffic.readers import Log
from hongxian.signals.keys import Keys
from hongxian.signals.observation import Identifier

ASKED = [Identifier("basic.phone", "13800138000", "query")]
TOLD = ((("basic.phone", 2),), 1, 200, False, (("basic.phone", 1),), ())
WHO = {"ip": "10.0.0.1", "account": "li"}


@pytest.mark.parametrize("secret", [None, b"s"], ids=["values", "keys"])
def test_a_row_becomes_the_request_that_it_was(secret: bytes | None) -> None:
    keys = None if secret is None else Keys(secret)
    row = marshal.loads(marshal.dumps(Rows(keys).row((3, 0, 5.0), WHO, ASKED, TOLD)))
    number, _, at, names, told, plain = row
    one = Request(Patterns().of("GET /a", plain), at, names, told, Log(Path("a")), number)
    assert one.nearest == ("account", "li")
    seen = one.observation(keyed=secret is not None)
    assert (seen.endpoint, seen.at, seen.locator, seen.secure) == ("GET /a", 5.0, "a:4", False)
    assert (dict(seen.principals), dict(seen.given), seen.hits) == (WHO, {"basic.phone": 2}, 1)
    (asked,) = seen.identifiers
    assert (asked.info, asked.where) == ("basic.phone", "query")
    if keys is None:
        assert (asked.value, seen.keys) == ("13800138000", ())
    else:
        assert (asked.value, seen.keys) == ("", (keys.key(ASKED[0]),))


def test_rows_of_a_pattern_share_it_also_behind_a_border() -> None:
    made = Rows(Keys(b"s"))
    rows = [made.row((number, 0, 0.0), dict(WHO), ASKED, (*TOLD,)) for number in range(3)]
    rows = marshal.loads(marshal.dumps(rows))
    assert len({id(row[-1]) for row in rows}) == 1


def test_patterns_are_remembered_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PATTERNS", 1)
    plain = (("ip",), (), (), None, 200, None, (), ())
    patterns, rows = Patterns(), Rows(None)
    first = patterns.of("GET /a", plain)
    assert patterns.of("GET /a", plain) is first
    assert (first.nearest, first.records) == (0, 0)
    patterns.of("GET /b", plain)
    assert patterns.of("GET /a", plain) is not first
    told = [rows.row((0, 0, 0.0), {kind: "x"}, [], TOLD)[-1] for kind in ("ip", "token", "ip")]
    assert told[0] == told[2]
    assert told[0] is not told[2]


def test_nobody_is_nearest_when_nobody_is_known() -> None:
    like = Patterns().of("GET /a", ((), (), (), None, None, None, (), ()))
    one = Request(like, 0.0, (), [], Log(Path("a")), "a.har#1")
    assert (one.nearest, one.locator) == (("unknown", ""), "a.har#1")
