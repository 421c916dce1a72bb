from __future__ import annotations

from typing import Any

import pytest

from hongxian.guards.gate.exposure import exposure, figures
from hongxian.guards.gate.policy import EndpointRule, GatePolicy
from hongxian.signals.observation import OBJECT, Identifier, Observation

RULE = EndpointRule(pattern="*", needs=("basic.nickname",))


def kinds(policy: GatePolicy | None = None, **what: Any) -> list[tuple[str, str | None]]:
    told: dict[str, Any] = {"principals": {"account": "a"}, "endpoint": "GET /", "at": 0.0} | what
    found = exposure(Observation(**told), policy or GatePolicy())
    return [(one.kind, one.info) for one in found]


def test_what_the_purpose_does_not_need_is_too_much() -> None:
    policy = GatePolicy(endpoints=(RULE,))
    given = {"basic.nickname": 2, "basic.phone": 2, "basic.email": 0}
    assert kinds(policy, given=given) == [("over_exposed", "basic.phone")]
    found = next(iter(exposure(
        Observation(at=0.0, endpoint="GET /", principals={"account": "a"}, given=given), policy
    )))  # fmt: skip
    assert found.values == {"records": 2, "ratio": 2.0}
    assert kinds(given=given) == []


def test_pi_for_somebody_who_did_not_log_in_is_told() -> None:
    who = {"ip": "10.0.0.1", "device": "d"}
    assert kinds(principals=who, given={"basic.phone": 1}) == [("unauthenticated", "basic.phone")]
    open_ = GatePolicy(endpoints=(EndpointRule(pattern="*", open=True),))
    assert kinds(open_, principals=who, given={"basic.phone": 1}) == []
    assert kinds(principals=who) == []


def test_pi_in_urls_is_told_and_ids_of_records_are_not() -> None:
    sent = (Identifier("basic.phone", "x", "query"), Identifier(OBJECT, "7", "path"),
            Identifier("basic.email", "y", "body"))  # fmt: skip
    assert kinds(identifiers=sent) == [("in_url", "basic.phone")]


def test_pi_without_encryption_is_told() -> None:
    sent = (Identifier("basic.phone", "x"), Identifier(OBJECT, "7"))
    assert kinds(identifiers=sent, given={"basic.email": 1}, secure=False) == [
        ("clear_http", "basic.email"), ("clear_http", "basic.phone")
    ]  # fmt: skip
    assert kinds(identifiers=sent, secure=True) == []


@pytest.mark.parametrize(("given", "principals", "policy", "told"), [
    ({}, {}, GatePolicy(), False),
    ({"basic.phone": 1}, {"ip": "::1"}, GatePolicy(), True),
    ({"basic.phone": 1}, {"account": "a"}, GatePolicy(), False),
    ({"basic.phone": 1}, {"account": "a"},
     GatePolicy(endpoints=(EndpointRule(pattern="*", needs=()),)), True),
    ({"basic.phone": 1}, {}, GatePolicy(endpoints=(EndpointRule(pattern="*", open=True),)), False),
])  # fmt: skip
def test_findings_with_figures_are_told_from_others(
    given: dict, principals: dict, policy: GatePolicy, told: bool
) -> None:
    assert figures("GET /a", given, principals, policy) == told
