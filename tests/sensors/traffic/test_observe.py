from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.sensors.traffic import observe
from hongxian.sensors.traffic.hashed import Hashed
from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.observe import Observer, Seen
from hongxian.signals.observation import OBJECT, Identifier

PHONE, OTHER = "13800138000", "13911112222"


def seen(target: str = "/m", *, status: int = 200, answer: Any = "", **body: Any) -> Seen:
    exchange = Exchange(
        at=1.0, method="POST", target=target, status=status, principals={"account": "a"},
        request=json.dumps(body).encode() if body else b"",
        response=json.dumps(answer).encode() if answer != "" else b"",
    )  # fmt: skip
    (found,) = Observer().observe([exchange])
    return found


def test_identifiers_are_counted_inside_bodies() -> None:
    found = seen(phones=[PHONE, OTHER, PHONE])
    assert found.observation.identifiers == (
        Identifier("basic.phone", PHONE, "body"), Identifier("basic.phone", OTHER, "body")
    )  # fmt: skip
    assert found.taken == {"basic.phone": 3}
    assert found.observation.endpoint == "POST /m"


def test_identifiers_in_urls_tell_where() -> None:
    found = seen(f"/by/{PHONE}?mobile={OTHER}")
    assert {(one.value, one.where) for one in found.observation.identifiers} == {
        (PHONE, "path"), (OTHER, "query")
    }  # fmt: skip
    assert found.template == "/by/{id}"


def test_records_are_identifiers_too() -> None:
    assert seen("/orders/20991").observation.identifiers == (Identifier(OBJECT, "20991", "path"),)


def test_pi_in_answers_is_counted_once_each() -> None:
    found = seen(answer={"list": [{"phone": PHONE}, {"phone": OTHER}, {"phone": PHONE}]})
    assert found.observation.given == {"basic.phone": 2}


@pytest.mark.parametrize(("what", "hits"), [
    ({"phones": [PHONE, OTHER], "answer": [{"phone": PHONE}]}, 1),
    ({"phones": [PHONE, OTHER], "answer": {"found": [{"uid": 1}, {"uid": 2}, {"uid": 3}]}}, 2),
    ({"phones": [PHONE, OTHER], "answer": {"found": []}}, 0),
    ({"phone": PHONE, "answer": {"found": False}}, 0),
    ({"phone": PHONE, "answer": {"phone": PHONE}}, 1),
    ({"phone": PHONE, "answer": {"msg": "none"}, "status": 404}, 0),
    ({"phone": PHONE}, None), ({"answer": {"a": 1}}, None),
])  # fmt: skip
def test_the_answer_tells_how_many_it_knew(what: dict[str, Any], hits: int | None) -> None:
    assert seen(**what).observation.hits == hits


def test_an_answer_that_is_no_json_knew_nobody() -> None:
    exchange = Exchange(
        at=0.0, method="GET", target=f"/?a={PHONE}&phone={OTHER}", response=b"<html>"
    )
    (found,) = Observer().observe([exchange])
    assert found.observation.hits == 0


def test_large_bodies_are_scanned_in_smaller_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observe, "MOST_BYTES", 10)
    rows = [Exchange(at=float(n), method="GET", target=f"/?phone={PHONE}") for n in range(3)]
    rows[0].response = b"x" * 20
    found = list(Observer().observe(rows))
    assert [one.observation.at for one in found] == [0.0, 1.0, 2.0]
    assert all(one.taken for one in found)
    assert list(Observer().observe([])) == []


@given(st.lists(st.tuples(st.text(max_size=40), st.binary(max_size=60), st.binary(max_size=60)),
                max_size=6))  # fmt: skip
@settings(deadline=None, max_examples=50)
def test_any_exchange_is_observed(rows: list[tuple[str, bytes, bytes]]) -> None:
    exchanges = [
        Exchange(at=0.0, method="GET", target=target, request=sent, response=got)
        for target, sent, got in rows
    ]
    assert len(list(Observer().observe(exchanges))) == len(rows)


def test_digests_are_identifiers_where_that_is_said() -> None:
    digest = "ab" * 32
    sent = [
        Exchange(at=1.0, method="POST", target=target, status=200, principals={"account": "a"},
                 request=json.dumps({"h": digest, "phone": PHONE}).encode(), response=b"{}")
        for target in (f"/m?h={digest.upper()}", "/other")
    ]  # fmt: skip
    told, other = Observer(hashed=Hashed((("POST /m", "basic.phone"),))).observe(sent)
    assert told.observation.identifiers == (
        Identifier("basic.phone", PHONE, "body"), Identifier("basic.phone", digest, "query")
    )  # fmt: skip
    assert (told.taken, told.hashed) == ({"basic.phone": 3}, {"basic.phone": 2})
    assert (other.taken, other.hashed) == ({"basic.phone": 1}, {})
