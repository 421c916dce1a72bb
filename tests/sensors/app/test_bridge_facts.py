from __future__ import annotations

import pytest
from tests.sensors.app.conftest import SAMPLES
from tests.sensors.app.dex.maker import Class
from tests.sensors.app.scenes import IMEI, SHOW, main_screen, scene_of

from hongxian.facts import Fact
from hongxian.sensors.app import analysis
from hongxian.sensors.app.bridge_facts import bridge_facts
from hongxian.sensors.app.sense import sense_app

BRIDGE = "Lcn/app/one/Bridge;"
OPEN = "Landroid/webkit/WebView;->addJavascriptInterface(Ljava/lang/Object;Ljava/lang/String;)V"
ANSWER = "Landroid/webkit/WebView;->evaluateJavascript(Ljava/lang/String;)V"
READ = ("virtual", IMEI, 0)
ADS = "Lcom/umeng/analytics/Bridge;"


def opened(url: str, *steps: tuple, bridge: str = BRIDGE) -> Class:
    """Return a screen that opens the bridge to a page."""
    page = [("new", bridge, 1), ("virtual", OPEN, 0, 1, 2), ("text", url, 2)]
    return main_screen(*page, *steps)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201 - a function
    """Return the facts; made classes bear no annotations: every method named ``give`` is open."""

    def named(tree: object, openers: object) -> dict[int, int]:
        rows = list(openers)  # type: ignore[call-overload]
        program = tree.program  # type: ignore[attr-defined]
        methods = range(program.method_key.size)
        return {m: rows[0] for m in methods if program.method_name(m).endswith(".give")}

    def facts(*classes: Class) -> list[Fact]:
        monkeypatch.setattr(analysis, "bridge_methods", named)
        return list(bridge_facts(scene_of(*classes)))

    return facts


def test_the_page_of_a_partner_can_take_the_phone_number() -> None:
    (fact,) = [f for f in sense_app(SAMPLES / "lantern.apk").facts if f.kind == "transmit"]
    assert (fact.info, fact.actor, fact.certainty) == ("basic.phone", "first_party", "reachable")
    assert fact.recipient == "unknown"
    assert fact.detail["third_party_app"] == "mini.hongxian-partner.cn"
    assert fact.detail["asks"] is False
    assert fact.detail["path"] == [
        "cn.hongxian.lantern.MiniAppActivity.onCreate", "cn.hongxian.lantern.Bridge.phone",
        "android.telephony.TelephonyManager.getLine1Number",
    ]  # fmt: skip
    assert len(fact.detail["edges"]) == 2


def test_the_clean_twin_gives_a_colour_alone() -> None:
    assert [f for f in sense_app(SAMPLES / "lantern_clean.apk").facts if f.kind == "transmit"] == []


def test_what_a_method_returns_is_given(found) -> None:
    gives = Class(BRIDGE, {"give()Ljava/lang/String;": [READ]})
    (fact,) = found(opened("https://m.shop.com.cn/a", ("virtual", SHOW, 0)), gives)
    assert (fact.info, fact.item) == ("device.imei", "https://m.shop.com.cn/a")
    assert fact.detail["asks"] is True


def test_what_a_method_tells_the_page_is_given_too(found) -> None:
    silent = Class(BRIDGE, {"give()V": [READ]})
    assert found(opened("https://m.shop.com.cn/", READ), silent) == []
    told = Class(BRIDGE, {"give()V": [("virtual", f"{BRIDGE}->tell()V", 0)],
                          "tell()V": [READ, ("virtual", ANSWER, 0, 1)]})  # fmt: skip
    (fact,) = found(opened("https://m.shop.com.cn/"), told)
    assert fact.detail["path"][-2:] == [
        "cn.app.one.Bridge.tell", "android.telephony.TelephonyManager.getDeviceId",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url", ["https://h5.one.com/a", "file:///android_asset/a.html", "m.shop.com.cn", "hello"]
)
def test_own_pages_and_those_whose_address_is_not_seen(url: str, found) -> None:
    gives = Class(BRIDGE, {"give()Ljava/lang/String;": [READ]})
    assert found(opened(url), gives) == []


def test_the_bridge_of_an_sdk_is_its_own_matter(found) -> None:
    gives = Class(ADS, {"give()Ljava/lang/String;": [READ]})
    assert found(opened("https://m.shop.com.cn/", bridge=ADS), gives) == []
