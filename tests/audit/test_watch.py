from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.sensors.traffic.columns.logs import line_by_line

from hongxian.audit import watch as module
from hongxian.audit.watch import Watched, hashed_by, keep, keep_in, watch
from hongxian.audit.watch_record import record
from hongxian.facts import Store
from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.exchange.callers import Callers
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.parts import Answer, Request
from hongxian.guards.gate.exchange.settings import ExchangeSettings
from hongxian.guards.gate.policy import Allowed, EndpointRule, GatePolicy, Limit
from hongxian.sensors.traffic.columns import parts
from hongxian.sensors.traffic.openapi import Documented
from hongxian.sensors.traffic.sense import open_traffic

if TYPE_CHECKING:
    from pathlib import Path

START = 1_750_000_000
FIRST = 13_000_010_000


def row(number: int, **what: Any) -> dict[str, Any]:
    phones = [str(FIRST + 5 * number + n) for n in range(5)]
    return {
        "time": START + number, "method": "POST", "uri": "/contacts/match", "status": 200,
        "user_id": "mallory", "client_ip": "10.0.0.1", "scheme": "https",
        "request_body": {"phones": phones}, "response_body": {"found": [{"phone": phones[0]}]},
    } | what  # fmt: skip


def watched(tmp_path: Path, rows: list[dict[str, Any]], *rest: Any, **what: Any) -> Watched:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows))
    return watch(open_traffic([path]), *rest, **what)


def kinds(found: Watched) -> list[str]:
    return [one.finding.kind for one in found.incidents]


def test_enumeration_in_bodies_is_found_with_all_that_was_given(tmp_path: Path) -> None:
    found = watched(tmp_path, [row(n) for n in range(60)])
    assert kinds(found) == ["enumeration"]
    (one,) = found.incidents
    assert one.who.startswith("account:")
    assert one.given == {"basic.phone": 60}
    assert (one.size.records, found.taken.records) == (60, 60)
    assert one.requests < 60
    assert str(FIRST)[:7] not in repr(one)


def test_one_leak_under_two_findings_is_counted_once(tmp_path: Path) -> None:
    policy = GatePolicy(canaries=tuple(("basic.phone", str(FIRST + n)) for n in range(3)))
    found = watched(tmp_path, [row(n) for n in range(60)], policy)
    assert "canary" in kinds(found)
    assert found.taken.records == 60


def test_what_the_interface_gives_is_counted_by_request(tmp_path: Path) -> None:
    policy = GatePolicy(endpoints=(EndpointRule(pattern="*", needs=()),))
    rows = [row(n, user_id=None, request_body=None, scheme="http") for n in range(3)]
    found = watched(tmp_path, rows, policy)
    assert kinds(found) == ["unauthenticated", "over_exposed", "clear_http"]
    assert {one.requests for one in found.incidents} == {3}
    assert {one.size.records for one in found.incidents} == {3}
    assert found.taken.records == 0


def test_whoever_is_allowed_is_no_finding(tmp_path: Path) -> None:
    entry = Allowed(principal="account:mallory", owner="Li Lei", until=date(2999, 1, 1))
    assert kinds(watched(tmp_path, [row(n) for n in range(60)], GatePolicy(allowed=(entry,)))) == []


def test_requests_without_pi_are_not_judged(tmp_path: Path) -> None:
    found = watched(tmp_path, [row(n, request_body=None, response_body=None) for n in range(3)])
    assert kinds(found) == []
    assert found.sensed.requests == 3


def test_endpoints_are_held_against_a_document(tmp_path: Path) -> None:
    documented = [Documented("POST", "/contacts/match", deprecated=True),
                  Documented("GET", "/never", deprecated=False)]  # fmt: skip
    found = watched(tmp_path, [row(0), row(1, uri="/debug")], None, documented)
    assert kinds(found) == ["zombie", "shadow"]
    assert [one.name for one in found.uncalled] == ["GET /never"]


def test_findings_are_bounded_and_the_rest_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_FINDINGS", 1)
    rows = [row(n, user_id=None, uri=f"/e{chr(97 + n)}", request_body=None) for n in range(3)]
    found = watched(tmp_path, rows)
    assert (len(found.incidents), found.dropped) == (1, 2)


def test_what_is_usual_is_learned_when_asked(tmp_path: Path) -> None:
    assert "POST /contacts/match" in watched(tmp_path, [row(0)], learn=True).learned
    assert watched(tmp_path, [row(0)]).learned == {}


def test_facts_signals_and_coverage_are_kept(tmp_path: Path) -> None:
    found = watched(tmp_path, [row(n) for n in range(60)])
    store = Store()
    keep(store, found)
    rows = store.rows("select kind, item, outcome, amount, detail from main.facts order by kind")
    assert [one["kind"] for one in rows] == ["expose", "provide", "signal"]
    assert (rows[2]["item"], rows[2]["outcome"], rows[2]["amount"]) == (
        "enumeration",
        "block",
        60.0,
    )
    assert "PIPL 57" in rows[2]["detail"]
    assert store.rows("select status from main.coverage") == [{"status": "ran"}]
    assert store.rows("select status from main.runs") == [{"status": "ran"}]
    assert str(FIRST)[:7] not in json.dumps(rows, default=str)
    store.close()


def test_a_log_that_was_read_in_part_is_kept_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row(0)) + "\noops\n")
    store = Store()
    keep(store, watch(open_traffic([path])))
    assert store.rows("select status from main.runs") == [{"status": "partial"}]
    store.close()


def test_what_is_kept_again_takes_the_place_of_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    few, many = (watched(tmp_path, [row(n) for n in range(most)]) for most in (20, 60))
    run = keep_in(path, few)
    many.sensed.subject, many.sensed.artefact = few.sensed.subject, few.sensed.artefact
    assert keep_in(path, many, run) != run
    store = Store(path)
    found = store.rows("select kind, amount from main.facts where kind = 'expose'")
    assert found == [{"kind": "expose", "amount": 60.0}]
    assert store.rows("select count(*) as n from main.runs") == [{"n": 1}]
    store.close()


def digested(number: int, name: str = "md5", **what: Any) -> dict[str, Any]:
    phones = [str(FIRST + 977 * (5 * number + n)) for n in range(5)]
    sent = [hashlib.new(name, one.encode()).hexdigest() for one in phones]
    body = json.dumps({"hashes": sent})
    return row(number, request_body=body, response_body=json.dumps({"found": [1]})) | what


MATCHED = GatePolicy(endpoints=(EndpointRule(
    pattern="POST /contacts/*", hashed="basic.phone",
    limits={"basic.phone": Limit(distinct=200, action="block")},
),))  # fmt: skip


def test_numbers_that_are_sent_hashed_are_counted_where_the_policy_says_so(tmp_path: Path) -> None:
    rows = [digested(n, name) for n, name in enumerate(["md5", "sha1", "sha256"] * 20)]
    found = watched(tmp_path, rows, MATCHED)
    assert "limit" in kinds(found)
    assert "limit" not in kinds(watched(tmp_path, rows))
    (endpoint,) = found.sensed.inventory.endpoints.values()
    assert (endpoint.taken["basic.phone"].values, endpoint.taken["basic.phone"].hashed) == (
        300,
        300,
    )
    store = Store()
    keep(store, found)
    signals = store.rows("select item, form, info from main.facts where kind = 'signal'")
    assert {"item": "limit", "form": "hashed", "info": "basic.phone"} in signals
    store.close()


def test_clear_numbers_beside_digests_are_told_as_they_are(tmp_path: Path) -> None:
    rows = [digested(n) for n in range(60)] + [row(99)]
    found = watched(tmp_path, rows, MATCHED)
    store = Store()
    keep(store, found)
    assert store.rows("select distinct form from main.facts where kind = 'signal'") == [
        {"form": None}
    ]
    store.close()


def test_hashed_numbers_end_as_the_live_gate_would_have_it(tmp_path: Path) -> None:
    rows = [digested(n) for n in range(80)]
    found = watched(tmp_path, rows, MATCHED)
    gate = Gate(MATCHED, b"x")
    judge = Judge(ExchangeSettings(callers=Callers({"account": ["header:x-user"]})), gate)
    told: dict[str, int] = {}
    for one in rows:
        ruling = judge.ask(Request(
            method="POST", target=one["uri"], headers=[(b"x-user", b"mallory")], peer="10.0.0.1",
            body=one["request_body"].encode(), secure=True, at=float(one["time"]),
        ))  # fmt: skip
        ruling = judge.answer(ruling, Answer(
            status=200, headers=[(b"content-type", b"application/json")],
            body=one["response_body"].encode(),
        ))  # fmt: skip
        for finding in ruling.decision.findings:
            told[finding.kind] = told.get(finding.kind, 0) + 1
    assert told == {one.finding.kind: one.requests for one in found.incidents}
    assert told["limit"] == 80  # the account's and the address's


@pytest.mark.parametrize("jobs", [1, 2])
def test_digests_in_lines_that_are_cut_are_counted_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr("secrets.token_bytes", bytes)
    monkeypatch.setattr(parts, "PART", 20_000)
    rows = [digested(n, user_id=f"u{n % 3}") for n in range(300)]
    rows[150]["request_body"] = json.loads(rows[150]["request_body"])  # a line that is not cut
    whole = watched(tmp_path, rows, MATCHED, jobs=jobs)
    line_by_line(monkeypatch)
    one = watched(tmp_path, rows, MATCHED)
    assert record(whole, "en") == record(one, "en")
    assert record(one, "en")["endpoints"][0]["pi_hashed"] == {"basic.phone": 1_500}
    assert hashed_by(GatePolicy()).rules == ()
