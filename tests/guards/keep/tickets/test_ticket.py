from __future__ import annotations

import pytest

from hongxian.guards.keep.tickets.errors import TicketError
from hongxian.guards.keep.tickets.ticket import (
    Approval,
    Kept,
    Ticket,
    new_id,
    read_ticket,
    signable,
)

AT = "2026-01-31T08:00:00.000000Z"
TICKET = Ticket(
    id="a1", kind="statement", database="shop", role="dba", text_hash="00", fingerprint="f",
    verdict="destructive", objects=("public.a", "public.b"), rows=3, why="旧", proposer="li",
    device="d", session="s", proposed_at=AT, expires_at=AT,
)  # fmt: skip


def test_one_spelling() -> None:
    spelt = TICKET.canonical()
    assert read_ticket(spelt) == TICKET
    assert read_ticket(spelt.decode()) == TICKET
    assert signable(spelt).startswith(b"hongxian ticket v1\napprove\n{")


@pytest.mark.parametrize(
    ("data", "reason"),
    [("", "form"), ("[]", "form"), ("{}", "form"), (TICKET.canonical() + b" ", "altered"),
     (TICKET.canonical().replace(b'"rows":3', b'"rows":3,"x":1'), "form"),
     (TICKET.canonical().replace(b'"rows":3', b'"rows":3,"rows":3'), "altered")],
)  # fmt: skip
def test_other_spellings_are_none(data: str | bytes, reason: str) -> None:
    with pytest.raises(TicketError) as raised:
        read_ticket(data)
    assert raised.value.reason == reason


def test_what_the_interface_gives() -> None:
    approval = Approval(person="wang", signature="AA==", device="d", session="s", at=AT)
    kept = Kept(ticket=TICKET, text="drop table a", state="approved", approvals=(approval,))
    told = kept.told()
    assert (told["text"], told["state"]) == ("drop table a", "approved")
    assert told["approvals"][0]["person"] == "wang"
    assert "text" not in kept.told(text=False)
    assert new_id() != new_id()
