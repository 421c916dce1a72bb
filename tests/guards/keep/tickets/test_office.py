"""Who may do what with a ticket, and what is tried in vain."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.guards.keep.receiver import receiver
from tests.guards.keep.tickets.desk import Desk, Said, at, run, signature

from hongxian.guards.keep.evidence.verify import heads_of, verify_log
from hongxian.guards.keep.tickets.errors import TicketError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def refused(reason: str) -> Any:
    return pytest.raises(TicketError, check=lambda error: error.reason == reason)


def test_a_ticket_is_used_once(desk: Desk) -> None:
    kept = desk.propose()
    assert (kept.state, kept.ticket.objects, kept.ticket.rows) == (
        "proposed",
        ("public.orders",),
        100,
    )
    assert desk.office.waiting(b"drop table public.orders;", ("shop", "dba"))
    with refused("unapproved"):
        desk.claim()
    assert desk.approve(kept).state == "approved"
    assert desk.claim().id == kept.ticket.id
    with refused("used"):
        desk.claim()
    run(desk.office.done(kept.ticket, {"tag": "DROP TABLE"}))
    assert desk.evidence() == [
        "opened", "ticket_proposed", "ticket_refused", "ticket_approved", "ticket_ready",
        "ticket_used", "ticket_refused", "ticket_done",
    ]  # fmt: skip
    assert verify_log(desk.place / "log", heads_of(desk.place / "log")).faults == []


def test_of_many_who_use_it_at_once_one_does(desk: Desk) -> None:
    desk.approve(desk.propose())

    def use(_: int) -> bool:
        try:
            desk.claim()
        except TicketError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(16))) == 1
    assert desk.evidence().count("ticket_used") == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"text": "drop table public.orders"}, "none", id="text"),
        pytest.param({"place": ("other", "dba")}, "none", id="database"),
        pytest.param({"place": ("shop", "root")}, "none", id="role"),
        pytest.param({"rows": 161}, "rows", id="rows"),
        pytest.param({"rows": -1}, "rows", id="rows unknown"),
    ],
)
def test_it_is_for_this_alone(desk: Desk, change: dict[str, Any], reason: str) -> None:
    desk.approve(desk.propose())
    with refused(reason):
        desk.claim(**change)
    assert desk.claim(rows=160).id


def test_rows_that_nobody_knew_are_no_bound(desk: Desk) -> None:
    desk.said = Said(rows=-1)
    kept = desk.approve(desk.approve(desk.propose()), "zhao")
    assert kept.state == "approved", "unknown rows are many: an owner must sign"
    assert desk.claim(rows=10**9).id


def test_it_expires_and_a_clock_set_back_does_not_help(desk: Desk) -> None:
    desk.approve(desk.propose(lifetime=600))
    late = desk.propose(text="drop table public.a", lifetime=600)
    desk.hands.pass_by(600)
    desk.hands.wall -= 100_000
    with refused("expired"):
        desk.claim()
    with refused("expired"):
        desk.approve(late)
    desk.close()
    desk.open()
    with refused("expired"):
        desk.claim()


def test_a_clock_set_forward_only_ends_it_earlier(desk: Desk) -> None:
    desk.approve(desk.propose(lifetime=600))
    desk.hands.wall += 100_000
    with refused("expired"):
        desk.claim()
    desk.hands.wall -= 100_000
    with refused("expired"):
        desk.claim()


@pytest.mark.parametrize("seconds", [0, -1, 8 * 3_600 + 1, True, "1h", float("nan")])
def test_how_long_it_may_be_good(desk: Desk, seconds: object) -> None:
    with refused("lifetime"):
        desk.propose(lifetime=seconds)


@pytest.mark.parametrize(
    ("proposer", "approver", "change", "reason"),
    [
        pytest.param("qian", "qian", {"device": "x", "session": "x"}, "self", id="self"),
        pytest.param("li", "wang", {"device": "device of li"}, "same_device", id="device"),
        pytest.param("li", "wang", {"session": "session of li"}, "same_session", id="session"),
        pytest.param("li", "sun", {}, "may_not", id="no right"),
        pytest.param("li", "wang", {"signature": "AAAA"}, "signature", id="bad signature"),
        pytest.param("li", "wang", {"signature": "é"}, "signature", id="no base64"),
        pytest.param("li", "wang", {"signature": None}, "form", id="no signature"),
        pytest.param("li", "wang", {"device": " "}, "form", id="no device"),
        pytest.param("li", "wang", {"ticket": "{}"}, "form", id="no ticket"),
    ],
)
def test_who_may_not_sign(
    desk: Desk, proposer: str, approver: str, change: dict[str, Any], reason: str
) -> None:
    kept = desk.propose(proposer)
    with refused(reason):
        desk.approve(kept, approver, **change)
    with refused("unapproved"):
        desk.claim()


def test_another_s_signature_is_none(desk: Desk) -> None:
    kept = desk.propose()
    with refused("signature"):
        desk.approve(kept, "wang", signature=signature(desk.keys["li"], kept))


def test_an_altered_ticket_is_not_signed(desk: Desk) -> None:
    kept = desk.propose()
    more = replace(kept, ticket=replace(kept.ticket, rows=10**6))
    with refused("altered"):
        desk.approve(more)
    spelt = kept.ticket.canonical().decode().replace(":", ": ", 1)
    with refused("altered"):
        desk.approve(kept, ticket=spelt)


def test_nobody_signs_twice_or_what_is_over(desk: Desk) -> None:
    kept = desk.propose(text="truncate pay.bills")
    desk.said = Said(objects=("pay.bills",))
    kept = desk.propose(text="truncate pay.b")
    desk.approve(kept)
    with refused("same_device"):
        desk.approve(kept)
    with refused("twice"):
        desk.approve(kept, device="x", session="y")
    assert desk.approve(kept, "zhao").state == "approved"
    with refused("state"):
        desk.approve(kept, "qian")


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        pytest.param(Said(), ["wang"], id="small"),
        pytest.param(Said(objects=("pay.bills",)), ["wang", "qian"], id="two by table"),
        pytest.param(Said(rows=10_000), ["zhao"], id="owner by size"),
        pytest.param(Said(rows=10_000), ["wang", "zhao"], id="others do not count"),
        pytest.param(Said(rows=-1, objects=("pay.x",)), ["wang", "zhao"], id="both"),
    ],
)
def test_four_eyes_by_size_and_table(desk: Desk, said: Said, needs: list[str]) -> None:
    desk.said = said
    kept = desk.propose()
    for who in needs:
        assert (kept.state, desk.office.missing(kept) > 0) == ("proposed", True)
        kept = desk.approve(kept, who)
    assert (kept.state, desk.office.missing(kept)) == ("approved", 0)


@pytest.mark.parametrize(
    ("verdict", "urgent", "reason"),
    [("safe", False, "needless"), ("reversible", True, "needless"), ("unknown", False, "unknown")],
)
def test_what_no_ticket_is_for(desk: Desk, verdict: str, urgent: bool, reason: str) -> None:
    desk.said = Said(verdict=verdict)
    with refused(reason):
        desk.propose(break_glass=urgent)


def test_break_glass_takes_two_and_raises_alarms(tmp_path: Path) -> None:
    with receiver() as got:
        desk = Desk(tmp_path, f'[break_glass]\nalarm = ["{got.address}", "https://127.0.0.1:1/"]\n')
        desk.said = Said(verdict="unknown", rows=-1)
        kept = desk.propose(break_glass=True, why="call 13800138000")
        with refused("lifetime"):
            desk.propose(break_glass=True, lifetime=3_600)
        with refused("may_not"):
            desk.approve(kept, "wang")
        assert desk.approve(kept, "zhao").state == "proposed"
        assert desk.approve(kept, "qian").state == "approved"
        assert desk.claim(rows=-1).kind == "break_glass"
    told = [json.loads(one) for one in got.bodies]
    assert [one["alarm"] for one in told] == [
        f"break_glass_{n}" for n in ("proposed", "approved", "used")
    ]
    assert "13800138000" not in str(got.bodies)
    assert desk.evidence().count("alarm_failed") == 3, "the other address is told to be silent"
    desk.close()


def test_who_may_propose_and_withdraw(desk: Desk) -> None:
    with refused("may_not"):
        desk.propose("wang")
    people = desk.people.people
    for who in ("li", "wang"):
        kept = desk.approve(desk.propose(), "zhao")
        with refused("not_yours"):
            run(desk.office.withdraw(people["sun"], kept.ticket.id))
        assert run(desk.office.withdraw(people[who], kept.ticket.id)).state == "withdrawn"
        with refused("withdrawn"):
            desk.claim()
        with refused("state"):
            run(desk.office.withdraw(people[who], kept.ticket.id))
    with refused("none"):
        run(desk.office.withdraw(people["li"], "x"))


def test_a_refused_text_need_not_be_repeated(desk: Desk) -> None:
    number = desk.office.remember("drop table public.x", ("shop", "dba"))
    kept = run(desk.office.propose(desk.people.people["li"],
                                   {"refused": number, "why": "old", **at("li")}))  # fmt: skip
    assert (kept.text, kept.ticket.role) == ("drop table public.x", "dba")
    for one in range(1_000):
        desk.office.remember(f"drop table x{one}", ("shop", "dba"))
    with refused("none"):
        run(desk.office.propose(desk.people.people["li"], {"refused": number}))


@pytest.mark.parametrize("told", [{"text": ""}, {"text": 1}, {"text": "a\0"}, {"why": ""},
                                  {"role": None}, {"text": "x" * (2**20 + 1)}])  # fmt: skip
def test_proposals_that_are_not_whole(desk: Desk, told: dict[str, Any]) -> None:
    with refused("form"):
        desk.propose(**told)


class TestWhoeverCanWriteTheFile:
    """The file of tickets is not believed."""

    def edit(self, desk: Desk, text: str, *values: object) -> None:
        with sqlite3.connect(desk.place / "tickets.db") as base:
            base.execute(text, values)
        base.close()

    def test_cannot_approve(self, desk: Desk) -> None:
        desk.propose()
        self.edit(desk, "update tickets set state = 'approved'")
        with refused("altered"):
            desk.claim()

    def test_cannot_renew_a_used_one(self, desk: Desk) -> None:
        desk.approve(desk.propose())
        desk.claim()
        self.edit(desk, "update tickets set state = 'approved'")
        with refused("used"):
            desk.claim()
        desk.close()
        desk.open()
        with refused("used"):
            desk.claim()

    def test_cannot_bring_an_old_file_back(self, desk: Desk) -> None:
        desk.approve(desk.propose())
        self.edit(desk, "pragma wal_checkpoint(truncate)")
        old = (desk.place / "tickets.db").read_bytes()
        desk.claim()
        desk.close()
        (desk.place / "tickets.db").write_bytes(old)
        desk.open()
        with refused("used"):
            desk.claim()

    def test_cannot_change_the_text(self, desk: Desk) -> None:
        kept = desk.approve(desk.propose())
        self.edit(desk, "update tickets set text = 'drop schema pay'")
        with refused("altered"):
            desk.claim()
        other = replace(kept.ticket, rows=10**6).canonical().decode()
        self.edit(desk, "update tickets set body = ?, text = 'drop table public.orders;'", other)
        with refused("altered"):
            desk.claim()
        self.edit(desk, "update tickets set body = '{}'")
        with refused("form"):
            desk.claim()

    def test_cannot_change_for_whom(self, desk: Desk) -> None:
        desk.approve(desk.propose())
        self.edit(desk, "update tickets set role = 'root'")
        with refused("altered"):
            desk.claim(place=("shop", "root"))


def test_a_key_that_is_taken_away_counts_no_more(desk: Desk) -> None:
    desk.approve(desk.propose())
    people = {name: one for name, one in desk.people.people.items() if name != "wang"}
    desk.office.people = replace(desk.people, people=people)
    with refused("altered"):
        desk.claim()
    shared = {
        **desk.people.people,
        "wang": replace(desk.people.people["wang"], key=desk.keys["li"].public),
    }
    desk.office.people = replace(desk.people, people=shared)
    with refused("altered"):
        desk.claim()
