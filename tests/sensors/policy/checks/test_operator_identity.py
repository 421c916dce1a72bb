"""Who the operator is."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found, table

from hongxian.sensors.policy.checks import operator_identity


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("公司名称：北京灯笼科技有限公司", ["北京灯笼科技有限公司"]),
        ("北京灯笼科技有限公司（以下简称“我们”）非常重视您的隐私。", ["北京灯笼科技有限公司"]),
        ("灯笼是由北京灯笼科技有限公司开发的应用。", ["北京灯笼科技有限公司"]),
        ("北京燈籠科技有限公司（以下簡稱「我們」）尊重您的隱私。", ["北京燈籠科技有限公司"]),
        ("“我们”是指北京灯笼科技有限公司。", ["北京灯笼科技有限公司"]),
        ("北京灯笼科技有限公司是本应用的运营者。", ["北京灯笼科技有限公司"]),
        ("版权所有 © 北京灯笼科技有限公司", ["北京灯笼科技有限公司"]),
        ("This app is operated by Lantern Technology Co., Ltd.", ["Lantern Technology Co., Ltd."]),
        ("Lantern Technology Limited (“we” or “us”) respects you.", ["Lantern Technology Limited"]),
        ("推送服务由上海推推科技有限公司提供。", []),
        ("# 第三方SDK\n运营方：上海推推科技有限公司", []),
        ("我们会向合作伙伴上海推推科技有限公司共享信息。", []),
        ("我们重视您的隐私。", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [one.recipient for one in found(operator_identity, text)] == names


def test_the_name_goes_before_who_made_the_app() -> None:
    text = "公司名称：北京灯笼科技有限公司\n灯笼由上海明灯科技有限公司开发。"
    assert [one.recipient for one in found(operator_identity, text)] == ["北京灯笼科技有限公司"]


def test_tables_name_others() -> None:
    assert found(operator_identity, table("名称|公司", "公司名称：甲|上海推推科技有限公司")) == []
