from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.guards.keep.tickets.desk import Desk, at, run, signature

from hongxian.guards.keep.tickets.api import answer
from hongxian.guards.keep.tickets.requests import Asked, sign_request
from hongxian.guards.keep.tickets.ticket import read_ticket


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def ask(desk: Desk, who: str, method: str, path: str, told: Any = None) -> tuple[int, Any]:
    body = told if isinstance(told, bytes) else b"" if told is None else json.dumps(told).encode()
    headers = sign_request(desk.keys[who], who, Asked(method, path, {}, body), desk.office.now)
    status, data = run(answer(desk.office, Asked(method, path, headers, body, "10.0.0.1")))
    return status, json.loads(data)


PROPOSAL = {"text": "drop table public.orders;", "database": "shop", "role": "dba", "why": "old"}


def test_a_ticket_s_whole_life(desk: Desk) -> None:
    status, told = ask(desk, "li", "POST", "/tickets", {**PROPOSAL, **at("li")})
    assert (status, told["state"], told["missing"]) == (200, "proposed", 1)
    number = read_ticket(told["ticket"]).id
    status, rows = ask(desk, "sun", "GET", "/tickets")
    assert (status, len(rows), "text" in rows[0]) == (200, 1, False)
    status, shown = ask(desk, "wang", "GET", f"/tickets/{number}")
    assert (status, shown["text"]) == (200, PROPOSAL["text"])
    kept = desk.store.get(number)
    signed = {
        "ticket": shown["ticket"],
        "signature": signature(desk.keys["wang"], kept),
        **at("wang"),
    }
    status, told = ask(desk, "wang", "POST", f"/tickets/{number}/approve", signed)
    assert (status, told["state"], told["missing"]) == (200, "approved", 0)
    status, told = ask(desk, "li", "POST", f"/tickets/{number}/withdraw", {})
    assert (status, told["state"]) == (200, "withdrawn")


@pytest.mark.parametrize(
    ("method", "path", "told", "status", "reason"),
    [
        ("PUT", "/tickets", None, 400, "form"), ("POST", "/tickets/a/b", {}, 400, "form"),
        ("POST", "/tickets", b"{", 400, "form"), ("POST", "/tickets", [], 400, "form"),
        ("GET", "/tickets/none", None, 404, "none"),
        ("POST", "/tickets/x/withdraw", {}, 404, "none"),
    ],
)  # fmt: skip
def test_what_is_not_taken(  # noqa: PLR0913, PLR0917 - a row of the table
    desk: Desk, method: str, path: str, told: Any, status: int, reason: str
) -> None:
    found, row = ask(desk, "li", method, path, told)
    assert (found, row["error"]) == (status, reason)


def test_refusals_are_evidence(desk: Desk) -> None:
    status, told = ask(desk, "wang", "POST", "/tickets", {**PROPOSAL, **at("wang")})
    assert (status, told) == (403, {"error": "may_not", "values": {"right": "propose"}})
    status, data = run(answer(desk.office, Asked("GET", "/tickets", {}, b"")))
    assert (status, json.loads(data)["error"]) == (401, "person")
    assert desk.evidence() == ["opened", "ticket_refused", "ticket_refused"]
