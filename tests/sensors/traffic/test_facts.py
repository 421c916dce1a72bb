from __future__ import annotations

import json

from hongxian.sensors.traffic.facts import moment, traffic_facts
from hongxian.sensors.traffic.inventory import Inventory
from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.observe import Observer

PHONE = "13800138000"


def test_what_was_given_becomes_facts_without_a_value() -> None:
    inventory = Inventory()
    answer = json.dumps({"phone": PHONE}).encode()
    row = Exchange(
        at=1_431_857_103.0, method="GET", target=f"/u/{PHONE}", response=answer, locator="a:1"
    )
    for seen in Observer().observe([row]):
        inventory.add(seen)
    (expose,) = traffic_facts("interface:x", "ab", inventory)
    assert (expose.kind, expose.item, expose.info) == ("expose", "GET /u/{id}", "basic.phone")
    assert (expose.amount, expose.outcome, expose.locator) == (1.0, "anonymous", "a:1")
    assert PHONE not in repr(expose)


def test_moments_that_are_none_are_unknown() -> None:
    assert moment(0.0) is None
    assert moment(1e30) is None
    assert moment(1.0) is not None
