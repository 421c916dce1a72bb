"""How the operator is reached."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import operator_contact


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("如有疑问，请发送邮件至privacy@lantern.example.cn与我们联系。", ["email"]),
        ("# 联系我们\n客服电话：400-800-1234", ["phone"]),
        ("# 客服热线\n灯笼：010-12345678", ["phone"]),
        ("公司地址：北京市海淀区某某路1号", ["address"]),
        ("您可以通过“我的-意见反馈”联系我们。", ["online"]),
        ("如有意见，请关注官方微信公众号：灯笼客服中心站", ["online", "social"]),
        ("如有疑問，請致電客服熱線：400-800-1234。", ["phone"]),
        ("# Contact us\nE-mail: privacy@lantern.example.com", ["email"]),
        ("Call us at +86 10 1234 5678 or use our help center.", ["phone"]),
        ("# Contact us\nAddress: 1 Light Road, Haidian District, Beijing", ["address"]),
        ("注册时我们会收集您的电子邮箱 a@b.com。", []),
        ("# 联系我们", []),
        ("如您对第三方SDK有疑问，请联系 help@push.example.com。", []),
        ("您可以向网信部门电话12377投诉。", []),
        ("您需要提供收货地址、联系方式、银行卡号。", []),
        ("使用目的：联系客服", []),
    ],
)  # fmt: skip
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [one.detail["kind"] for one in found(operator_contact, text)] == kinds


def test_each_kind_once_and_no_value() -> None:
    text = "# 联系我们\n邮箱：a@lantern.example\n邮箱：b@lantern.example.cn"
    (one,) = found(operator_contact, text)
    assert one.detail == {"kind": "email"}
