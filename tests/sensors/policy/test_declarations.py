from __future__ import annotations

from hongxian.sensors.policy.declarations import Declaration


def test_a_declaration_promises_nothing_that_was_not_said() -> None:
    said = Declaration(act="collect", info="device.imei", actor="first_party")
    assert not (said.possible or said.referred or said.unresolved)
    assert said.purpose is said.recipient is said.days is said.condition is said.form is None
