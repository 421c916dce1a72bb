from __future__ import annotations

from tests.guards.keep.drill.test_results import TRIAL, trial

from hongxian.guards.keep.drill.facts import drill_coverage, drill_facts
from hongxian.guards.keep.drill.results import Check
from hongxian.guards.keep.drill.settings import SourceSettings


def test_each_drill_is_a_fact_and_a_source_without_one_too() -> None:
    sources = {name: SourceSettings(name=name) for name in ("shop", "bank")}
    failed = trial(outcome="failed", checks=[{"what": "sum", "name": "orders",
                                              "outcome": "failed", "told": ""}])  # fmt: skip
    found = list(drill_facts("store:x", sources, {"shop": [TRIAL, failed]}))
    assert [(one.item, one.outcome, one.amount) for one in found] == [
        ("shop", "passed", 12.5), ("shop", "failed", 12.5), ("bank", "never", None),
    ]  # fmt: skip
    assert found[0].detail == {"every": 86400, "checks": 1, "failed": [], "bytes": 5, "rpo": 0.5}
    assert found[1].detail["failed"] == ["sum orders"]
    assert found[2].detail == {"every": 604800}
    assert drill_coverage("store:x", sources).detail == {"sources": 2}
    assert Check("sum", "a", "passed", "") != Check("sum", "b", "passed", "")
