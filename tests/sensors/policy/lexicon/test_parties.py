"""Parties of the lists and names that look like one."""

import pytest

from hongxian.sensors.policy.lexicon.match import find_hits
from hongxian.sensors.policy.lexicon.normal import squeeze
from hongxian.sensors.policy.lexicon.parties import settle


def parties(text) -> dict[str, str]:
    even = squeeze(text)
    return {
        even.text[hit.start : hit.end]: hit.key for hit in settle(even.text, find_hits(even, text))
    }


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("由北京星空数据科技有限公司提供", "北京星空数据科技有限公司", "named"),
        ("接入了星空推送SDK", "星空推送sdk", "named"),
        ("集成极光推送SDK", "极光推送sdk", "jpush"),
        ("我们与合作伙伴", "合作伙伴", "third_party"),
        ("委托第三方调研机构收集", "第三方调研机构", "third_party"),
        ("与我们的关联公司", "关联公司", "affiliate"),
        ("provided by Starlight Media, Inc. in", "starlight media, inc.", "named"),
    ],
)
def test_parties_by_list_and_form(text, name, key) -> None:
    assert parties(text).get(name) == key


def test_the_app_goes_by_the_name_of_its_title() -> None:
    text = "《星空笔记隐私政策》\n欢迎使用星空笔记。星空笔记会收集姓名。"
    assert parties(text)["星空笔记"] == "first_party"


def test_a_word_for_the_user_is_no_name() -> None:
    assert "甲方用户" not in parties("以下简称“甲方用户”。甲方用户，甲方用户，甲方用户")


def test_a_name_begins_after_what_leads_to_it() -> None:
    assert "海棠科技有限公司" in parties("我们委托海棠科技有限公司处理")
