from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hongxian.sensors.traffic.columns.merge import Merge
from hongxian.sensors.traffic.columns.pages import Pages
from hongxian.sensors.traffic.inventory import Inventory
from hongxian.sensors.traffic.readers import Log
from hongxian.sensors.traffic.templates import OTHER, Templates
from hongxian.signals.keys import Keys


def lines(*rows: dict[str, Any]) -> list[bytes]:
    told = {"time": 1_750_000_000, "method": "GET", "status": 200, "host": "h", "user_id": "u"}
    return [json.dumps(told | row).encode() for row in rows]


@pytest.mark.parametrize("secret", [None, b"s"])
def test_pages_add_up_to_an_inventory_and_observations(secret: bytes | None) -> None:
    inventory, log, pages = Inventory(), Log(Path("a.jsonl"), line=20), Pages(secret)
    found = list(Merge(inventory, Templates(), keyed=secret is not None).observations(log, [
        pages.page(lines({"uri": "/a"}, {"uri": "/b"})),
        pages.page(lines({"uri": "/a?phone=13800138000"}, {"uri": "/a", "time": 1_750_000_005})),
    ]))  # fmt: skip
    (one,) = found
    assert (one.endpoint, one.locator, one.at) == ("GET /a", "a.jsonl:23", 1_750_000_000)
    (asked,) = one.identifiers
    assert (asked.info, asked.where) == ("basic.phone", "query")
    assert (asked.value, len(one.keys)) == (("", 1) if secret else ("13800138000", 0))
    if secret:
        assert one.keys[0].cell is not None
        assert Keys(secret).text("x") != one.keys[0].value
    endpoint = inventory.endpoints["GET /a"]
    assert (endpoint.requests, endpoint.samples, endpoint.locator) == (3, 3, "a.jsonl:23")
    assert (endpoint.first, endpoint.last) == (1_750_000_000, 1_750_000_005)
    assert (endpoint.statuses, endpoint.hosts, len(endpoint.callers)) == ({200: 3}, {"h"}, 1)
    assert endpoint.taken["basic.phone"].requests == 1
    assert (log.read, log.bad, log.line, log.last) == (4, 0, 24, 1_750_000_005)


def test_too_many_templates_are_one_endpoint() -> None:
    inventory = Inventory()
    merge = Merge(inventory, Templates(most=1), keyed=True)
    page = Pages(b"s").page(lines(*({"uri": f"/{name}"} for name in "abc")))
    assert list(merge.observations(Log(Path("a")), [page])) == []
    assert {name: one.requests for name, one in inventory.endpoints.items()} == {
        "GET /a": 1, f"GET {OTHER}": 2,
    }  # fmt: skip
