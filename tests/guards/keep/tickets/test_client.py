"""People ask an office over HTTP; keys stay with them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.guards.keep.receiver import receiver
from tests.guards.keep.tickets.desk import Desk

from hongxian.errors import HongxianError
from hongxian.guards.keep.tickets import client as module
from hongxian.guards.keep.tickets.api import answer
from hongxian.guards.keep.tickets.client import Client, here
from hongxian.guards.keep.tickets.errors import TicketError
from hongxian.guards.keep.tickets.requests import Asked
from hongxian.guards.keep.tickets.ticket import read_ticket

PROPOSAL = {"text": "drop table public.orders;", "database": "shop", "role": "dba", "why": "old"}


@contextmanager
def serving(desk: Desk) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, body)
            status, data = asyncio.run(answer(desk.office, asked))
            self.send_response(status)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_GET  # noqa: N815 - named by the library

        def log_message(self, *words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.hands.wall = time.time()
    made.office.log.clock.not_before(made.hands.wall)
    yield made
    made.close()


def elsewhere(patch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(name)
    patch.setattr(module, "MACHINE", tmp_path / name)


def test_two_people_on_two_machines(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(desk) as guard:
        li, wang = (Client(guard, name, desk.keys[name]) for name in ("li", "wang"))
        number = read_ticket(li.propose(PROPOSAL)["ticket"]).id
        with pytest.raises(TicketError, match="another device"):
            wang.approve(wang.show(number))
        elsewhere(monkeypatch, tmp_path, "other")
        assert wang.approve(wang.show(number))["state"] == "approved"
        assert [one["state"] for one in li.list()] == ["approved"]
        assert li.withdraw(number)["state"] == "withdrawn"
        with pytest.raises(TicketError, match="no such ticket"):
            li.show("x")


def test_a_text_that_is_not_the_ticket_s_is_not_signed(desk: Desk) -> None:
    import sqlite3

    with serving(desk) as guard:
        li = Client(guard, "li", desk.keys["li"])
        number = read_ticket(li.propose(PROPOSAL)["ticket"]).id
        with sqlite3.connect(desk.place / "tickets.db") as base:
            base.execute("update tickets set text = 'select 1'")
        base.close()
        with pytest.raises(TicketError, match="altered"):
            li.show(number)


def test_a_guard_that_does_not_answer(desk: Desk) -> None:
    with pytest.raises(HongxianError, match="does not answer"):
        Client("http://127.0.0.1:1", "li", desk.keys["li"]).list()
    with receiver() as got, pytest.raises(HongxianError, match="does not answer"):
        Client(got.address, "li", desk.keys["li"]).withdraw("x")


def test_other_answers_are_told_by_their_status(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "call", lambda *_: (500, b"{}"))
    with pytest.raises(HongxianError, match="HTTP 500"):
        Client("http://127.0.0.1:1", "li", desk.keys["li"]).list()


def test_device_and_session_are_digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = here()
    assert own == here()
    assert own["device"] != own["session"]
    elsewhere(monkeypatch, tmp_path, "other")
    other = here()
    assert {*own.values()}.isdisjoint(other.values())
    monkeypatch.setattr(module, "MACHINE", tmp_path / "none")
    monkeypatch.setattr(module, "BOOT", tmp_path / "none")
    assert len(here()["device"]) == 32
