from __future__ import annotations

import pytest

from hongxian.guards.keep.tickets.errors import STATUS, TicketError


@pytest.mark.parametrize("reason", STATUS)
def test_every_reason_is_said_in_both_languages(reason: str) -> None:
    values = dict.fromkeys(("names", "person", "most", "right", "id", "state", "at", "rows",
                            "allowed", "missing"), 1)  # fmt: skip
    error = TicketError(reason, **values)
    assert error.say("zh") != error.say("en")
    assert 400 <= error.status < 500
