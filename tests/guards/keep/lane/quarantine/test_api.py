from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from tests.guards.keep.lane.harness import Guarded
from tests.guards.keep.lane.quarantine.shop import kept

from hongxian.guards.keep.evidence.keys import load_key
from hongxian.guards.keep.lane.quarantine.api import answer
from hongxian.guards.keep.tickets.requests import Asked, sign_request


def asked(shop: Guarded, method: str, path: str, who: str = "wang") -> tuple[int, Any]:
    key = load_key(shop.place / f"{who}.key")
    headers = sign_request(key, who, Asked(method, path, {}, b""), time.time())
    host = shop.lane.host
    work = answer(host.keeper, host.office, Asked(method, path, headers, b"", "10.0.0.1"))
    status, body = shop.call(work)
    return status, orjson.loads(body)


def test_acts_are_listed_and_undone_by_whom_may(shop: Guarded) -> None:
    assert asked(shop, "GET", "/quarantine") == (200, [])
    with shop.connect() as one:
        one.execute("delete from logs")
    (act,) = kept(shop)
    assert asked(shop, "GET", "/quarantine")[1][0]["id"] == act["id"]
    path = f"/quarantine/{act['id']}/undo"
    assert asked(shop, "POST", path, "li") == (
        403,
        {"error": "may_not", "values": {"right": "undo"}},
    )
    status, told = asked(shop, "POST", path)
    assert (status, told["state"]) == (200, "undone")
    assert asked(shop, "POST", path)[0] == 409
    assert asked(shop, "POST", "/quarantine/x/undo")[0] == 404


@pytest.mark.parametrize(("method", "path"), [("PUT", "/quarantine"), ("POST", "/quarantine/a/b")])
def test_other_requests(shop: Guarded, method: str, path: str) -> None:
    assert asked(shop, method, path)[0] == 400


def test_nobody_asks(shop: Guarded) -> None:
    host: Any = shop.lane.host
    work = answer(SimpleNamespace(), host.office, Asked("GET", "/quarantine", {}, b""))  # type: ignore[arg-type]
    assert asyncio.run_coroutine_threadsafe(work, shop.loop).result(20)[0] == 401
