import pytest

from hongxian.audit.own_hosts import own_hosts
from hongxian.facts import Fact, Run, Store

APP = "app:cn.example.app@1.0#abababababab"


def told(**columns: object) -> tuple[str, ...]:
    store, run = Store(), Run(sensor="app", subject=APP)
    store.begin(run)
    store.add_facts(run, [Fact(subject=APP, sensor="app", **columns)])
    return own_hosts(store, APP)


def test_the_domain_of_the_policy_is_the_operators_own() -> None:
    link = {"link": "https://www.example-own.com.cn/privacy.html"}
    assert told(kind="publish", item="policy", detail=link) == ("example-own.com.cn",)


def test_a_policy_at_a_service_for_documents_makes_nobody_its_owner() -> None:
    assert told(kind="publish", item="policy", detail={"link": "https://docs.qq.com/p/1"}) == (
        "docs.qq.com",
    )


@pytest.mark.parametrize("link", [None, "", "privacy.html", "https://[broken", 7])
def test_a_policy_without_a_place_on_the_network_tells_nothing(link: object) -> None:
    assert told(kind="publish", item="policy", detail={"link": link}) == ()


def test_the_operator_that_the_policy_names_owns_its_companys_hosts() -> None:
    party = "深圳市腾讯计算机系统有限公司"
    assert told(kind="section", item="operator_identity", party=party) == ("tencent",)
    assert told(kind="section", item="operator_identity", party="灯笼科技有限公司") == ()
    assert told(kind="section", item="sdk_list", party=party) == ()


def test_the_company_that_signed_the_package_owns_its_hosts() -> None:
    subject = {"subject": "CN=Someone, OU=Mobile, O=Tencent, C=CN"}
    assert told(kind="trait", item="signer", detail=subject) == ("tencent",)
    assert told(kind="trait", item="signer", detail={"subject": "CN=Android Debug"}) == ()


def test_other_subjects_tell_nothing() -> None:
    store, run = Store(), Run(sensor="app", subject="app:other@1#0")
    store.begin(run)
    fact = Fact(subject="app:other@1#0", sensor="app", kind="publish", item="policy",
                detail={"link": "https://www.example-own.cn/"})  # fmt: skip
    store.add_facts(run, [fact])
    assert own_hosts(store, APP) == ()
