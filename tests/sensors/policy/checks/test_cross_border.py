"""What leaves the country."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import cross_border


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们会将您的订单信息传输至新加坡等境外服务器。", [{"countries": ["SG"]}]),
        ("您的信息可能被转移至境外。", [{}]),
        ("我们将境内收集的个人信息存储于中国境内。", [{"none": True}]),
        ("我们不会将您的信息传输至境外。", [{"none": True}]),
        ("您的信息存储在中国境内，以下情形除外：", [{}]),
        ("我們不會向境外傳輸您的個人信息。", [{"none": True}]),
        ("We may transfer your data outside China.", [{}]),
        ("Your data is stored within the People's Republic of China.", [{"none": True}]),
        ("We do not transfer your data overseas.", [{"none": True}]),
        ("境外支付时我们会收集登录地。", []),
        ("# 您的个人信息如何在全球范围转移", []),
        ("未成年人保护、跨境传输等部分的约定", []),
    ],
)
def test_told(text: str, expected: list[dict[str, object]]) -> None:
    assert [one.detail for one in found(cross_border, text)] == expected


def test_the_recipient_is_named() -> None:
    (one,) = found(cross_border, "我们会将您的信息提供给境外的关联公司。")
    assert one.recipient == "affiliate"
