from __future__ import annotations

from hongxian.sensors.policy.declarations import Declaration


def test_a_declaration_promises_nothing_that_was_not_said() -> None:
    said = Declaration(act="collect", info="device.imei", actor="first_party")
    assert [said.possible, said.referred, said.unresolved] == [False] * 3
    assert {said.purpose, said.recipient, said.days, said.condition, said.form} == {None}
