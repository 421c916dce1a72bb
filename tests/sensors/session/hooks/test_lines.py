from __future__ import annotations

import json

import pytest
from tests.sensors.session.hooks.logs import FRIDA_STACK, calls_of, event, lines, words_of

from hongxian.errors import ArtefactError
from hongxian.sensors.session.hooks import lines as module

SENT = {
    "type": "send",
    "payload": {
        "type": "notice", "time": "2025-11-28 9:0:0", "action": "获取电话相关信息",
        "messages": "获取IMEI", "arg": "无参数", "stacks": FRIDA_STACK,
    },
}  # fmt: skip
MONITORED = {
    "name": "Device Info", "class": "android.telephony.TelephonyManager",
    "method": "getSubscriberId", "arguments": [], "result": "460001234567890",
    "calledFrom": "com.demo.app.Main.onCreate(Main.java:3)", "returnValue": "460001234567890",
}  # fmt: skip


def test_a_call_of_ours_keeps_what_it_says() -> None:
    (call,), unread = calls_of(lines(event()))
    assert call.at == 1_767_000_000.123
    assert call.api == "android.telephony.TelephonyManager.getDeviceId"
    assert call.info == ("device.imei",)
    assert call.stack == ("android.telephony.TelephonyManager.getDeviceId", "com.demo.app.A.b")
    assert (call.thread, call.process, call.outcome) == ("main", "com.demo.app", "granted")
    assert call.locator == "log line 1"
    assert not unread


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({"permission": ["android.permission.CAMERA", "x.permission.Y"]}, "permission",
         "android.permission.CAMERA,x.permission.Y"),
        ({"permission": "android.permission.CAMERA; 13800138000"}, "permission",
         "android.permission.CAMERA"),
        ({"api": "android.provider.Settings$Secure.getString", "args": ["android_id"]}, "info",
         ("device.android_id",)),
        ({"api": "android.provider.Settings$Secure.getString"}, "info", ()),
        ({"outcome": "perhaps"}, "outcome", None),
        ({"outcome": ["granted"]}, "outcome", None),
        ({"at": True}, "at", None),
        ({"at": "soon"}, "at", None),
        ({"at": -5}, "at", None),
        ({"args": {"a": 1}}, "info", ("device.imei",)),
        ({"thread": 5}, "thread", None),
        ({"stack": "at com.demo.app.A.b(A.java:1)"}, "stack", ("com.demo.app.A.b",)),
        ({"stack": ["com.demo.app.A.b", 5, "[x]"]}, "stack", ("com.demo.app.A.b",)),
        ({"stack": None}, "stack", ()),
    ],
)  # fmt: skip
def test_odd_fields_are_taken_as_far_as_they_make_sense(changes, field, expected) -> None:
    (call,), _ = calls_of(lines(event(**changes)))
    assert getattr(call, field) == expected


def test_broken_lines_are_counted_and_passed_over() -> None:
    data = lines('{"at": 1, "api":', event(), "no line", event(api="a b"), "[]", "", event())
    calls, (reason,) = calls_of(data)
    assert len(calls) == 2
    assert reason.values["count"] == 4
    assert reason.where == "log line 1"
    assert "4" in reason.say("zh")


def test_a_line_without_end_is_passed_over() -> None:
    data = lines(event(), event(thread="x" * 200_000), event())
    calls, unread = calls_of(data)
    assert len(calls) == 2
    assert words_of(unread) == ["lines"]


def test_the_same_stack_is_read_once(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_STACKS", 2)
    stacks = [[f"com.demo.app.C{number % 5}.d"] for number in range(20)]
    calls, _ = calls_of(lines(*(event(stack=stack) for stack in stacks)))
    assert [list(call.stack) for call in calls] == stacks


def test_brackets_inside_a_stack_do_no_harm() -> None:
    (call,), _ = calls_of(lines(event(stack=["com.demo.A.b(x[1])", "com.demo.app.A.b"])))
    assert call.stack[-1] == "com.demo.app.A.b"


def test_what_frida_prints_is_unwrapped() -> None:
    printed = f"message: {{'type': 'send', 'payload': {event()!r}}} data: None"
    calls, unread = calls_of(lines("[*] attached", printed, json.dumps({"payload": event()})))
    assert [call.api for call in calls] == ["android.telephony.TelephonyManager.getDeviceId"] * 2
    assert words_of(unread) == ["lines"]


@pytest.mark.parametrize(
    "wrapped",
    [
        SENT,
        {
            "type": "method_result",
            "data": {"type": "method_result", "message": SENT, "payload": None},
        },
        {"type": "method_result", "data": json.dumps(SENT)},
    ],
)
def test_what_camille_and_appscan_send_is_read(wrapped) -> None:
    (call,), unread = calls_of(lines(wrapped))
    assert call.info == ("device.imei",)
    assert call.at == 1_766_912_400.0  # 28 December 2025, 9 o'clock
    assert call.stack[1].startswith("com.umeng")
    assert not unread


def test_lines_of_mobsfs_monitor() -> None:
    text = json.dumps(MONITORED)
    calls, unread = calls_of(lines(f"{text},", f"MobSF-API-Monitor: {text},"))
    assert [call.info for call in calls] == [("device.imsi",)] * 2
    assert calls[0].stack == ("com.demo.app.Main.onCreate",)
    assert calls[0].outcome == "granted"
    assert words_of(unread) == ["shallow", "untimed"]


def test_lines_of_droidmon() -> None:
    seen = {"class": "android.os.SystemProperties", "method": "get", "args": '["ro.serialno"]',
            "timestamp": 1_767_000_000_123, "return": ""}  # fmt: skip
    head = "01-05 08:00:00.000 I/Xposed: Droidmon-apimonitor-com.demo.app:"
    calls, unread = calls_of(lines("--------- beginning", head + json.dumps(seen), head + "{"))
    assert [call.info for call in calls] == [("device.serial",)]
    assert calls[0].at == 1_767_000_000.123
    assert words_of(unread) == ["lines", "stackless"]


@pytest.mark.parametrize("arguments", ["[", "{}", '"text"', 5, None])
def test_arguments_of_any_kind_are_borne(arguments) -> None:
    seen = {"class": "android.os.SystemProperties", "method": "get", "args": arguments}
    (call,), _ = calls_of(lines(seen))
    assert call.info == ()


@pytest.mark.parametrize(
    ("hooks", "word"),
    [
        ({"made": 3, "failed": ["a.B.c", "d.E.f"]}, "not_hooked"),
        ({"made": 0, "java": False}, "nothing_hooked"),
        ({"made": 0, "java": True, "failed": []}, "nothing_hooked"),
    ],
)
def test_what_the_script_could_not_hook_is_said(hooks, word) -> None:
    calls, (reason,) = calls_of(lines({"hooks": hooks}))
    assert not calls
    assert words_of([reason]) == [word]
    assert "{" not in reason.say("zh") + reason.say("en")


def test_a_log_of_a_quiet_app_is_no_fault() -> None:
    assert calls_of(lines({"hooks": {"made": 300, "failed": []}}, {"hooks": "x"})) == ([], [])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n \n",
        b"hello\nworld\n",
        b'{"a": 1}\n',
        b'"text"',
        b"12\n",
        b'{"class": "a b", "method": "c"}',
        b'{"class": 1, "method": "c"}',
        b"message: {'a': " + b"(" * 500 + b"} data: \n",
    ],
)
def test_what_is_no_log_is_refused(data) -> None:
    with pytest.raises(ArtefactError, match=r"^log: "):
        calls_of(data)


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_other_charsets_are_read(charset) -> None:
    calls, unread = calls_of(lines(event(), event()).decode().encode(charset))
    assert len(calls) == 2
    assert not unread
