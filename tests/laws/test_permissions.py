from __future__ import annotations

import pytest

from hongxian.info.source import CONFIDENCES, read
from hongxian.info.types import load_types
from hongxian.laws.permissions import (
    LEVELS,
    Permission,
    load_android,
    load_harmony,
    load_ios,
    load_permission_groups,
)

ALL = {"android": load_android, "harmony": load_harmony, "ios": load_ios}


@pytest.mark.parametrize("platform", ALL)
def test_every_permission_stands_once_and_reaches_known_types(platform: str) -> None:
    permissions: dict[str, Permission] = ALL[platform]()
    assert len(permissions) == len(read("hongxian.laws", platform)["permission"])
    for one in permissions.values():
        assert one.platform == platform
        assert set(one.info) <= load_types().keys()
        assert one.level in LEVELS
        assert one.confidence in CONFIDENCES


def test_android_permissions_fall_into_named_groups() -> None:
    groups = load_permission_groups()
    assert {one.group for one in load_android().values()} == groups.keys()
    assert all(group.zh and group.en for group in groups.values())


@pytest.mark.parametrize(
    ("name", "level", "info"),
    [
        ("android.permission.READ_MEDIA_IMAGES", "dangerous", "media.photo"),
        ("android.permission.READ_MEDIA_VISUAL_USER_SELECTED", "dangerous", "media.photo"),
        ("android.permission.BLUETOOTH_SCAN", "dangerous", "device.bluetooth"),
        ("android.permission.QUERY_ALL_PACKAGES", "normal", "device.app_list"),
        ("android.permission.PACKAGE_USAGE_STATS", "special", "weblog.app_use"),
        ("android.permission.BIND_ACCESSIBILITY_SERVICE", "signature", "auth.password"),
        ("android.permission.health.READ_MENSTRUATION", "dangerous", "health.fertility"),
        ("com.android.permission.GET_INSTALLED_APPS", "dangerous", "device.app_list"),
        ("freemme.permission.msa", "normal", "device.oaid"),
    ],
)
def test_what_a_permission_reaches(name: str, level: str, info: str) -> None:
    one = load_android()[name]
    assert one.level == level
    assert info in one.info
    assert one.runtime == (level == "dangerous")


def test_permissions_of_the_other_platforms() -> None:
    assert load_harmony()["ohos.permission.LOCATION"].runtime
    assert not load_harmony()["ohos.permission.INTERNET"].runtime
    assert load_ios()["NSContactsUsageDescription"].info == ("contact.address_book",)
    assert load_ios()["NSContactsUsageDescription"].confidence == "M"


def test_a_level_that_matters_only_from_some_release_says_so() -> None:
    assert load_android()["android.permission.POST_NOTIFICATIONS"].since == 33
    assert load_android()["android.permission.CAMERA"].since == 0
