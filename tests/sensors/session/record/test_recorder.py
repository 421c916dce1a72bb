"""One session, recorded from a phone behind a fake adb server."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sensors.session.record.fake_adb import FakeAdb
from tests.sensors.session.record.phone import APP, LOG, Phone, Tape
from tests.sensors.session.record.test_background import until

from hongxian.errors import ArtefactError
from hongxian.sensors.session.record.adb import Device, LostError
from hongxian.sensors.session.record.background import Program
from hongxian.sensors.session.record.recorder import Options, Recorder

QUIET = Options(log=False, touches=False)


def recorder_of(
    adb: FakeAdb, device: Device, options: Options = QUIET
) -> tuple[Recorder, Phone, Tape]:
    phone, tape = Phone(adb), Tape()
    return Recorder(device, APP, tape.open, options, now=phone.now), phone, tape


def test_the_bundle_tells_app_device_and_tools(adb: FakeAdb, device: Device) -> None:
    options = Options(log=False, touches=False, tools=(("hongxian", "0.1", "recorder"),))
    recorder, _, tape = recorder_of(adb, device, options)
    recorder.begin()
    app, about, tools = tape.about
    assert app == {
        "package": APP, "version": "4.1.2", "version_code": 412, "sha256": "ab" * 32,
    }  # fmt: skip
    assert about == {"model": "Lantern 5", "android": "14", "sdk": "34"}
    assert tools == [{"name": "hongxian", "version": "0.1", "role": "recorder"}]


def test_a_window_change_is_taken_once(adb: FakeAdb, device: Device) -> None:
    recorder, phone, tape = recorder_of(adb, device)
    recorder.begin()
    recorder.step()
    recorder.step()
    phone.show("Main", APP, "消息")
    phone.time += 2
    recorder.step()
    assert tape.find(" screen ") == [
        (
            "0 screen activity=com.launcher.launcher member=screen/0001.xml package=com.launcher "
            "picture=screenshot/0001.png"
        ),
        (
            f"2 screen activity={APP}.Main member=screen/0002.xml package={APP} "
            "picture=screenshot/0002.png"
        ),
    ]
    assert "消息".encode() in tape.members["screen/0002.xml"]


def test_a_touch_has_the_words_of_what_was_touched(adb: FakeAdb, device: Device) -> None:
    recorder, phone, tape = recorder_of(adb, device, Options(log=False))
    recorder.begin()
    phone.show("Prompt", APP, "隐私政策", "同意")
    recorder.step()
    phone.touch(1)
    until(lambda: tape.find(" tap "))
    assert tape.find(" tap ") == ["0 tap text=同意 x=540 y=150"]
    recorder.end()


def test_the_answer_to_a_permission_dialog_is_seen_by_the_grants(
    adb: FakeAdb, device: Device
) -> None:
    recorder, phone, tape = recorder_of(adb, device)
    recorder.begin()
    phone.show("Grant", "com.android.permissioncontroller", "拒绝")
    recorder.step()
    phone.deny()
    phone.show("Main", APP)
    recorder.step()
    assert tape.find(" dialog ") == ["0 dialog answer=denied permission=android.permission.CAMERA"]
    phone.show("Grant", "com.android.permissioncontroller", "拒绝")
    recorder.step()
    phone.camera = "true"
    phone.show("Main", APP)
    recorder.step()
    assert tape.find(" dialog ")[1].startswith("0 dialog answer=granted")


def test_what_the_log_and_programs_give_is_taken_at_the_end(
    adb: FakeAdb, device: Device, tmp_path: Path
) -> None:
    flows = tmp_path / "flows.har"
    flows.write_bytes(b"{}")
    programs = (Program("network", flows), Program("hooks", tmp_path / "x", ["/no/such"]))
    recorder, phone, tape = recorder_of(adb, device, Options(programs=programs, touches=False))
    recorder.begin()
    adb.feed(LOG, b"1795482000.000  1  2 I tag: text\n")
    recorder.step()
    phone.time += 10
    recorder.end()
    assert tape.members["logcat/01.txt"].startswith(b"1795482000")
    assert tape.members["network/flows.har"] == b"{}"
    assert tape.find(" lost ") == ["0 lost reason=ended tool=hooks"]
    assert tape.find("clock 5") == ["clock 5.500 0.000 Asia/Shanghai"]
    assert tape.lines[-1] == "closed"


def test_a_tool_that_fails_is_told_once_and_when_it_is_back(adb: FakeAdb, device: Device) -> None:
    phone, tape = Phone(adb), Tape()
    heard: list[tuple[str, str]] = []
    recorder = Recorder(
        device, APP, tape.open, QUIET, now=phone.now, told=lambda *about: heard.append(about)
    )
    recorder.begin()
    good = adb.answers["uiautomator dump /dev/tty"]
    adb.answers["uiautomator dump /dev/tty"] = b"ERROR: could not get idle state"
    recorder.capture()
    recorder.capture()
    adb.answers["uiautomator dump /dev/tty"] = good
    recorder.capture()
    assert [line.split()[1:] for line in tape.find(" tool=") + tape.find("back")] == [
        ["lost", "reason=no_dump", "tool=screen"], ["back", "tool=screen"], ["back", "tool=screen"],
    ]  # fmt: skip
    assert heard == [("screen", "no_dump")]
    assert "0 screen picture=screenshot/0001.png" in tape.lines


def test_a_device_that_is_unplugged_ends_nothing(adb: FakeAdb, device: Device) -> None:
    recorder, phone, tape = recorder_of(adb, device)
    recorder.begin()
    adb.plugged = False
    recorder.step()
    recorder.capture()
    assert recorder.border("accept") is None
    recorder.mark("accept", phone.now())
    recorder.end()
    lost = {line.split("tool=")[1] for line in tape.find("reason=unplugged")}
    assert lost == {"window", "screen", "screenshot", "package", "appops", "clock"}
    assert "0 mark name=accept" in tape.lines
    assert tape.find("clock 5.500")
    assert tape.closed == 1


def test_touches_that_nobody_may_read_are_lost(adb: FakeAdb, device: Device) -> None:
    recorder, _, tape = recorder_of(adb, device, Options(log=False))
    adb.answers["getevent -lp"] = b"could not open /dev/input: Permission denied"
    recorder.begin()
    assert tape.find(" lost ") == ["0 lost reason=no_touchscreen tool=tap"]


def test_an_old_android_has_no_epoch_in_its_log(adb: FakeAdb, device: Device) -> None:
    recorder, _, tape = recorder_of(adb, device, Options(touches=False))
    adb.answers["getprop"] = b"[ro.build.version.sdk]: [23]\n"
    adb.answers["pm path"] = b""
    old = "logcat -v threadtime -T 1"
    adb.streams[old] = []
    recorder.begin()
    adb.feed(old, b"11-24 09:00:00.250  1  2 I tag: text\n")
    recorder.end()
    assert tape.find("+ logcat") == ["+ logcat/01.txt format=threadtime"]
    assert tape.about[0]["sha256"] == ""


def test_without_device_or_app_nothing_is_recorded(adb: FakeAdb, device: Device) -> None:
    recorder, _, tape = recorder_of(adb, device)
    adb.answers["dumpsys package"] = b"Unable to find package: com.example.app\n"
    with pytest.raises(ArtefactError, match="not installed"):
        recorder.begin()
    adb.plugged = False
    with pytest.raises(LostError):
        recorder.begin()
    assert tape.lines == []


def test_answers_that_cannot_be_understood_are_kept_all_the_same(
    adb: FakeAdb, device: Device
) -> None:
    recorder, phone, tape = recorder_of(adb, device)
    recorder.begin()
    phone.screen = b"<hierarchy>"
    phone.show("Grant", "com.android.permissioncontroller")
    recorder.step()
    adb.answers["dumpsys package"] = b"garbage"
    phone.screen = b"<!DOCTYPE a [<!ENTITY b 'c'>]><hierarchy/>"
    phone.front = phone.front.replace(b"com.android.permissioncontroller", b"com.example.app")
    recorder.step()
    assert recorder.border("end") is None
    assert tape.members["package/01-end.txt"] == b"garbage"
    assert tape.members["screen/0002.xml"] == phone.screen
    assert tape.find(" dialog ") == []
