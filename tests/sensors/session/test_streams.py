from tests.sensors.session.conftest import about

from hongxian.sensors.session.streams import Streams, stream_facts

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
