"""By which means PI is collected, and what a permission reads."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import declared, said

from hongxian.sensors.policy.relations.means import infos_of

FACTS: dict[str, set[str]] = {
    "相机权限：用于扫描二维码。": {
        "collect media.photo first_party basic_function",
    },
    "我们会申请您的通讯录权限，用于添加好友。": {
        "collect contact.address_book first_party basic_function",
    },
    "注册时，您需填写手机号并设置密码。": {
        "collect basic.phone first_party login",
        "collect auth.password first_party login",
    },
    "位置权限：用于导航。": {
        "collect location.precise first_party map",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("我们会申请您的通讯录权限，用于添加好友。", "permission"),
        ("您需要填写您的手机号。", "manual"),
        ("我们通过Cookie收集您的浏览记录。", "cookie"),
        ("我们通过友盟SDK收集您的IMEI。", "sdk"),
    ],
)
def test_how_it_is_collected(text: str, method: str) -> None:
    assert {one.method for one in declared(text)} == {method}


def test_the_permission_is_named() -> None:
    assert {one.permission for one in declared("我们会申请您的通讯录权限，用于添加好友。")} == {
        "contacts"
    }


@pytest.mark.parametrize(
    ("permission", "infos"),
    [
        ("android.permission.READ_CONTACTS", ("contact.address_book",)),
        ("android.permission.READ_PHONE_STATE", ()),
        ("contacts", ("contact.address_book",)),
        ("android.permission.UNHEARD_OF", ()),
    ],
)
def test_a_permission_reads_what_it_is_for_and_nothing_when_that_is_open(
    permission: str, infos: tuple[str, ...]
) -> None:
    assert infos_of(permission) == infos
