from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.keep.tickets.desk import Desk

from hongxian.guards.keep.tickets.errors import TicketError
from hongxian.guards.keep.tickets.requests import HEADERS, WINDOW, Asked, sign_request, who_asks

NOW = 1_800_000_000.0


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def asked(desk: Desk, who: str = "li", path: str = "/tickets", body: bytes = b"{}") -> Asked:
    plain = Asked("POST", path, {}, body)
    return Asked("POST", path, sign_request(desk.keys[who], who, plain, NOW), body)


def ask(desk: Desk, one: Asked, now: float = NOW) -> str:
    return who_asks(one, desk.people, desk.store, now).id


def test_who_holds_the_key_asks(desk: Desk) -> None:
    assert ask(desk, asked(desk)) == "li"
    assert ask(desk, asked(desk, "wang"), NOW + WINDOW) == "wang"


def test_a_request_is_good_once_and_for_a_while(desk: Desk) -> None:
    one = asked(desk)
    ask(desk, one)
    for now, reason in ((NOW, "again"), (NOW + WINDOW + 1, "stale"), (NOW - WINDOW - 1, "stale")):
        with pytest.raises(TicketError) as raised:
            ask(desk, one, now)
        assert raised.value.reason == reason


@pytest.mark.parametrize("name", HEADERS)
def test_every_header_is_signed(desk: Desk, name: str) -> None:
    one = asked(desk)
    for value in ("", "x", asked(desk, "wang").headers[name]):
        changed = Asked(one.method, one.path, {**one.headers, name: value}, one.body)
        if value != one.headers[name]:
            with pytest.raises(TicketError) as raised:
                ask(desk, changed)
            assert raised.value.status == 401


@pytest.mark.parametrize(("method", "path", "body"), [
    ("GET", "/tickets", b"{}"), ("POST", "/tickets/a", b"{}"), ("POST", "/tickets", b"{ }")
])  # fmt: skip
def test_what_is_asked_is_signed(desk: Desk, method: str, path: str, body: bytes) -> None:
    with pytest.raises(TicketError) as raised:
        ask(desk, Asked(method, path, asked(desk).headers, body))
    assert raised.value.reason == "signature"
