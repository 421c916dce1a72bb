"""The gate before a real app on a real database, both processes of their own."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from bench.attacks.app.people import FIRST_ORDER, FIRST_USER, PASSWORD, fill, people
from bench.attacks.gate_with_clock import Clock
from bench.attacks.laboratory import app, database, gate
from bench.attacks.traffic import START, anywhere, book, digest

from hongxian.guards.gate.policy_file import dump_cohorts
from hongxian.signals.cohort import Beta, Cohort

SEED = 5
USUAL = Cohort(
    size=5.0, size_deviation=0.88, hit=Beta(45.0, 29.0), adjacent=Beta(0.2, 59.0),
    adjacent_most=44, score=8.0, fitted=1_500,
)  # fmt: skip
"""What the gate has learned: who syncs an address book knows three in five of the app's people."""
CARD = re.compile(r'"id_card":"\d{17}[\dX]"')
MOST_LOST = 150
"""Records that an attacker may be given before it is stopped."""


class Caller:
    """Somebody with an account, who comes by the gate or straight to the app."""

    def __init__(self, port: int, phone: str, ip: str, client: str = "app-7") -> None:
        self._link = HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"X-Forwarded-For": ip, "User-Agent": client}
        _, told = self.send("/login", {"phone": phone, "password": PASSWORD})
        self._headers["Authorization"] = f"Bearer {json.loads(told)['token']}"

    def send(self, path: str, body: Any = None) -> tuple[int, str]:
        data = None if body is None else json.dumps(body)
        kind = {"Content-Type": "application/json"}
        self._link.request("GET" if body is None else "POST", path, data, self._headers | kind)
        answer = self._link.getresponse()
        told = answer.read().decode()
        self._link.close()
        return answer.status, told

    def until_stopped(self, sent: list[tuple[str, Any]]) -> tuple[int, int]:
        """Return how many records were given, and the last status."""
        lost = 0
        for path, body in sent:
            status, told = self.send(path, body)
            if status != 200:
                return lost, status
            lost += len(json.loads(told)["matched"]) if body else 1
        return lost, 200


class Laboratory:
    def __init__(self, front: int, behind: int, clock: Clock, log: Path) -> None:
        self.front, self.behind, self.clock, self.log = front, behind, clock, log


def numbers(rng: random.Random) -> tuple[list[str], list[str]]:
    """Return an address book, and numbers of those who are in the app, some of the book too."""
    own, chance = book(rng, 150)
    known = [str(one) for one, p in zip(own, chance, strict=True) if rng.random() < p]
    others = [str(13_800_000_000 + one) for one in rng.sample(range(100_000_000), 900)]
    return [*map(str, own)], [*others, *known]


BOOK, PHONES = numbers(random.Random(SEED))


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    folder = tmp_path_factory.mktemp("laboratory")
    with database() as address:
        asyncio.run(fill(address, PHONES, SEED))
        learned = dump_cohorts({"POST /contacts/match": USUAL})
        with app(address) as (behind, _), gate(folder, behind, learned) as (front, _, path):
            clock = Clock(path)
            clock.set(START)
            yield Laboratory(front, behind, clock, folder / "gate.log")


def pieces(numbers: list[str], word: str = "numbers", size: int = 50) -> list[tuple[str, Any]]:
    return [("/contacts/match", {word: numbers[at : at + size]})
            for at in range(0, len(numbers), size)]  # fmt: skip


def test_an_honest_sync_is_answered_as_if_there_were_no_gate(laboratory: Laboratory) -> None:
    sent = pieces(BOOK, size=100)
    guarded = Caller(laboratory.front, PHONES[0], "198.51.100.1")
    alone = Caller(laboratory.behind, PHONES[0], "198.51.100.1")
    for path, body in sent:
        assert guarded.send(path, body) == alone.send(path, body)


@pytest.mark.parametrize("word", ["numbers", "hashes"])
def test_made_up_numbers_are_stopped_before_much_is_given(
    laboratory: Laboratory, word: str
) -> None:
    rng = random.Random(SEED)
    mixed = [*(str(anywhere(rng)) for _ in range(1_500)), *PHONES[100:300]]
    rng.shuffle(mixed)
    texts = [digest(one) for one in mixed] if word == "hashes" else mixed
    who = {"numbers": (PHONES[1], "198.51.100.2"), "hashes": (PHONES[2], "198.51.100.3")}[word]
    alone, _ = Caller(laboratory.behind, *who, "tool").until_stopped(pieces(texts, word))
    lost, status = Caller(laboratory.front, *who, f"tool-{word}").until_stopped(pieces(texts, word))
    assert status == 403
    assert lost <= MOST_LOST < alone


@pytest.mark.parametrize(("path", "first"), [("/users/", FIRST_USER), ("/orders/", FIRST_ORDER)])
def test_who_walks_over_records_is_stopped(laboratory: Laboratory, path: str, first: int) -> None:
    phone, ip = (PHONES[3], "198.51.100.4") if path == "/users/" else (PHONES[4], "198.51.100.5")
    walk = [(f"{path}{first + n}", None) for n in range(200)]
    lost, status = Caller(laboratory.front, phone, ip).until_stopped(walk)
    assert status == 403
    assert lost <= MOST_LOST


def test_what_a_profile_needs_not_tell_is_masked_and_noted(laboratory: Laboratory) -> None:
    person = next(people(PHONES, SEED))
    phone, nickname, name, card, where = (str(person[n]) for n in (1, 3, 4, 5, 6))
    path = f"/users/{FIRST_USER}"
    _, whole = Caller(laboratory.behind, PHONES[5], "198.51.100.6").send(path)
    status, told = Caller(laboratory.front, PHONES[5], "198.51.100.6").send(path)
    assert status == 200
    assert all(one in whole for one in (phone, card, name, where))
    assert not any(one in told for one in (phone, card, name, where))
    shown = json.loads(told)
    assert (shown["user_id"], shown["nickname"]) == (FIRST_USER, nickname)
    until = time.monotonic() + 20
    while "over_exposed" not in (log := laboratory.log.read_text("utf-8")):
        assert time.monotonic() < until  # it is written by a thread of its own
        time.sleep(0.02)
    assert not any(one in log for one in (phone, card, name, where))


def test_a_day_later_the_count_begins_anew(laboratory: Laboratory) -> None:
    limit = [(f"/users/search?phone={one}", None) for one in PHONES[200:240]]
    caller = Caller(laboratory.front, PHONES[6], "198.51.100.7")
    given, status = caller.until_stopped(limit)
    assert status == 403
    assert given <= 30
    laboratory.clock.set(START + 2 * 86_400)
    assert caller.until_stopped(limit[:20]) == (20, 200)
