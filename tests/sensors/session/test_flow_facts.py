"""Facts of flows, from stories told with the composer of the samples."""

from __future__ import annotations

import json
import random

import pytest
from samples.session_story import BEGIN
from tests.sensors.session.conftest import about

from hongxian.sensors.session.clock import Instant
from hongxian.sensors.session.flow_facts import Traffic, shown_path
from hongxian.sensors.session.model import Flow, Frame, Message
from hongxian.sensors.session.network.find import Finder
from hongxian.sensors.session.recipients import Hosts

PHONE, IMEI = "19912345670", "867530024681354"
VALUES = {"basic.phone": [PHONE], "device.imei": [IMEI]}
OWN = Hosts(own=("example-own.cn",))


def flow(url: str, at: float | None = 1.0, body: bytes | None = None, **more: object) -> Flow:
    host = url.split("/")[2].split(":", maxsplit=1)[0]
    kind = {"headers": (("Content-Type", more.pop("kind", "application/json")),)}
    request = Message(body=body, **kind) if body is not None else Message()
    moment = None if at is None else BEGIN + at
    return Flow(number=0, locator="c.har entry 0", at=moment, url=url, host=host,
                request=request, method="GET" if body is None else "POST", **more)  # fmt: skip


def traffic(story, *flows: Flow) -> tuple[Traffic, list]:
    made = Traffic(about(story), Finder(VALUES), OWN)
    facts = list(made.facts((Instant(host=one.at), one) for one in flows))
    return made, facts


def sent(facts: list) -> list:
    return [fact for fact in facts if fact.kind == "transmit"]


def test_a_value_that_is_sent_is_a_fact_with_recipient_form_and_place(story) -> None:
    body = json.dumps({"device": {"imei": IMEI}}).encode()
    _, facts = traffic(story, flow("https://ulogs.umeng.com/unify_logs/77123456", body=body))
    (fact,) = sent(facts)
    assert (fact.item, fact.info, fact.form) == ("ulogs.umeng.com", "device.imei", "clear")
    assert (fact.recipient, fact.actor) == ("umeng_analytics", "umeng_analytics")
    assert (fact.amount, fact.unit, fact.certainty) == (1.0, "request", "seen")
    assert fact.detail["path"] == "/unify_logs/…"
    assert "body device.imei" in fact.detail["places"][0]
    assert "cleartext" not in fact.detail
    assert IMEI not in str(fact)


def test_what_is_sent_again_within_a_second_is_counted(story) -> None:
    again = [flow(f"http://a.example-own.cn/x?p={PHONE}", at) for at in (1.1, 1.5, 2.2)]
    _, facts = traffic(story, *again)
    assert [fact.amount for fact in sent(facts)] == [2.0, 1.0]
    assert all(fact.detail["cleartext"] for fact in sent(facts))
    (host,) = (fact for fact in facts if fact.kind == "address")
    assert (host.item, host.recipient, host.amount) == ("a.example-own.cn", "first_party", 3.0)
    assert host.detail["cleartext"] is True


def test_what_the_server_answers_is_not_sent(story) -> None:
    answer = Message(headers=(("Content-Type", "text/plain"),), body=PHONE.encode())
    _, facts = traffic(story, flow("https://a.example-own.cn/x", response=answer, status=200))
    assert sent(facts) == []


def test_a_message_on_an_open_connection_has_its_own_moment(story) -> None:
    story.mark(0, "start")
    story.mark(60, "accept")
    frames = (Frame(at=BEGIN + 90, sent=True, data=PHONE.encode()),)
    _, facts = traffic(story, flow("wss://push.example-own.cn/s", 5.0, frames=frames))
    (fact,) = sent(facts)
    assert fact.phase == "after_consent"
    assert fact.seen_at.minute == 8


def test_flows_of_other_apps_are_passed_over(story) -> None:
    url = f"https://x.example-other.cn/?p={PHONE}"
    made, facts = traffic(story, flow(url, package="com.other"), flow(url, package=story.package))
    assert len(sent(facts)) == 1
    assert (made.flows, made.strangers) == (1, 1)


def test_content_that_nobody_can_read_is_counted_by_host_and_never_clean(story) -> None:
    noise = random.Random(7).randbytes(4096)
    kind = "application/octet-stream"
    made, facts = traffic(
        story,
        flow("https://ulogs.umeng.com/a", body=noise, kind=kind),
        flow("https://ulogs.umeng.com/b", opaque=True),
        flow("https://clear.example-own.cn/"),
    )
    assert made.hidden()["ulogs.umeng.com"] >= 1
    assert "clear.example-own.cn" not in made.hidden()
    told = next(fact for fact in facts if fact.item == "ulogs.umeng.com")
    assert told.detail["opaque"]["undecryptable"] == 1


def test_inside_an_opened_application_the_flow_is_its_own(story) -> None:
    story.mark(10, "third_party", thing="伙伴优惠")
    story.mark(20, "function", thing="torch")
    partner = f"https://mini.example-other.cn/?p={PHONE}"
    _, facts = traffic(
        story, flow(partner, 12), flow(partner, 25),
        flow(f"https://ulogs.umeng.com/?p={PHONE}", 13),
        flow(f"https://a.example-own.cn/?p={PHONE}", 14),
    )  # fmt: skip
    apps = [fact.detail.get("third_party_app") for fact in sent(facts)]
    assert apps == ["伙伴优惠", None, None, None]


def test_an_application_without_a_name_is_one_all_the_same(story) -> None:
    story.mark(10, "third_party")
    _, facts = traffic(story, flow(f"https://mini.example-other.cn/?p={PHONE}", 12))
    assert sent(facts)[0].detail["third_party_app"] == "third_party"


def test_a_cloud_is_told_beside_its_unknown_customer(story) -> None:
    url = f"https://shop-1.oss-cn-beijing.aliyuncs.com/?p={PHONE}"
    _, facts = traffic(story, flow(url))
    assert sent(facts)[0].recipient == "unknown"
    assert [fact.detail["hosted_by"] for fact in facts] == ["alibaba_cloud", "alibaba_cloud"]


def test_a_flow_without_a_time_has_no_phase(story) -> None:
    story.mark(0, "start")
    _, facts = traffic(story, flow(f"https://a.example-own.cn/?p={PHONE}", None))
    assert (sent(facts)[0].phase, sent(facts)[0].seen_at) == ("unknown", None)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (f"https://a.cn/user/{PHONE}/profile?x=1", "/user/…/profile"),
        ("https://a.cn/v1/device", "/v1/device"),
        ("https://a.cn", ""),
        ("https://[a.cn/x", ""),
        ("https://a.cn/" + "a/" * 40, "/" + "a/" * 10 + "a"),
        ("https://a.cn/张三/x.json", "/…/x.json"),
    ],
)
def test_a_path_is_shown_without_what_could_be_a_value(url: str, path: str) -> None:
    assert shown_path(url) == path
