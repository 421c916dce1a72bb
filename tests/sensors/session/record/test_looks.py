"""What a device is asked, and what is made of its answers."""

from __future__ import annotations

import pytest
from tests.sensors.session.record.fake_adb import FakeAdb

from hongxian.errors import HongxianError
from hongxian.sensors.session.record.adb import Device, LostError
from hongxian.sensors.session.record.looks import Front, Looks

APP = "com.example.app"
PROPERTIES = b"""\
[persist.sys.timezone]: [Asia/Shanghai]
[ro.build.version.release]: [14]
[ro.build.version.sdk]: [34]
[ro.product.model]: [Lantern 5]\r
"""


@pytest.mark.parametrize("name", ["a; rm -rf /", "app", "", "com.example.app && x", "com..x"])
def test_only_a_package_name_becomes_part_of_a_command(device: Device, name: str) -> None:
    with pytest.raises(HongxianError, match="package name"):
        Looks(device, name)


def test_the_device_tells_what_it_is(adb: FakeAdb, device: Device) -> None:
    looks = Looks(device, APP)
    adb.answers["getprop"] = PROPERTIES
    assert looks.about() == {
        "model": "Lantern 5", "android": "14", "sdk": "34", "zone": "Asia/Shanghai",
    }  # fmt: skip
    assert looks.sdk == 34
    adb.answers["getprop"] = b""
    assert (looks.about(), looks.sdk) == ({}, 0)


def test_app_operations_of_one_app_where_android_parts_them(adb: FakeAdb, device: Device) -> None:
    looks = Looks(device, APP)
    adb.answers["dumpsys"] = b"something\n"
    looks.appops_dump()
    adb.answers["dumpsys appops --package"] = b"Unknown option: --package\n"
    looks.appops_dump()
    looks.package_dump()
    assert adb.asked == [
        f"dumpsys appops --package {APP}", f"dumpsys appops --package {APP}", "dumpsys appops",
        f"dumpsys package {APP}",
    ]  # fmt: skip
    adb.answers["dumpsys"] = b"\n"
    with pytest.raises(LostError, match="no_dump"):
        looks.package_dump()


def test_the_sha256_of_the_installed_apk(adb: FakeAdb, device: Device) -> None:
    looks = Looks(device, APP)
    assert looks.apk() == ""
    adb.answers["pm path"] = b"package:/data/app/~~aB-_==/com.example.app-1/base.apk\n"
    assert looks.apk() == ""
    adb.answers["sha256sum"] = b"ab" * 32 + b"  /data/app/base.apk\n"
    assert looks.apk() == "ab" * 32


def test_a_screen_is_dumped_to_a_file_where_it_must(adb: FakeAdb, device: Device) -> None:
    looks = Looks(device, APP)
    adb.answers["uiautomator dump /dev/tty"] = b"<hierarchy/>UI hierchary dumped to: /dev/tty"
    assert looks.screen().startswith(b"<hierarchy/>")
    adb.answers["uiautomator dump /dev/tty"] = b"Killed"
    adb.answers["uiautomator dump /data"] = b"<hierarchy rotation='0'/>"
    assert looks.screen() == b"<hierarchy rotation='0'/>"
    adb.answers["uiautomator dump /data"] = b"ERROR: null root node"
    with pytest.raises(LostError, match="no_dump"):
        looks.screen()


def test_a_window_may_forbid_pictures(adb: FakeAdb, device: Device) -> None:
    looks = Looks(device, APP)
    adb.answers["screencap"] = b"\x89PNG..."
    assert looks.screenshot() == b"\x89PNG..."
    adb.answers["screencap"] = b""
    with pytest.raises(LostError, match="no_picture"):
        looks.screenshot()


@pytest.mark.parametrize(
    ("line", "front"),
    [
        (b"  mCurrentFocus=Window{85a52f2 u0 com.example.app/com.example.app.Main}\n",
         Front("85a52f2", "com.example.app", "com.example.app.Main")),
        (b"mCurrentFocus=Window{1 u0 StatusBar}", Front("1", "StatusBar", None)),
        (b"mCurrentFocus=null\n", None),
    ],
)  # fmt: skip
def test_the_window_in_front(
    adb: FakeAdb, device: Device, line: bytes, front: Front | None
) -> None:
    adb.answers["dumpsys window"] = line
    assert Looks(device, APP).front() == front


def test_the_size_is_the_one_that_is_shown(adb: FakeAdb, device: Device) -> None:
    looks = Looks(device, APP)
    assert looks.size() is None
    adb.answers["wm size"] = b"Physical size: 1440x3200\nOverride size: 1080x2400\n"
    assert looks.size() == (1080, 2400)


def test_what_the_recorder_does_on_the_device(adb: FakeAdb, device: Device) -> None:
    looks = Looks(device, APP)
    looks.clear()
    looks.launch()
    looks.home()
    looks.stop()
    assert [one.split()[0] for one in adb.asked] == ["pm", "monkey", "input", "am"]
    assert all(APP in one for one in adb.asked if not one.startswith("input"))
