"""An installed app as the device sees it."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from tests.sensors.session.device import dumps

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.device import package
from hongxian.sensors.session.device.package import Installed, read_package

CHINA = timezone(timedelta(hours=8))
APP = "com.example.app"


def read(text: str) -> Installed:
    unread: list[Reason] = []
    found = read_package(text.encode(), "package.txt", unread, package=APP, zone=CHINA)
    assert unread == []
    return found


def test_android_6() -> None:
    app = read(dumps.PACKAGE_6)
    assert (app.version, app.version_code, app.target_sdk, app.uid) == ("1.2.0 beta", 12, 23, 10142)
    assert (app.first_install, app.last_update) == (1795140001.0, 1795478400.0)
    assert app.updated is True
    assert app.signatures == ("69ba726", "1a2b3c")
    assert "DEBUGGABLE" in app.flags
    assert app.requested == [
        f"android.permission.{name}" for name in ("INTERNET", "CAMERA", "READ_CONTACTS")
    ]
    assert app.granted("android.permission.INTERNET") is True
    assert app.granted("android.permission.CAMERA") is False
    assert app.granted("android.permission.CAMERA", user=999) is True
    assert app.granted("android.permission.READ_SMS") is None
    camera = app.grants[1]
    assert (camera.flags, camera.decided, camera.kind, camera.user) == (
        ("USER_SET", "USER_FIXED"), True, "runtime", 0,
    )  # fmt: skip
    assert not app.grants[2].decided
    assert app.users == {0: True, 999: False}


def test_android_14() -> None:
    app = read(dumps.PACKAGE_14)
    assert (app.version, app.version_code, app.min_sdk, app.target_sdk) == ("4.1.2", 412, 24, 34)
    assert app.first_install_by_user == {0: 1795478399.0}
    assert (app.first_install, app.last_update, app.updated) == (1795478399.0, 1795478400.0, False)
    assert (app.installer, app.uid) == ("com.android.shell", 10142)
    assert app.signatures == ("f4ae824f",)
    assert "android.permission.READ_EXTERNAL_STORAGE" in app.requested
    assert len(app.requested) == 3
    [notify] = [one for one in app.grants if one.kind == "runtime"]
    assert (notify.granted, notify.flags) == (False, ("USER_SET", "USER_SENSITIVE_WHEN_DENIED"))
    assert notify.decided


def test_permissions_before_android_6_are_a_plain_list() -> None:
    text = f"Packages:\n  Package [{APP}] (1):\n    grantedPermissions:\n      a.b.C\n      ???\n"
    app = read(text)
    assert app.granted("a.b.C") is True
    assert len(app.grants) == 1


def test_the_hidden_package_of_the_system_image_is_another() -> None:
    assert read(dumps.PACKAGE_6).version != "0.1"


def test_times_need_a_zone() -> None:
    app = read_package(dumps.PACKAGE_14.encode(), "p", [])
    assert (app.first_install, app.last_update, app.updated) == (None, None, None)


def test_a_dump_without_permissions_is_told() -> None:
    unread: list[Reason] = []
    read_package(dumps.PACKAGE_6.split("requested")[0].encode() + b"\xff\xff", "p", unread)
    assert [one.word for one in unread] == ["session_device.charset", "session_device.no_grants"]


@pytest.mark.parametrize("text", ["", "Unable to find package: com.example.app", "Packages:\n"])
def test_what_is_no_dump_of_the_app_is_refused(text: str) -> None:
    with pytest.raises(ArtefactError, match="p: "):
        read_package(text.encode(), "p", [], package=APP)


def test_permissions_without_end_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_GRANTS", 5)
    unread: list[Reason] = []
    head = f"  Package [{APP}] (1):\n    requested permissions:\n" + "      a.b.C\n" * 20
    text = f"{head}    install permissions:\n" + "      a.b.C: granted=true\n" * 20
    app = read_package(text.encode(), "p", unread)
    assert (len(app.grants), len(app.requested)) == (5, 5)
    assert [one.word for one in unread] == ["session_device.many_grants"]
