from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.sensors.session.model import Flow, Message
from hongxian.sensors.traffic.egress import MOST_ENDPOINTS, Egress, flow_of
from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.sense import open_traffic

DIGEST = "0cc175b9c0f1b6a831c399e269772661"
MATCH = {"time": 1_750_000_000, "method": "POST", "url": "https://api.weibo.com/v2/match",
         "request_body": {"phone": "13800138000", "oaid_md5": DIGEST}}  # fmt: skip
CALLBACK = {"time": 1_750_000_005, "method": "GET",
            "url": "http://partner.example.cn/cb?mobile=13900139000"}  # fmt: skip
SILENT = {"time": 1_750_000_006, "method": "POST", "url": "https://log.umeng.com/x"}


def egress(tmp_path: Path, *rows: dict[str, Any], hosts: dict[str, str] | None = None) -> Egress:
    path = tmp_path / "out.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows))
    made = Egress(open_traffic([path], "app:shop@1"), b"secret", hosts or {})
    made.read()
    return made


def test_what_is_sent_to_whom_is_told_by_type_and_form(tmp_path: Path) -> None:
    found = egress(tmp_path, MATCH, MATCH, CALLBACK)
    told = {(one.host, one.info, one.form): one for one in found.rows()}
    phone = told["api.weibo.com", "basic.phone", "clear"]
    assert (phone.requests, len(phone.values), phone.clear, phone.sure) == (2, 1, 0, True)
    assert phone.recipient == "weibo"
    assert list(phone.endpoints) == ["POST /v2/match"]
    hashed = told["api.weibo.com", "device.oaid", "hashed"]
    assert not hashed.sure
    other = told["partner.example.cn", "basic.phone", "clear"]
    assert (other.recipient, other.clear, other.locator) == ("unknown", 1, "out.jsonl:3")


def test_facts_name_the_recipient_and_hold_no_value(tmp_path: Path) -> None:
    facts = egress(tmp_path, MATCH, CALLBACK).facts()
    assert {one.kind for one in facts} == {"provide"}
    told = {(one.item, one.form): one for one in facts}
    sure = told["api.weibo.com", "clear"]
    assert sure.certainty == "seen"
    assert (sure.actor, sure.unit, sure.amount) == ("first_party", "value", 1.0)
    assert told["api.weibo.com", "hashed"].certainty == "inferred"
    assert told["partner.example.cn", "clear"].detail["without_tls"] == 1
    assert "13800138000" not in repr(facts)
    assert DIGEST not in repr(facts)


def test_whose_a_host_is_the_user_says(tmp_path: Path) -> None:
    hosts = {"example.cn": "first_party", "weibo.com": "Some Partner Ltd"}
    found = egress(tmp_path, CALLBACK, MATCH, hosts=hosts).rows()
    assert [one.recipient for one in found] == ["named:Some Partner Ltd"] * 2 + ["first_party"]


@pytest.mark.parametrize(("row", "status"), [
    (MATCH, "ran"),
    (SILENT, "partial"),
    ({"time": 1, "method": "CONNECT", "uri": "ads.example.cn:443", "host": ""}, "partial"),
])  # fmt: skip
def test_what_nobody_could_read_does_not_pass_for_clean(
    tmp_path: Path, row: dict[str, Any], status: str
) -> None:
    told = egress(tmp_path, row).coverage()
    assert (told.scope, told.status) == ("traffic.egress", status)


def test_hosts_that_were_not_read_in_full_are_named(tmp_path: Path) -> None:
    found = egress(tmp_path, SILENT, SILENT, MATCH)
    (reason,) = found.reasons()
    assert reason.say("en").startswith("2 requests sent out")
    assert reason.say("en").endswith("(log.umeng.com)")


def test_nothing_read_is_nothing_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "empty.log"
    path.write_text("nothing\n")
    found = Egress(open_traffic([path]), b"secret")
    found.read()
    assert found.coverage().status == "not_run"
    assert found.facts() == []


def test_a_capture_shows_headers_and_what_is_encrypted(tmp_path: Path) -> None:
    request = {"method": "GET", "url": "https://api.weibo.com/a",
               "headers": [{"name": "X-IMEI", "value": "490154203237518"}]}  # fmt: skip
    entry = {"startedDateTime": "2026-01-01T00:00:00Z", "request": request, "response": {}}
    path = tmp_path / "out.har"
    path.write_text(json.dumps({"log": {"entries": [entry]}}))
    found = Egress(open_traffic([path]), b"secret")
    found.read()
    found.add(Flow(number=1, locator="x", at=None, url="https://b.cn/", host="b.cn", opaque=True))
    assert [(one.info, one.first > 0) for one in found.rows()] == [("device.imei", True)]
    assert found.opaque == {"api.weibo.com": 0, "b.cn": 1}


def test_endpoints_are_told_up_to_a_bound(tmp_path: Path) -> None:
    rows = [
        CALLBACK | {"url": CALLBACK["url"].replace("/cb", f"/{chr(97 + n)}")} for n in range(20)
    ]
    (one,) = egress(tmp_path, *rows).rows()
    assert len(one.endpoints) == MOST_ENDPOINTS
    assert one.requests == 20


def test_many_different_values_are_counted_in_little_memory() -> None:
    found = Egress(open_traffic([__file__]), b"secret")
    tracemalloc.start()
    for number in range(20_000):
        found.add(flow_of(Exchange(
            at=1.0, method="POST", target="/m", host="a.cn",
            request=b'{"phone":"%d"}' % (13_000_000_000 + number),
        )))  # fmt: skip
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    (one,) = found.rows()
    assert len(one.values) == pytest.approx(20_000, rel=0.05)
    assert held < 40 << 20


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=60), st.sampled_from(["GET", "POST", "CONNECT"]))
def test_no_request_is_too_odd(body: bytes, target: str, method: str) -> None:
    found = Egress(open_traffic([__file__]), b"secret")
    found.add(flow_of(Exchange(at=0, method=method, target=target, host="a.cn", request=body)))
    assert found.requests == {"a.cn": 1} or method == "CONNECT"
    assert len(found.facts()) == len(found.rows())


def test_a_body_that_is_there_is_no_gap() -> None:
    one = flow_of(
        Exchange(at=0, method="POST", target="/m", host="a.cn", request=b"x", secure=False)
    )
    assert one.request == Message(body=b"x")
    assert one.url == "http://a.cn/m"
