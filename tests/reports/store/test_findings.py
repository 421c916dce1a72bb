from __future__ import annotations

from dataclasses import replace

from tests.reports.store.conftest import Made

from hongxian.reports.store.findings import findings


def test_findings_cite_the_law_and_come_worst_first(made: Made) -> None:
    found = findings(made[1], "en")
    verdicts = [one.verdict for one in found]
    assert verdicts == sorted(verdicts, key=["violated", "suspected", "unclear"].index)
    first = next(one for one in found if one.rule == "store.7")
    assert (first.item, first.info, first.severity) == ("app.log.line", "auth.password", "high")
    assert "PIPL art. 51" in first.law
    assert "(unverified)" in first.law
    assert len(first.fingerprint) == 16
    assert not first.accepted


def test_what_nobody_looked_at_is_one_line(made: Made) -> None:
    [one] = [one for one in findings(made[1], "en") if one.rule == "store.6"]
    assert one.verdict == "unclear"
    assert "persons who were deleted" in one.message
    assert findings(replace(made[1], subjects=()), "en") == []
