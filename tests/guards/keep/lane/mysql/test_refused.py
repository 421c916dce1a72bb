from __future__ import annotations

from hongxian.guards.keep.lane.mysql.refused import LONGEST, refused
from hongxian.guards.keep.lane.refusals import CODES, Refusal


def test_a_refusal_is_an_error_with_a_code_of_its_own() -> None:
    for kind, code in CODES.items():
        body = refused(Refusal(kind, "why", "how"), "en", "utf-8")
        assert body[:9] == b"\xff\xcb\x04#" + code.encode()
        assert body.endswith(b"; how")


def test_it_is_told_in_letters_that_the_client_reads() -> None:
    told = Refusal("destructive", "表")
    assert "红线".encode() in refused(told, "zh", "utf-8")
    assert b"refused by Hongxian" in refused(told, "zh", "cp1252")


def test_a_long_reason_leaves_room_for_the_ticket() -> None:
    body = refused(Refusal("destructive", "因" * 900, "propose --refused 1234"), "zh", "utf-8")
    assert len(body) <= 9 + LONGEST
    assert body.endswith(b"propose --refused 1234")
    assert len(refused(Refusal("unknown", "x", "因" * 900), "zh", "utf-8")) <= 9 + LONGEST
