import pytest

from hongxian.sensors.session.model import Node, Screen
from hongxian.sensors.session.screens.forms import form_fields

FIELD = "android.widget.EditText"


def fields(*nodes: Node) -> list[str]:
    return list(form_fields(Screen(at=None, nodes=nodes, locator="1.xml")))


@pytest.mark.parametrize(
    ("hint", "info"),
    [("请输入手机号", "basic.phone"), ("身份证号码", "identity.doc_number"),
     ("手持身份证照片", "identity.doc_image"), ("短信验证码", "auth.otp"),
     ("Password", "auth.password"), ("E-mail", "basic.email"), ("真实姓名", "basic.name")],
)  # fmt: skip
def test_a_hint_says_what_a_field_asks_for(hint: str, info: str) -> None:
    assert fields(Node(kind=FIELD, hint=hint)) == [info]


def test_a_label_before_the_field_says_it_too() -> None:
    assert fields(Node(text="收货地址"), Node(kind=FIELD)) == ["basic.address"]


def test_what_somebody_has_typed_is_not_read() -> None:
    assert fields(Node(kind=FIELD, text="我的手机号 13800000000")) == []


def test_a_paragraph_is_no_label_and_a_label_is_of_one_field() -> None:
    assert (
        fields(Node(text="请如实填写手机号，否则我们无法与您取得联系，谢谢配合"), Node(kind=FIELD))
        == []
    )
    assert fields(Node(text="银行卡号"), Node(kind=FIELD), Node(kind=FIELD)) == [
        "property.bank_card"
    ]
