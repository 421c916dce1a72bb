from __future__ import annotations

from pathlib import Path

import msgpack
from tests.sensors.traffic.columns.logs import random_log

from hongxian.facts.reason import Reason
from hongxian.sensors.traffic.inventory import Inventory
from hongxian.sensors.traffic.kept import dump_inventory, dump_logs, load_inventory, load_logs
from hongxian.sensors.traffic.readers import Log
from hongxian.sensors.traffic.sense import observe, open_traffic


def test_logs_are_what_they_were() -> None:
    log = Log(Path("/a.log"), form="json", read=2, bad=1, line=3, first=1.0, last=2.0)
    log.unread.append(Reason("traffic.damaged", {}, "/a.log"))
    data = msgpack.unpackb(msgpack.packb(dump_logs([log])), strict_map_key=False)
    assert load_logs(data) == [log]


def test_endpoints_are_what_they_were_but_for_their_flows(tmp_path: Path) -> None:
    sensed = open_traffic([random_log(tmp_path / "a.jsonl", 1, 200)])
    list(observe(sensed))
    data = msgpack.unpackb(msgpack.packb(dump_inventory(sensed.inventory)), strict_map_key=False)
    made = Inventory()
    load_inventory(made, data)
    assert made.endpoints.keys() == sensed.inventory.endpoints.keys()
    for name, one in made.endpoints.items():
        was = sensed.inventory.endpoints[name]
        assert (one.requests, one.statuses, one.hosts, one.query, one.request, one.first) == (
            was.requests, was.statuses, was.hosts, was.query, was.request, was.first)  # fmt: skip
        assert one.callers.dump() == was.callers.dump()
        assert one.taken == {}
