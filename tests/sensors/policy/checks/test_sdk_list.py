"""The list of SDKs, in each of its shapes."""

from __future__ import annotations

from tests.sensors.policy.checks.asked import details, found, table

from hongxian.sensors.policy.checks import sdk_list


def test_table_by_its_header() -> None:
    read = table(
        "SDK名称|公司名称|使用目的|收集的个人信息|隐私政策链接",
        "极光推送|深圳市和讯华谷信息技术有限公司|推送|IMEI|https://push.example",
        "友盟|友盟同欣（北京）科技有限公司|统计|Android ID|https://um.example",
    )
    (one,) = found(sdk_list, read)
    assert one.detail == {
        "columns": ["company", "info", "link", "name", "purpose"], "count": 2
    }  # fmt: skip
    assert (one.start, one.end) == (0, len(read.text))


def test_table_by_its_first_column() -> None:
    read = table("SDK名称|极光推送", "使用目的|推送", "收集信息|IMEI")
    assert details(sdk_list, read) == [{"columns": ["info", "name", "purpose"], "count": 1}]


def test_other_tables_are_no_list() -> None:
    assert found(sdk_list, table("权限名称|使用目的", "相机|拍照")) == []
    assert found(sdk_list, table("合作伙伴|使用目的", "某某快递|配送")) == []


def test_blocks_of_keys_and_values() -> None:
    text = (
        "# 第三方SDK目录\nSDK名称：极光推送\n使用目的：推送消息\n收集的个人信息：IMEI\n"
        "SDK名称：友盟\n公司名称：友盟同欣\n使用目的：统计"
    )
    assert details(sdk_list, text) == [
        {"columns": ["company", "info", "name", "purpose"], "count": 2}
    ]


def test_sentences() -> None:
    text = (
        "我们接入了极光推送SDK，极光推送SDK会收集您的IMEI，用于消息推送。\n"
        "友盟SDK会收集您的Android ID用于统计分析，详见https://um.example。"
    )
    (one,) = details(sdk_list, text)
    assert one["count"] == 2
    assert {"name", "info", "purpose"} <= set(one["columns"])


def test_lists_far_apart_are_several() -> None:
    rest = "\n".join("我们重视您的隐私并采取安全措施。" for _ in range(40))
    said = ["友盟SDK会收集您的Android ID用于统计。", "极光推送SDK会收集您的IMEI用于推送。"]
    keys = "SDK名称：极光推送\n使用目的：推送"
    assert len(found(sdk_list, f"\n{rest}\n".join([*said, keys, keys]))) == 4


def test_a_pointer_or_a_heading_is_no_list() -> None:
    assert found(sdk_list, "# 第三方SDK目录\n详见《第三方SDK目录》。\nSDK名称：") == []
