from __future__ import annotations

import json

from tests.guards.keep.receiver import receiver

from hongxian.guards.keep.tickets.alarms import raise_alarm


def test_everybody_is_told_and_who_was_not_is_returned() -> None:
    with receiver() as good, receiver(500) as bad:
        failed = raise_alarm([bad.address, good.address], "fire", {"why": "call 13800138000"})
    assert failed == [(bad.address, "HTTP 500")]
    assert json.loads(good.bodies[0]) == {
        "source": "hongxian keep", "alarm": "fire", "why": "call ***"
    }  # fmt: skip
