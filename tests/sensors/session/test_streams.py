import json

from samples.session_story import entry
from tests.sensors.session.conftest import about

from hongxian.sensors.session.recipients import Hosts
from hongxian.sensors.session.streams import NAMED, Streams, stream_facts

PHONE = "19912345670"
IMEI = "android.telephony.TelephonyManager.getDeviceId"


def told(story) -> tuple[list, Streams, dict]:
    made, streams = about(story), Streams()
    return list(stream_facts(made, streams)), streams, made.recording.unread


def test_calls_of_all_logs_become_facts_and_are_counted(story) -> None:
    story.mark(0, "start")
    story.mark(10, "accept")
    story.tap(10, "同意")
    story.call(5, IMEI, ["com.umeng.commonsdk.UMConfigure.init"])
    story.call(15, IMEI, ["cn.example.app.Main.onCreate"])
    facts, streams, _ = told(story)
    assert streams.calls == 2
    assert [(f.info, f.actor, f.phase) for f in facts] == [
        ("device.imei", "umeng_analytics", "before_prompt"),
        ("device.imei", "first_party", "after_consent"),
    ]
    assert facts[0].locator == "hooks/calls.jsonl line 1"


def test_a_log_of_unknown_form_is_noted(story) -> None:
    story.writer.member("hooks", "x.log", b"\x01\x02 nothing that anybody knows")
    facts, streams, unread = told(story)
    assert (facts, streams.calls) == ([], 0)
    assert unread["hooks"]


def test_times_of_the_hosts_clock_stay_as_they_are(story) -> None:
    story.mark(0, "start")
    line = b'{"at": 1795000001000, "api": "%s", "stack": []}\n' % IMEI.encode()
    story.writer.member("hooks", "h.jsonl", line, clock="host")
    facts, _, _ = told(story)
    assert facts[0].seen_at.isoformat() == "2026-11-18T11:06:41"


def test_flows_of_all_captures_become_facts_and_are_counted(story) -> None:
    story.values["basic.phone"] = [PHONE]
    story.writer.close()
    story.__post_init__()
    story.send(1, "GET", f"https://a.example-own.cn/?p={PHONE}")
    story.send(2, "GET", f"https://b.example-other.cn/?p={PHONE}")
    made, streams = about(story), Streams(Hosts(own=("example-own.cn",)))
    facts = list(stream_facts(made, streams))
    assert streams.flows == 2
    assert streams.limits == []
    assert [(f.kind, f.recipient) for f in facts] == [
        ("transmit", "first_party"), ("transmit", "unknown"),
        ("address", "first_party"), ("address", "unknown"),
    ]  # fmt: skip
    assert facts[0].locator == "network/capture.har entry 0"


def test_a_capture_without_a_flow_of_the_app_says_so(story) -> None:
    log = {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": []}}
    story.writer.member("network", "c.har", json.dumps(log).encode(), clock="host")
    facts, streams, _ = told(story)
    assert facts == []
    assert [one.word for one in streams.limits] == ["session.no_flows"]


def test_hosts_with_hidden_content_are_named_up_to_a_few(story) -> None:
    rows = [
        entry(1795000000.0, "POST", f"https://h{n}.example.cn/", "", {}) for n in range(NAMED + 2)
    ]
    for row in rows:
        row["request"]["bodySize"] = 4096
    log = {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": rows}}
    story.writer.member("network", "c.har", json.dumps(log).encode(), clock="host")
    _, streams, _ = told(story)
    (limit,) = streams.limits
    assert limit.word == "session.opaque"
    assert limit.values["hosts"].count(",") == NAMED
    assert limit.values["hosts"].endswith("…")
