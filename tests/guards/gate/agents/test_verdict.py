from __future__ import annotations

from dataclasses import replace

from hongxian.guards.gate.agents.verdict import verdict
from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.parts import Request
from hongxian.guards.gate.exchange.ruling import Ruling
from hongxian.guards.gate.exchange.settings import ExchangeSettings
from hongxian.guards.gate.findings import Finding
from hongxian.guards.gate.policy import GatePolicy


def ruling() -> Ruling:
    judge = Judge(ExchangeSettings(), Gate(GatePolicy()))
    return judge.question(Request(method="GET", target="/", headers=[]))


def test_what_passes_has_no_status() -> None:
    told = verdict(ruling(), 403)
    assert (told.action, told.advised, told.reason, told.status) == ("allow", "allow", "", 0)


def test_the_reason_is_the_finding_or_why_nothing_could_be_judged() -> None:
    made = ruling()
    finding = Finding(kind="limit", action="throttle", endpoint="GET /")
    made.decision = replace(made.decision, advised="throttle", findings=(finding,))
    assert verdict(made, 0).advised == "throttle"
    assert verdict(made, 0).reason == "limit"
    made.reason, made.action = "large", "block"
    told = verdict(made, 413)
    assert (told.reason, told.advised, told.status) == ("unreadable_large", "block", 413)
