from __future__ import annotations

import pytest
from tests.sensors.app.conftest import SAMPLES

from hongxian.facts import Fact
from hongxian.sensors.app.content_facts import address_facts
from hongxian.sensors.app.manifest_facts import About
from hongxian.sensors.app.sense import sense_app


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    return sense_app(SAMPLES / "lantern.apk").facts


def test_embedded_sdks_have_their_company(facts: list[Fact]) -> None:
    embedded = {f.actor: f for f in facts if f.kind == "embed"}
    assert {"umeng_analytics", "jpush"} <= set(embedded)
    assert all(f.party and f.locator for f in embedded.values())


def test_addresses_have_their_host_and_no_query(facts: list[Fact]) -> None:
    addresses = [f for f in facts if f.kind == "address"]
    assert any(f.detail["cleartext"] for f in addresses)
    assert all("?" not in str(f.item) and "/" not in str(f.item) for f in addresses)


def test_texts_of_resources_give_addresses_too() -> None:
    about = About("app:a@1#0", "0" * 64)
    (fact,) = address_facts(about, [("http://log.umeng.com/x?imei=1", "res/values strings")])
    assert fact.item == "log.umeng.com"
    assert fact.recipient != "unknown"
    assert fact.locator == "res/values strings"
    assert "imei" not in str(fact)


def outcomes(facts: list[Fact], outcome: str) -> set[str]:
    return {str(f.item) for f in facts if f.kind == "permission" and f.outcome == outcome}


def test_permissions_say_what_code_does_with_them(facts: list[Fact]) -> None:
    assert "android.permission.READ_PHONE_STATE" in outcomes(facts, "used")
    assert "android.permission.READ_CALENDAR" in outcomes(facts, "unused")
    assert outcomes(facts, "undeclared")
    assert not outcomes(facts, "used") & outcomes(facts, "unused")


def test_a_used_permission_says_whether_the_app_itself_uses_it() -> None:
    def own(name: str) -> dict[str | None, bool]:
        found = sense_app(SAMPLES / f"{name}.apk").facts
        return {f.item: f.detail["own"] for f in found if f.outcome == "used"}

    assert own("lantern_clean")["android.permission.READ_PHONE_STATE"]
    assert own("lantern_clean")["android.permission.READ_CONTACTS"]
    assert not own("lantern")["android.permission.PACKAGE_USAGE_STATS"]
