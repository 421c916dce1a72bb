import pytest

from hongxian.sensors.session.model import Node, Screen
from hongxian.sensors.session.screens.permissions import permission_dialog, told_purposes

SYSTEM = "com.android.permissioncontroller"


def dialog(*texts: str, package: str = SYSTEM) -> Screen:
    nodes = tuple(Node(text=text, package=package) for text in texts)
    return Screen(at=None, nodes=nodes, locator="1.xml", package=package)


@pytest.mark.parametrize(
    ("text", "permission"),
    [
        ("允许“灯笼”获取此设备的位置信息吗？", "ACCESS_FINE_LOCATION"),
        ("是否允许“灯笼”访问您的通讯录？", "READ_CONTACTS"),
        ("允许“灯笼”拍摄照片和录制视频吗？", "CAMERA"),
        ("允许“灯笼”录制音频吗？", "RECORD_AUDIO"),
        ("允许“灯笼”拨打电话和管理通话吗？", "READ_PHONE_STATE"),
        ("允许“灯笼”访问您的通话记录吗？", "READ_CALL_LOG"),
        ("Allow Lantern to access your calendar?", "READ_CALENDAR"),
        ("Allow Lantern to send and view SMS messages?", "READ_SMS"),
        ("Allow Lantern to access photos on your device?", "READ_EXTERNAL_STORAGE"),
    ],
)
def test_the_systems_words_tell_the_permission(text: str, permission: str) -> None:
    found = permission_dialog(dialog(text, "仅在使用该应用时允许", "拒绝"))
    assert found is not None
    assert found.permission == f"android.permission.{permission}"
    assert found.together == 1


@pytest.mark.parametrize("count", ["第 1 项权限（共 5 项）", "1/5", "1 of 5"])
def test_the_dialog_counts_what_is_asked_in_one_go(count: str) -> None:
    assert permission_dialog(dialog("访问您的通讯录", count, "允许", "禁止")).together == 5


def test_unknown_words_are_a_dialog_about_something_unknown() -> None:
    assert permission_dialog(dialog("Allow Lantern to do that?", "Deny")).permission is None


def test_an_apps_own_dialog_is_not_the_systems() -> None:
    assert permission_dialog(dialog("访问您的通讯录", "拒绝", package="cn.example")) is None
    assert permission_dialog(dialog("设置", "关于")) is None


def test_a_purpose_is_told_of_the_permission_that_it_names() -> None:
    found = told_purposes(dialog("需要位置权限，用于显示附近的灯会", package="cn.example"))
    assert [(one.permission, one.vague) for one in found] == [
        ("android.permission.ACCESS_FINE_LOCATION", False)
    ]


def test_a_purpose_may_say_nothing() -> None:
    vague = "开启通讯录权限，以便为您提供更好的服务"
    assert told_purposes(dialog(vague))[0].vague
    both = told_purposes(dialog(vague, "通讯录用于查找好友"))
    assert [one.vague for one in both] == [False]
    assert told_purposes(dialog("允许访问通讯录吗")) == []
