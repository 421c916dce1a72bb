from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.sensors.app.conftest import SAMPLES

from hongxian.facts import Fact
from hongxian.sensors.app.manifest_facts import About
from hongxian.sensors.app.package.model import PolicyPart, ResourceString
from hongxian.sensors.app.rights_facts import rights_facts
from hongxian.sensors.app.sense import sense_app

ALL = {"withdraw_consent", "correct", "delete", "cancel_account"}


def missing(
    *texts: str, policy: str | None = "", code: bytes = b"", collects: bool = True
) -> set[str | None]:
    """Return what is missing where interface and policy have these texts."""
    whole = None if policy is None else policy + "我们收集您的手机号码，用于创建账号。" * 20
    parts = (PolicyPart(kind="policy", name="a", locator="assets/a.html", text=whole),)
    strings = [ResourceString(f"string/{n}", text, "", "x") for n, text in enumerate(texts)]
    package = SimpleNamespace(policies=parts, strings=lambda: iter(strings))
    about = About("app:a@1#0", "0" * 64)
    facts: list[Fact] = list(rights_facts(about, package, [code], collects=collects))  # type: ignore[arg-type]
    assert {fact.outcome for fact in facts} <= {"missing"}
    assert {fact.certainty for fact in facts} <= {"inferred"}
    return {fact.item for fact in facts}


def test_the_samples() -> None:
    def read(name: str) -> set[str | None]:
        facts = sense_app(SAMPLES / f"{name}.apk").facts
        return {f.item for f in facts if f.outcome == "missing" and f.item != "personalised_off"}

    assert read("lantern") == ALL
    assert read("lantern_clean") == set()


def test_an_interface_without_accounts_needs_a_way_to_withdraw_alone() -> None:
    assert missing("手电筒") == {"withdraw_consent"}
    assert missing("立即注册") == ALL
    assert missing("Sign in") == ALL
    assert missing("登录" + "即可享受各项会员服务和优惠活动以及更多精彩内容") == {
        "withdraw_consent"
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [("撤回同意", "withdraw_consent"), ("编辑资料", "correct"), ("清空记录", "delete"),
     ("注销账号", "cancel_account"), ("Delete account", "cancel_account")],
)  # fmt: skip
def test_a_text_that_names_a_way(text: str, named: str) -> None:
    assert named not in missing("注册", text)
    assert named not in missing("注册", policy=f"您可以{text}。")


def test_a_chinese_text_of_the_code_names_a_way_too() -> None:
    assert "cancel_account" not in missing("注册", code="注销账号".encode())
    assert "delete" in missing("注册", code=b"delete")


def test_nothing_is_said_where_the_policy_is_elsewhere_or_nothing_is_collected() -> None:
    assert missing("注册", policy=None) == set()
    assert missing("注册", collects=False) == set()
