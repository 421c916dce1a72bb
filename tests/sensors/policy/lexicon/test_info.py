"""PI terms among their neighbours."""

import pytest

from hongxian.sensors.policy.lexicon.info import settle
from hongxian.sensors.policy.lexicon.match import find_hits
from hongxian.sensors.policy.lexicon.normal import squeeze


def words(text) -> dict[str, str]:
    even = squeeze(text)
    return {
        even.text[hit.start : hit.end]: hit.key
        for hit in settle(even.text, find_hits(even, text))
        if hit.key != "personal"
    }


@pytest.mark.parametrize(
    "text",
    [
        "拨打电话",
        "注册账号",
        "账号登录",
        "基于位置",
        "短信通知",
        "定位服务",
        "手机厂商",
        "视频会议",
    ],
)
def test_neighbours_take_the_meaning_away(text) -> None:
    assert words(text) == {}


def test_compounds_are_put_together() -> None:
    assert words("收集您的门店信息、健身课程数据") == {
        "门店信息": "other",
        "健身课程数据": "other",
    }


def test_a_compound_takes_the_key_of_the_pi_inside() -> None:
    assert words("您的车牌登记信息") == {"车牌登记信息": "property.vehicle"}


def test_a_permission_is_no_pi() -> None:
    assert words("申请通讯录权限") == {}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("您通过手机号注册", "basic.phone"),
        ("收集您的账号、密码", "netid.account"),
        ("账号、昵称", "netid.account"),
        ("收集您的微信账号", "netid.account"),
        ("收集您的手机号", "basic.phone"),
    ],
)
def test_what_is_given_is_pi(text, key) -> None:
    assert key in words(text).values()


@pytest.mark.parametrize(
    "text", ["通过电话、短信联系您", "通过短信等方式", "账号安全", "您的账号下"]
)
def test_ways_to_reach_somebody_and_handles_are_none(text) -> None:
    assert words(text) == {}
