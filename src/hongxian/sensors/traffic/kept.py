"""What was counted of logs as plain data, so that a stream can go on where it stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import read_reason
from hongxian.sensors.traffic.inventory import Endpoint
from hongxian.sensors.traffic.readers import Log
from hongxian.signals.distinct import Distinct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.sensors.traffic.inventory import Inventory

_LOG = ("form", "read", "bad", "line", "first", "last")
_ENDPOINT = (
    "method", "template", "requests", "first", "last", "request", "response", "samples", "locator",
)  # fmt: skip


def dump_logs(logs: Iterable[Log]) -> list[Any]:
    """Return logs as plain data."""
    return [
        [str(one.path), [getattr(one, name) for name in _LOG],
         [reason.data() for reason in one.unread]] for one in logs
    ]  # fmt: skip


def load_logs(data: list[Any]) -> list[Log]:
    """Return what :func:`dump_logs` wrote."""
    made = []
    for path, values, reasons in data:
        log = Log(Path(path), **dict(zip(_LOG, values, strict=True)))
        log.unread += [one for one in map(read_reason, reasons) if one is not None]
        made.append(log)
    return made


def dump_inventory(inventory: Inventory) -> list[Any]:
    """Return endpoints as plain data, without their flows of PI."""
    return [
        [[getattr(one, name) for name in _ENDPOINT], sorted(one.hosts), one.statuses,
         sorted(one.query), one.callers.dump()] for one in inventory.endpoints.values()
    ]  # fmt: skip


def load_inventory(inventory: Inventory, data: list[Any]) -> None:
    """Take over what :func:`dump_inventory` wrote."""
    for values, hosts, statuses, query, callers in data:
        one = Endpoint(
            **dict(zip(_ENDPOINT, values, strict=True)), hosts=set(hosts), statuses=statuses,
            query=set(query), callers=Distinct.load(callers),
        )  # fmt: skip
        inventory.endpoints[one.name] = one
