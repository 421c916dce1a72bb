from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from hongxian.audit import watch as module
from hongxian.audit.watch import Watched, keep, keep_in, watch
from hongxian.facts import Store
from hongxian.guards.gate.policy import Allowed, EndpointRule, GatePolicy
from hongxian.sensors.traffic.openapi import Documented
from hongxian.sensors.traffic.sense import open_traffic

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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
