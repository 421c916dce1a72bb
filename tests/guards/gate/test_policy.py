from __future__ import annotations

from datetime import date

from hongxian.guards.gate.policy import Allowed, EndpointRule, GatePolicy
from hongxian.signals.cohort import Cohort


def test_the_first_pattern_that_names_an_endpoint_counts() -> None:
    policy = GatePolicy(endpoints=(
        EndpointRule(pattern="POST /a/*", open=True), EndpointRule(pattern="*", needs=()),
    ))  # fmt: skip
    assert policy.rule("POST /a/b").open
    assert policy.rule("GET /").needs == ()
    assert GatePolicy().rule("GET /").needs is None


def test_actions_are_those_of_the_policy_else_ours() -> None:
    policy = GatePolicy(actions={"limit": "block"})
    assert policy.action("limit") == "block"
    assert policy.action("over_exposed") == "mask"


def test_an_allowance_ends_on_its_day() -> None:
    entry = Allowed(principal="account:p", owner="Li", until=date(2026, 1, 2), endpoint="GET *")
    assert entry.names("account", "p", "GET /x", date(2026, 1, 2))
    assert not entry.names("account", "p", "GET /x", date(2026, 1, 3))
    assert not entry.names("token", "p", "GET /x", date(2026, 1, 2))
    assert not entry.names("account", "p", "POST /x", date(2026, 1, 2))


def test_what_was_not_learned_is_as_we_believe() -> None:
    learned = Cohort(score=11)
    policy = GatePolicy(cohorts={"GET /x": learned})
    assert policy.cohort("GET /x") is learned
    assert policy.cohort("GET /y") == Cohort()


def test_the_rules_of_many_endpoints_are_not_all_remembered(monkeypatch) -> None:
    monkeypatch.setattr("hongxian.guards.gate.policy._MOST_RULED", 1)
    rule = EndpointRule(pattern="GET /a*", open=True)
    policy = GatePolicy(endpoints=(rule,))
    for _ in range(2):
        assert [policy.rule(one).open for one in ("GET /a", "GET /ab", "GET /b")] == [
            True,
            True,
            False,
        ]
    assert len(policy._ruled) == 1
