from __future__ import annotations

import json
from typing import Any

from hongxian.sensors.traffic.inventory import SAMPLES, Endpoint, Inventory
from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.observe import Observer

PHONE = "13800138000"


def taken(*rows: Exchange) -> dict[str, Endpoint]:
    inventory = Inventory()
    for one in Observer().observe(rows):
        inventory.add(one)
    return inventory.endpoints


def row(target: str = "/m", at: float = 1.0, **what: Any) -> Exchange:
    return Exchange(at=at, method="GET", target=target, locator=f"a.log:{at:g}", **what)


def test_pi_is_told_by_endpoint_and_direction() -> None:
    answer = json.dumps({"email": "li@example.cn"}).encode()
    found = taken(
        row(at=2.0, status=404), row(f"/m?phone={PHONE}", 1.0, status=200, response=answer,
        principals={"ip": "10.0.0.1"}, secure=False, host="a.cn"),
    )["GET /m"]  # fmt: skip
    assert (found.requests, found.statuses) == (2, {404: 1, 200: 1})
    assert found.taken["basic.phone"].values == 1
    assert found.given["basic.email"].requests == 1
    assert (found.anonymous, found.clear, found.first, found.last) == (1, 1, 1.0, 2.0)
    assert (found.hosts, found.query, len(found.callers)) == ({"a.cn"}, {"phone"}, 1)
    assert found.locator == "a.log:1"


def test_whoever_logged_in_is_not_anonymous() -> None:
    answer = json.dumps({"phone": PHONE}).encode()
    found = taken(row(response=answer, principals={"token": "t"}))["GET /m"]
    assert (found.anonymous, found.clear) == (0, 0)


def test_bodies_teach_the_schema_up_to_a_number() -> None:
    rows = [row(response=json.dumps({f"k{chr(97 + n)}": n}).encode()) for n in range(SAMPLES + 5)]
    found = taken(*rows)["GET /m"]
    assert len(found.response["properties"]) == SAMPLES
    assert taken(row(response=b"{"))["GET /m"].response == {}
    assert taken(row(response=b"text"))["GET /m"].response == {}


def test_what_was_never_answered_is_not_there() -> None:
    found = taken(row("/a", status=404), row("/b", status=301), row("/c"))
    assert [one.template for one in found.values() if one.answered] == ["/b", "/c"]
