from __future__ import annotations

from hongxian.signals.observation import Identifier, Observation


def test_an_observation_needs_no_more_than_who_where_and_when() -> None:
    seen = Observation(at=1.0, endpoint="GET /", principals={"ip": "10.0.0.1"})
    assert (seen.identifiers, dict(seen.given), seen.hits, seen.secure) == ((), {}, None, None)
    assert Identifier("basic.phone", "1").where == "body"
