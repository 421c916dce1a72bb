"""Tables of SDKs, permissions and PI, whatever their header and shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.policy.pages import declared, page, said, table

from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.relations import declare

UMENG = {"collect device.imei umeng_analytics statistics"}


@pytest.mark.parametrize(
    "header",
    [
        "SDK名称 | 使用目的 | 收集个人信息类型",
        "第三方SDK名称 | 用途 | 涉及个人信息",
        "第三方名称 | 目的 | 收集的信息",
        "SDK name | Purpose | Data collected",
    ],
)
def test_headers_of_sdk_tables(header: str) -> None:
    assert said(table(header, "友盟统计 | 统计分析 | IMEI")) == UMENG


def test_other_columns_do_not_disturb() -> None:
    rows = table(
        "序号 | SDK名称 | 公司名称 | 使用场景 | 使用目的 | 收集个人信息类型 | 隐私政策链接",
        "1 | 友盟统计 | 友盟同欣（北京）科技有限公司 | 启动 | 统计分析 | IMEI | https://a.cn/p",
    )
    assert said(rows) == UMENG


def test_a_title_may_stand_above_the_header() -> None:
    rows = "<table><tr><th colspan=3>第三方SDK目录</th></tr>" + table(
        "SDK名称 | 使用目的 | 收集个人信息类型", "友盟统计 | 统计分析 | IMEI"
    ).removeprefix("<table>")
    assert said(rows) == UMENG


def test_a_cell_that_spans_rows_holds_for_each() -> None:
    rows = (
        "<table><tr><td>SDK名称</td><td>使用目的</td><td>收集个人信息类型</td></tr>"
        "<tr><td rowspan=2>友盟统计</td><td>统计分析</td><td>IMEI</td></tr>"
        "<tr><td>崩溃分析</td><td>Android ID</td></tr></table>"
    )
    assert said(rows) == UMENG | {"collect device.android_id umeng_analytics performance"}


def test_a_header_that_comes_again_is_no_row() -> None:
    header = "SDK名称 | 使用目的 | 收集个人信息类型"
    assert said(table(header, "友盟统计 | 统计分析 | IMEI", header)) == UMENG


def test_a_header_may_stand_in_the_first_column() -> None:
    rows = table(
        "SDK名称 | 友盟统计 | 极光推送",
        "使用目的 | 统计分析 | 消息推送",
        "收集个人信息类型 | IMEI | Android ID",
    )
    assert said(rows) == UMENG | {"collect device.android_id jpush push"}


def test_a_table_without_a_header_says_nothing() -> None:
    assert said(table("甲 | 乙", "友盟统计 | IMEI")) == set()


def test_the_two_lists_tell_collecting_from_sharing() -> None:
    own = "<h2>已收集个人信息清单</h2>" + table(
        "个人信息 | 使用目的 | 使用场景", "手机号 | 注册登录 | 注册账号"
    )
    given_away = "<h2>与第三方共享个人信息清单</h2>" + table(
        "第三方名称 | 共享的个人信息 | 共享目的", "友盟统计 | IMEI | 统计分析"
    )
    assert said(own) == {"collect basic.phone first_party login"}
    assert said(given_away) == {"share device.imei first_party>umeng_analytics statistics"}


def test_a_table_of_permissions_tells_what_they_read() -> None:
    rows = table("权限名称 | 使用目的", "通讯录权限 | 邀请好友")
    [one] = declared(rows)
    assert (one.act, one.info, one.permission) == ("collect", "contact.address_book", "contacts")
    assert one.method == "permission"


def test_what_a_permission_opens_may_stand_for_its_name() -> None:
    [one] = declared(table("权限名称 | 使用目的", "读取联系人 | 邀请好友"))
    assert (one.act, one.info, one.purpose) == ("collect", "contact.address_book", "basic_function")


def test_hidden_tables_are_not_read() -> None:
    rows = table("SDK名称 | 使用目的 | 收集个人信息类型", "友盟统计 | 统计分析 | IMEI")
    assert said(rows.replace("<table>", '<table style="display:none">')) == set()


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["SDK名称", "使用目的", "收集个人信息", "友盟统计", "IMEI", "", "推送"]
            ),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_no_table_is_too_odd(rows: list[list[str]]) -> None:
    read = page("<p>第三方SDK</p>" + table(*(" | ".join(row) for row in rows)))
    for one in declare(read, find_mentions(read)):
        assert 0 <= one.span.start < one.span.end <= len(read.text)
        assert all(span.end <= len(read.text) for span in one.roles.values())
