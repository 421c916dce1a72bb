"""Uses of app operations, in the forms of Android 8 to 15."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from tests.sensors.session.device import dumps

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.device import appops
from hongxian.sensors.session.device.appops import OpUse, read_appops

CHINA = timezone(timedelta(hours=8))
TAKEN = 1795482000.0
"""2026-11-24 09:00 in China."""


def read(text: str, package: str = "com.example.app") -> list[OpUse]:
    unread: list[Reason] = []
    found = read_appops(
        text.encode(), "appops.txt", unread, package=package, taken_at=TAKEN, zone=CHINA
    )
    assert unread == []
    return found


def of(uses: list[OpUse], op: str, kind: str) -> list[OpUse]:
    return [use for use in uses if (use.op, use.kind) == (op, kind)]


def test_android_8_tells_age_and_mode_by_number() -> None:
    uses = read(dumps.APPOPS_8)
    [location] = of(uses, "FINE_LOCATION", "access")
    assert (location.mode, location.age, location.duration) == ("allow", 3723.004, 27.0)
    assert location.at == pytest.approx(TAKEN - 3723.004)
    assert (location.state, location.unseen, location.uid) == (None, None, 10142)
    assert location.locator == "appops.txt line 12"
    [refused] = of(uses, "READ_CONTACTS", "reject")
    assert (refused.mode, refused.age, refused.info) == ("ignore", 5.25, ("contact.address_book",))
    assert of(uses, "RECORD_AUDIO", "access")[0].running
    assert of(uses, "WAKE_LOCK", "mode")[0].mode == "default"
    assert of(uses, "RUN_IN_BACKGROUND", "mode")[0].uid_mode == "ignore"


def test_android_9_tells_the_state_of_each_last_use() -> None:
    uses = read(dumps.APPOPS_9)
    top, background = of(uses, "CAMERA", "access")
    assert (top.state, top.unseen, top.at) == ("top", False, TAKEN - 60 + 0.123)
    assert (background.state, background.unseen) == ("background", True)
    [refused] = of(uses, "CAMERA", "reject")
    assert (refused.state, refused.age) == ("cached", pytest.approx(86460.127))
    [monitor] = of(uses, "MONITOR_LOCATION", "access")
    assert (monitor.running, monitor.state) == (True, "persistent")
    assert of(uses, "GET_USAGE_STATS", "reject")[0].permission == (
        "android.permission.PACKAGE_USAGE_STATS"
    )


def test_android_11_tells_attribution_proxy_and_user() -> None:
    uses = read(dumps.APPOPS_11)
    first, trusted, through = of(uses, "READ_CONTACTS", "access")
    assert (first.state, first.flags, first.attribution) == ("foreground_service", "s", None)
    assert trusted.flags == "tp"
    assert (through.attribution, through.proxy) == (
        "com.example.ads",
        "com.android.providers.contacts",
    )
    assert (through.duration, through.unseen) == (2.005, True)
    assert (through.uid, through.user) == (1010142, 10)
    [clip] = of(uses, "READ_CLIPBOARD", "access")
    assert (clip.info, clip.permission, clip.at) == (("device.clipboard",), None, TAKEN - 60)
    [refused] = of(uses, "READ_CLIPBOARD", "reject")
    assert (refused.state, refused.at) == ("background", TAKEN - 120)
    [running] = of(uses, "RECORD_AUDIO", "access")
    assert (running.running, running.at, running.attribution) == (True, TAKEN - 3, "rec")


def test_the_mode_of_the_uid_stands_beside_that_of_the_package() -> None:
    uses = read(dumps.APPOPS_11)
    assert {use.op: use.uid_mode for use in uses if use.uid_mode} == {
        "COARSE_LOCATION": "foreground",
        "READ_PHONE_STATE": "ignore",
    }
    assert {use.package for use in uses} == {"com.example.app"}


def test_all_packages_are_told_apart() -> None:
    assert {use.package for use in read(dumps.APPOPS_11, "")} == {"android", "com.example.app"}


def test_appops_get_names_no_package() -> None:
    uses = read(dumps.APPOPS_GET)
    assert {use.package for use in uses} == {"com.example.app"}
    [location] = of(uses, "FINE_LOCATION", "access")
    assert (location.at, location.duration) == (pytest.approx(TAKEN - 25.067), 2.0)
    assert of(uses, "RECORD_AUDIO", "access")[0].running
    assert of(uses, "READ_CONTACTS", "reject")[0].age == 60
    assert of(uses, "COARSE_LOCATION", "mode")[0].uid_mode == "foreground"
    assert of(uses, "READ_PHONE_STATE", "mode")[0].mode == "default"


def test_an_app_that_did_nothing_is_no_error() -> None:
    assert read("No operations.\n") == []


def test_without_a_moment_there_is_only_the_age() -> None:
    uses = read_appops(dumps.APPOPS_GET.encode(), "a", [], package="p")
    assert {use.at for use in uses} == {None}
    assert {use.age for use in uses} >= {25.067, 60.0}


def test_uses_in_an_unknown_form_are_counted() -> None:
    unread: list[Reason] = []
    text = dumps.APPOPS_11 + "          Access: <new form>\n"
    read_appops(text.encode(), "appops.txt", unread)
    assert [(one.word, one.values["count"]) for one in unread] == [("session_device.odd_ops", 1)]


def test_a_cut_dump_gives_what_stands_before_the_cut() -> None:
    cut = dumps.APPOPS_11[: dumps.APPOPS_11.index("Reject:")]
    assert of(read(cut), "READ_CLIPBOARD", "access")


@pytest.mark.parametrize("text", ["", "Permission Denial: can't dump AppOps", "hello\nworld\n"])
def test_what_is_no_dump_is_refused(text: str) -> None:
    with pytest.raises(ArtefactError, match="a: "):
        read_appops(text.encode(), "a", [])


def test_records_without_end_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appops, "MOST_USES", 10)
    unread: list[Reason] = []
    text = "Uid 1:\nPackage p:\n" + "CAMERA: mode=0; time=+1s ago\n" * 50 + "\xff"
    assert len(read_appops(text.encode("latin-1"), "a", unread)) <= 12
    assert {one.word for one in unread} == {"session_device.many_ops", "session_device.charset"}


def test_lines_without_end_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appops, "MOST_LINES", 3)
    unread: list[Reason] = []
    [use] = read_appops(b"CAMERA: allow\n" + b"\n" * 9, "a", unread, package="p")
    assert use.op == "CAMERA"
    assert [one.word for one in unread] == ["session_device.many_ops"]


def test_odd_lines_between_uses_do_no_harm() -> None:
    text = "Uid u0i3:\nPackage p:\nRunning start at: +1s\nCAMERA (allow):\nduration=+5ms\nzzz=zz\n"
    [use] = read(text, "")
    assert (use.kind, use.uid) == ("mode", 99003)
