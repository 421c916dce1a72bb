from __future__ import annotations

import pytest

from hongxian.guards.gate.exchange.ruling import Cover, Ruling
from hongxian.guards.gate.policy import EndpointRule
from hongxian.signals.observation import Identifier

COVER = Cover("GET /a", EndpointRule(pattern="*"), True, True, frozenset())


@pytest.mark.parametrize(
    ("action", "passes"), [("allow", True), ("mask", True), ("throttle", False), ("block", False)]
)
def test_what_is_allowed_or_masked_passes(action: str, passes: bool) -> None:
    assert Ruling(cover=COVER, action=action).passes == passes


def test_it_is_seen_as_the_core_takes_it() -> None:
    one = Identifier("basic.phone", "13800138000")
    seen = Ruling(
        cover=COVER, at=1.0, secure=False, principals={"ip": "::1"}, identifiers=(one,)
    ).seen
    assert (seen.at, seen.endpoint, seen.secure) == (1.0, "GET /a", False)
    assert (seen.principals, seen.identifiers) == ({"ip": "::1"}, (one,))
