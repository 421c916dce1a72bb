from __future__ import annotations

import json

from hongxian.sensors.traffic.facts import moment, traffic_facts
from hongxian.sensors.traffic.inventory import Inventory
from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.observe import Observer
from hongxian.sensors.traffic.takers import Takers

PHONE = "13800138000"


def test_what_was_given_becomes_facts_without_a_value() -> None:
    inventory, takers = Inventory(), Takers(b"s")
    answer = json.dumps({"phone": PHONE}).encode()
    row = Exchange(
        at=1_431_857_103.0, method="GET", target=f"/u/{PHONE}", response=answer, locator="a:1"
    )
    for seen in Observer().observe([row]):
        inventory.add(seen)
        takers.add(seen.observation)
    expose, provide = traffic_facts("interface:x", "ab", inventory, takers)
    assert (expose.kind, expose.item, expose.info) == ("expose", "GET /u/{id}", "basic.phone")
    assert (expose.amount, expose.outcome, expose.locator) == (1.0, "anonymous", "a:1")
    assert (provide.kind, provide.amount, provide.recipient) == ("provide", 1.0, "unknown")
    assert PHONE not in f"{expose}{provide}"


def test_moments_that_are_none_are_unknown() -> None:
    assert moment(0.0) is None
    assert moment(1e30) is None
    assert moment(1.0) is not None
