from __future__ import annotations

import pytest

from hongxian.sensors.app.attribution import Attribution
from hongxian.sensors.session.hooks import whose
from hongxian.sensors.session.hooks.whose import NOBODY, WhoseCode

API = "android.telephony.TelephonyManager.getDeviceId"
UMENG = "com.umeng.analytics.MobclickAgent.init"
OWN = "com.demo.app.Main.onCreate"


@pytest.fixture
def code() -> WhoseCode:
    return WhoseCode(["com.demo.app"])


@pytest.mark.parametrize(
    ("stack", "actor", "frame"),
    [
        ((API, OWN), "first_party", OWN),
        ((API, UMENG, OWN), "umeng_analytics", UMENG),
        ((API, OWN, UMENG), "first_party", OWN),
        ((API, "okhttp3.A.b", "kotlin.C.d", "androidx.e.F.g", UMENG), "umeng_analytics", UMENG),
        ((API, "java.lang.reflect.Method.invoke", "$Proxy12.getDeviceId", OWN), "first_party", OWN),
        ((API, "a.b.c.d", UMENG), "unknown", "a.b.c.d"),
        ((API, "com.somebody.thing.X.y", OWN), "unknown", "com.somebody.thing.X.y"),
        (("de.robv.android.xposed.XposedBridge.handleHookedMethod", "LSPHooker_.getDeviceId", OWN),
         "first_party", OWN),
        (("com.swift.sandhook.SandHook.call", "com.yl.lib.privacy_proxy.P.q", UMENG),
         "umeng_analytics", UMENG),
        (("com.android.okhttp.internal.A.b", OWN), "first_party", OWN),
    ],
)  # fmt: skip
def test_the_innermost_frame_of_an_app_decides(code, stack, actor, frame) -> None:
    found = code.of(stack)
    assert (found.actor, found.frame) == (actor, frame)
    assert found.reason


def test_an_sdk_has_its_company(code) -> None:
    assert "友盟" in (code.of((API, UMENG)).party or "")


@pytest.mark.parametrize(
    "stack", [(), (API, "java.lang.Thread.run", "com.android.internal.os.Z.main")]
)
def test_a_stack_of_the_platform_is_nobodys(code, stack) -> None:
    assert code.of(stack) == NOBODY
    assert code.of(stack).actor == "unknown"


def test_plumbing_alone_is_said_to_be_plumbing(code) -> None:
    found = code.of((API, "okhttp3.internal.A.b", "kotlin.C.d"))
    assert (found.actor, found.library, found.frame) == (
        "library",
        "okhttp",
        "okhttp3.internal.A.b",
    )


def test_an_app_inside_a_hook_tools_package_is_itself() -> None:
    code = WhoseCode(["com.yl.lib.privacysentry"])
    stack = ("com.yl.lib.sentry.hook.util.U.v", "com.yl.lib.privacysentry.Main.onClick")
    assert code.of(stack).actor == "first_party"
    assert WhoseCode(["com.demo.app"]).of(stack) == NOBODY


def test_the_app_sensors_attribution_can_be_taken_over() -> None:
    code = WhoseCode(attribution=Attribution(["com.other.brand"]))
    assert code.of(("com.other.brand.A.b",)).actor == "first_party"


def test_answers_are_kept_within_bounds(code, monkeypatch) -> None:
    monkeypatch.setattr(whose, "MOST_KEPT", 3)
    found = [code.of((API, f"com.demo.app.C{number}.d")) for number in range(10)]
    assert {one.actor for one in found} == {"first_party"}
    assert len(code._stacks) <= 3
    assert len(code._frames) <= 3
    assert code.of((API, OWN)) is code.of((API, OWN))
