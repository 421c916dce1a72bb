"""A watched session told as facts: a refused start, a restart, consent, use, the background."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.reports.conftest import APP, START

from hongxian.facts import Coverage, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

BUNDLE = "b1" * 32
SECOND = "b2" * 32
CONSENT = 74.3
OWN = "com.lantern.map"
_STACKS = {
    "jpush": ["android.provider.Settings$Secure.getString", "cn.jpush.android.service.Ids.read",
              "cn.jpush.android.api.JPushInterface.init", f"{OWN}.LanternApp.attachBaseContext",
              "android.app.Instrumentation.callApplicationOnCreate"],
    "umeng_analytics": ["android.telephony.TelephonyManager.getImei",
                        "com.umeng.commonsdk.utils.DeviceId.imei",
                        "com.umeng.commonsdk.internal.Collector.run",
                        "com.umeng.commonsdk.UMConfigure.init", f"{OWN}.LanternApp.onCreate",
                        "android.app.ActivityThread.main"],
    "pangle": ["android.app.ApplicationPackageManager.getInstalledPackages",
               "com.bytedance.sdk.openadsdk.core.Apps.list",
               "com.bytedance.sdk.openadsdk.TTAdSdk.init", f"{OWN}.SplashActivity.onCreate"],
    "amap": ["android.location.LocationManager.requestLocationUpdates",
             "com.amap.api.location.AMapLocationClient.startLocation", f"{OWN}.MapView.onResume",
             "android.app.Activity.performResume"],
    "first_party": ["android.content.ContentResolver.query", "okhttp3.internal.Pool.run",
                    f"{OWN}.Contacts.all", f"{OWN}.InviteActivity.onClick",
                    *(f"android.view.View.frame{n}" for n in range(12))],
    "unknown": ["android.net.wifi.WifiInfo.getMacAddress", "a.b.c.d", "a.b.e.run"],
}  # fmt: skip
_INFOS = {"jpush": "device.android_id", "umeng_analytics": "device.imei",
          "pangle": "device.app_list", "amap": "location.precise",
          "first_party": "contact.address_book", "unknown": "device.mac"}  # fmt: skip
_HOSTS = {"jpush": "tsis.jpush.cn", "umeng_analytics": "ulogs.umeng.com",
          "pangle": "is.snssdk.com", "amap": "restsdk.amap.com"}  # fmt: skip


def phase_at(at: float) -> str:
    """Return the phase of a moment of the story."""
    borders = [(1.8, "before_prompt"), (21.0, "prompt"), (60.0, "after_refusal"),
               (CONSENT, "after_refusal"), (150, "after_consent"), (470, "background")]  # fmt: skip
    return next((phase for end, phase in borders if at < end), "after_consent")


def fact(at: float, kind: str, **fields: Any) -> Fact:
    """Make a fact of the session at a moment."""
    fields = {"phase": phase_at(at), "artefact": BUNDLE, "locator": "timeline.jsonl"} | fields
    return Fact(subject=APP, sensor="session", kind=kind, seen_at=START + timedelta(seconds=at),
                **fields)  # fmt: skip


def read(at: float, actor: str, times: int = 1, **fields: Any) -> Fact:
    """Make a read of PI that a hook saw."""
    stack = _STACKS[actor]
    told = {"stack": stack, "thread": "main", "process": OWN}
    deciding = {"jpush": 1, "umeng_analytics": 1, "pangle": 1, "amap": 1, "first_party": 2,
                "unknown": 1}[actor]  # fmt: skip
    return fact(at, "collect", actor=actor, info=_INFOS[actor], item=stack[0], amount=times,
                unit="read", locator=f"calls.jsonl line {round(at * 10)}",
                detail=told | {"frame": stack[deciding]}, **fields)  # fmt: skip


def sent(at: float, actor: str, **fields: Any) -> Fact:
    """Make a transmission that a capture shows."""
    host = _HOSTS[actor]
    told = {"host": host, "method": "POST", "path": "/v3/report"}
    return fact(at, "transmit", **{"actor": actor, "recipient": actor, "info": _INFOS[actor],
                "item": host, "form": "clear", "locator": f"capture.har entry {round(at * 10)}",
                "detail": told} | fields)  # fmt: skip


def near_consent() -> Fact:
    """Make a read that is too close to consent for the clocks to tell which was first."""
    around = START + timedelta(seconds=CONSENT + 0.1)
    return Fact(
        subject=APP, sensor="session", kind="collect", artefact=BUNDLE, phase="unknown",
        actor="jpush", info="device.oaid", item="com.example.Oaid.get", amount=1, unit="read",
        locator="calls.jsonl line 744",
        detail={"near": "accept", "around": str(around), "stack": _STACKS["jpush"]},
    )  # fmt: skip


def story_facts() -> list[Fact]:
    """Return about two hundred moments of six actors."""
    return [*_choices(), *_early(), *_use(), *_background(), near_consent()]


def _choices() -> Iterator[Fact]:
    yield fact(1.8, "prompt", item="policy", phase="prompt", outcome="clear")
    for item in ("agree_button", "refuse_button"):
        yield fact(1.8, "control", item=item, phase="prompt", outcome="works")
    yield fact(1.8, "state", item="consent_box", phase="prompt", outcome="checked")
    yield fact(21.0, "refuse", item="policy", phase="after_refusal")
    yield fact(23.0, "function", item="basic", outcome="blocked", phase="after_refusal",
               detail={"refused": "policy", "left": True})  # fmt: skip
    yield fact(66.0, "prompt", item="policy", phase="after_refusal", outcome="clear")
    yield fact(CONSENT, "consent", item="policy", phase="after_consent", outcome="express")
    yield fact(81.0, "request", item="android.permission.ACCESS_FINE_LOCATION", amount=2,
               unit="permission", outcome="granted", detail={"trigger": "app"})  # fmt: skip
    yield fact(82.4, "consent", item="android.permission.ACCESS_FINE_LOCATION")
    yield fact(96.0, "request", item="android.permission.READ_CONTACTS", actor="first_party",
               amount=1, unit="permission", outcome="denied")  # fmt: skip
    yield fact(97.3, "refuse", item="android.permission.READ_CONTACTS", phase="after_refusal")
    yield fact(112, "control", item="policy_link", outcome="works", amount=5, unit="tap")


def _early() -> Iterator[Fact]:
    yield read(0.4, "jpush")
    yield sent(1.1, "jpush")
    yield read(0.7, "umeng_analytics", 3)
    yield sent(1.4, "umeng_analytics", form="hashed")
    yield read(1.5, "unknown")
    for second in range(3, 20, 2):
        yield read(second + 0.2, "pangle", second)
    yield read(24.0, "jpush")
    yield sent(25.2, "jpush")
    for second in range(62, 74):
        yield read(second + 0.3, "umeng_analytics", 2)


def _use() -> Iterator[Fact]:
    for second in range(76, 148):
        yield read(second + 0.5, "amap", 4)
        if second % 3 == 0:
            yield sent(second + 0.8, "amap", form="encrypted")
    yield read(101, "first_party", 1)
    for second in range(80, 140, 12):
        yield sent(second + 0.1, "umeng_analytics")


def _background() -> Iterator[Fact]:
    for second in range(160, 470, 6):
        yield read(second, "amap", 2)
    for second in range(200, 470, 60):
        yield sent(second + 1, "amap", form="encrypted")
        yield read(second + 4, "jpush", 1)


def second_session() -> list[Fact]:
    """Return a short session in which nobody agrees."""
    day = timedelta(days=1)
    rows = [("prompt", 2.0, {"item": "policy", "phase": "prompt"}),
            ("collect", 4.0, {"actor": "unknown", "info": "device.mac", "phase": "prompt",
                              "item": "appops:WIFI_SCAN"})]  # fmt: skip
    return [Fact(subject=APP, sensor="session", kind=kind, artefact=SECOND,
                 seen_at=START + day + timedelta(seconds=at), **more)
            for kind, at, more in rows]  # fmt: skip


def story_coverage() -> list[Coverage]:
    """Return what a bundle tells of itself, and that all of it was looked at."""
    told = {"bundle": "first-start.zip", "device": {"model": "Sample phone", "rom": "sample-1"},
            "clock": {"offset": 2.5, "uncertainty": 0.4}}  # fmt: skip
    scopes = ("start", "refuse", "accept", "functions", "background", "hooks", "network", "screens")
    return [Coverage(subject=APP, scope=f"session.{scope}", status="ran", artefact=BUNDLE,
                     detail=told) for scope in scopes]  # fmt: skip
