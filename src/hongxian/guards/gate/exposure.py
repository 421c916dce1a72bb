"""Findings about the interface itself: PI that it need not give, or gives to anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.gate.findings import Finding
from hongxian.signals.observation import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongxian.guards.gate.policy import GatePolicy
    from hongxian.signals.observation import Observation


def figures(
    endpoint: str, given: Mapping[str, object], principals: Mapping[str, str], policy: GatePolicy
) -> bool:
    """Return whether a finding on an exchange may have figures of its own."""
    if not given:
        return False
    rule = policy.rule(endpoint)
    return rule.needs is not None or not (rule.open or is_known(principals))


def exposure(seen: Observation, policy: GatePolicy) -> Iterator[Finding]:
    """Yield what one request shows of the interface."""
    if not seen.given and not seen.identifiers:
        return
    rule = policy.rule(seen.endpoint)
    given = {info: count for info, count in seen.given.items() if count}
    if given and rule.needs is not None:
        beyond = {info: count for info, count in given.items() if info not in rule.needs}
        for info, count in sorted(beyond.items()):
            ratio = round(sum(given.values()) / max(1, sum(given.values()) - count), 2)
            yield _finding("over_exposed", seen, policy, info, records=count, ratio=ratio)
    if given and not rule.open and not is_known(seen.principals):
        for info in sorted(given):
            yield _finding("unauthenticated", seen, policy, info, records=given[info])
    in_url = {one.info for one in seen.identifiers if one.where in ("path", "query")}
    for info in sorted(in_url - {OBJECT}):
        yield _finding("in_url", seen, policy, info)
    if seen.secure is False:
        infos = {one.info for one in seen.identifiers} - {OBJECT} | given.keys()
        for info in sorted(infos):
            yield _finding("clear_http", seen, policy, info)


def is_known(principals: Mapping[str, str]) -> bool:
    """Return whether a caller has shown who it is."""
    return "account" in principals or "token" in principals


def _finding(kind: str, seen: Observation, policy: GatePolicy, info: str, **values: Any) -> Finding:
    return Finding(
        kind=kind, action=policy.action(kind), endpoint=seen.endpoint, info=info, values=values
    )
