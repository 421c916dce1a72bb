"""From the cells of a row to declarations."""

from __future__ import annotations

import pytest
from tests.sensors.policy.pages import declared, said, table

HEADER = "SDK名称 | 公司名称 | 使用目的 | 收集个人信息类型"


def test_each_piece_of_pi_and_each_purpose_is_a_fact() -> None:
    rows = table(HEADER, "友盟统计 | 友盟 | 统计分析、崩溃分析 | IMEI、Android ID")
    assert said(rows) == {
        "collect device.imei umeng_analytics statistics",
        "collect device.imei umeng_analytics performance",
        "collect device.android_id umeng_analytics statistics",
        "collect device.android_id umeng_analytics performance",
    }


def test_a_name_that_no_list_knows_is_kept_as_written() -> None:
    rows = table(HEADER, "灯油推送SDK | 灯油科技有限公司 | 消息推送 | IMEI")
    assert said(rows) == {"collect device.imei named:灯油推送SDK push"}


def test_a_company_stands_in_for_a_name() -> None:
    rows = table("公司名称 | 使用目的 | 收集个人信息类型", "灯油科技有限公司 | 消息推送 | IMEI")
    assert said(rows) == {"collect device.imei named:灯油科技有限公司 push"}


def test_without_a_name_it_is_the_operator() -> None:
    rows = table("个人信息类型 | 使用目的", "手机号 | 注册登录")
    assert said(rows) == {"collect basic.phone first_party login"}


@pytest.mark.parametrize(
    ("caption", "header", "act"),
    [
        ("以下第三方SDK会收集您的个人信息", "第三方名称 | 目的 | 个人信息", "collect"),
        ("我们向以下第三方共享个人信息", "第三方名称 | 目的 | 个人信息", "share"),
        ("我们委托以下第三方处理个人信息", "第三方名称 | 目的 | 个人信息", "entrust"),
        ("第三方清单", "接收方名称 | 目的 | 个人信息", "share"),
        ("第三方清单", "受托方名称 | 目的 | 个人信息", "entrust"),
    ],
)
def test_header_and_caption_tell_who_acts(caption: str, header: str, act: str) -> None:
    found = declared(f"<p>{caption}</p>" + table(header, "灯油公司 | 消息推送 | IMEI"))
    [one] = [fact for fact in found if fact.info == "device.imei"]
    assert one.act == act
    assert one.recipient == (None if act == "collect" else "named:灯油公司")


def test_a_group_word_that_is_spelt_out_is_its_members() -> None:
    rows = table(HEADER, "友盟统计 | 友盟 | 统计分析 | 设备信息（IMEI、MAC地址）")
    assert said(rows) == {
        "collect device.imei umeng_analytics statistics",
        "collect device.mac umeng_analytics statistics",
    }


@pytest.mark.parametrize("nothing", ["无", "/", "不涉及", "不收集个人信息"])
def test_a_row_that_collects_nothing_declares_nothing(nothing: str) -> None:
    assert said(table(HEADER, f"灯油SDK | 灯油 | 界面动画 | {nothing}")) == set()


def test_a_purpose_that_no_list_knows_is_other() -> None:
    rows = table(HEADER, "灯油SDK | 灯油 | 界面动画渲染加速 | IMEI")
    assert said(rows) == {"collect device.imei named:灯油SDK other"}


def test_how_long_it_is_kept_and_how_it_is_read() -> None:
    rows = table("个人信息类型 | 目的 | 保存期限", "手机号 | 注册登录 | 180天")
    [one] = declared(rows)
    assert one.days == 180
    [sdk] = declared(table(HEADER, "友盟统计 | 友盟 | 统计分析 | IMEI"))
    assert sdk.method == "sdk"


def test_the_function_of_the_row_is_told() -> None:
    rows = table("业务功能 | 个人信息类型", "账号注册与登录 | 手机号")
    assert said(rows) == {"collect basic.phone first_party login"}


def test_the_caption_gives_a_purpose_that_the_row_leaves_open() -> None:
    rows = "<h3>用于统计分析</h3>" + table("SDK名称 | 收集个人信息类型", "灯油SDK | IMEI")
    assert said(rows) == {"collect device.imei named:灯油SDK statistics"}
