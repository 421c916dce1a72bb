from __future__ import annotations

import pytest
from tests.audit.test_watch_endpoint import COURT, judged

from hongxian.audit import watch_merge
from hongxian.audit.watch_endpoint import EndpointJudge
from hongxian.audit.watch_merge import merged
from hongxian.sensors.traffic.openapi import Documented
from hongxian.sensors.traffic.sense import SensedTraffic
from hongxian.sensors.traffic.takers import Takers


def sensed() -> SensedTraffic:
    made = SensedTraffic("interface:x", "0" * 64, [], takers=Takers(COURT.salt))
    made.inventory.endpoint("POST", "/m", 1.0, "a:1")
    return made


def test_what_was_judged_apart_is_told_together() -> None:
    one = judged(60, EndpointJudge(COURT, "POST /m"))
    found = merged(sensed(), COURT, [("POST /m", one.told(), b"")], [
        Documented("POST", "/m", deprecated=True)])  # fmt: skip
    assert [each.finding.kind for each in found.incidents] == ["enumeration", "zombie"]
    assert found.incidents[0].given == {"basic.phone": 60}
    assert found.taken.records == 60
    assert found.sensed.inventory.endpoints["POST /m"].given["basic.phone"].values == 60
    (taker,) = found.sensed.takers.greatest(5)
    assert (taker.kind, taker.records) == ("account", 60)


def test_findings_beyond_the_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_merge, "MOST_FINDINGS", 0)
    one = judged(60, EndpointJudge(COURT, "POST /m"))
    found = merged(sensed(), COURT, [("POST /m", one.told(), b"")])
    assert found.incidents == []
    assert found.dropped > 30
