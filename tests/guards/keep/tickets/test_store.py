from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.keep.tickets.test_ticket import AT, TICKET

from hongxian.errors import HongxianError
from hongxian.guards.keep.tickets.errors import TicketError
from hongxian.guards.keep.tickets.store import TicketStore
from hongxian.guards.keep.tickets.ticket import Approval


def test_tickets_stay(tmp_path: Path) -> None:
    store = TicketStore(tmp_path / "t")
    store.add(TICKET, "drop table a")
    approval = Approval(person="wang", signature="AA==", device="d", session="s", at=AT)
    store.approve("a1", approval)
    with pytest.raises(TicketError):
        store.approve("a1", approval)
    store.close()
    store = TicketStore(tmp_path / "t")
    kept = store.get("a1")
    assert (kept.ticket, kept.text, kept.state) == (TICKET, "drop table a", "proposed")
    assert kept.approvals == (approval,)
    assert store.of("00", "shop", "dba") == ["a1"]
    assert store.of("00", "shop", "x") == []
    assert [one.ticket.id for one in store.all()] == ["a1"]
    assert store.move("a1", ("proposed", "approved"), "withdrawn")
    assert not store.move("a1", ("proposed",), "used")
    with pytest.raises(TicketError):
        store.get("a2")
    store.close()


def test_a_nonce_is_fresh_once(tmp_path: Path) -> None:
    store = TicketStore(tmp_path / "t")
    assert store.fresh("n", 10.0, 0.0)
    assert not store.fresh("n", 11.0, 0.0)
    assert store.fresh("n", 12.0, 11.0), "what is too old is refused by its time"
    store.close()


def test_what_is_no_such_file(tmp_path: Path) -> None:
    (tmp_path / "t").write_bytes(b"something else" * 100)
    with pytest.raises(HongxianError, match="cannot be used"):
        TicketStore(tmp_path / "t")
    with pytest.raises(HongxianError, match="cannot be used"):
        TicketStore(tmp_path / "no" / "t")
