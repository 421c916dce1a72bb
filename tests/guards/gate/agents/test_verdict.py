from __future__ import annotations

from dataclasses import replace

from tests.guards.gate.agents.harness import judged

from hongxian.guards.gate.agents.verdict import verdict
from hongxian.guards.gate.findings import Finding


def test_what_passes_has_no_status() -> None:
    told = verdict(judged(), 403)
    assert (told.action, told.advised, told.reason, told.status) == ("allow", "allow", "", 0)


def test_the_reason_is_the_finding_or_why_nothing_could_be_judged() -> None:
    made = judged()
    finding = Finding(kind="limit", action="throttle", endpoint="GET /")
    made.decision = replace(made.decision, advised="throttle", findings=(finding,))
    assert verdict(made, 0).advised == "throttle"
    assert verdict(made, 0).reason == "limit"
    made.reason, made.action = "large", "block"
    told = verdict(made, 413)
    assert (told.reason, told.advised, told.status) == ("unreadable_large", "block", 413)
