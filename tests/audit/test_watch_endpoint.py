from __future__ import annotations

from pathlib import Path

import msgpack
import pytest

from hongxian.audit.watch import Incident
from hongxian.audit.watch_endpoint import Court, EndpointJudge, incident_of, opened
from hongxian.guards.gate.findings import Finding
from hongxian.guards.gate.policy import GatePolicy
from hongxian.sensors.traffic.columns.requests import Pattern, Request
from hongxian.sensors.traffic.readers import Log
from hongxian.signals.keys import Keys
from hongxian.signals.observation import Identifier

COURT = Court(policy=GatePolicy(), secret=b"s", salt=b"t")
FIRST = 13_000_010_000


KEYS = Keys(COURT.secret)
LIKE = Pattern(
    "POST /m", ("account",), (Identifier("basic.phone", ""),) * 5, {"basic.phone": 1}, 1, 200,
    None, {"basic.phone": 5},
)  # fmt: skip


def judged(upto: int, judge: EndpointJudge, start: int = 0) -> EndpointJudge:
    for number in range(start, upto):
        phones = [str(FIRST + 5 * number + one) for one in range(5)]
        keys = [tuple(KEYS.of("basic.phone", phone)) for phone in phones]
        at = 1_750_000_000.0 + number
        one = Request(LIKE, at, ("mallory",), keys, Log(Path("a")), number)
        judge.add(one, (0, 1, number))
    return judge


def test_a_judge_goes_on_with_what_another_remembers() -> None:
    whole = judged(60, EndpointJudge(COURT, "POST /m"))
    one = judged(3, EndpointJudge(COURT, "POST /m"))
    for until in (15, 60):
        one = EndpointJudge(COURT, "POST /m", (one.told(), one.memory()))
        judged(until, one, 3 if until == 15 else 15)
    assert opened(one.told()) == opened(whole.told())
    (found,) = map(incident_of, opened(one.told())["incidents"])
    assert (found.finding.kind, found.given) == ("enumeration", {"basic.phone": 60})
    assert found.order[:2] == (0, 1)
    assert opened(one.told())["flows"][:2] == [
        {"basic.phone": [60, 300, 0]},
        {"basic.phone": [60, 60, 0]},
    ]


def test_nothing_that_is_told_is_a_value_or_a_name() -> None:
    one = judged(60, EndpointJudge(COURT, "POST /m"))
    for data in (one.told(), one.memory()):
        assert str(FIRST)[:7].encode() not in data
        assert b"mallory" not in data


def test_a_finding_is_told_whole() -> None:
    finding = Finding(kind="in_url", action="allow", endpoint="GET /a", info="basic.phone",
                      who=1 << 62, window=86_400.0, score=1.5, values={"records": 3})  # fmt: skip
    one = Incident(finding=finding, first=1.0, last=2.0, requests=3, order=(1, 2, 3))
    from hongxian.audit.watch_endpoint import _dumped

    assert incident_of(msgpack.unpackb(msgpack.packb(_dumped(one)))) == one


@pytest.mark.parametrize(
    "data", [b"", b"\xc1", msgpack.packb([1]), msgpack.packb({"version": 0})],
    ids=["empty", "broken", "list", "old"],
)  # fmt: skip
def test_what_no_judge_told_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="findings"):
        opened(data)
