"""A fictional app whose facts are written by hand, so that every verdict and table is there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hongxian.facts import Coverage, Fact, Run, Store
from hongxian.judge.reference import reference_tables
from hongxian.judge.run import Ruling, judge
from hongxian.judge.views import prepare
from hongxian.reports import Origin, Report, build_report
from hongxian.rules.load import load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

JUDGED_AT = datetime.fromisoformat("2026-11-20T09:30:00")
SHA = "5f0c3a9d17e2" + "0" * 52
APP = f"app:com.lantern.map@2.4.0#{SHA[:12]}"
TWIN = f"app:com.lantern.clean@1.0#{'ab' * 6}"
START = datetime.fromisoformat("2026-11-19T10:00:00")

_PREFIX = "com.lantern.map"
_PATHS = {
    "device.imei": (
        "umeng_analytics",
        "android.telephony.TelephonyManager.getImei",
        [f"{_PREFIX}.LanternApp.onCreate", "com.umeng.commonsdk.UMConfigure.init",
         "com.umeng.commonsdk.internal.Collector.run", "com.umeng.commonsdk.utils.DeviceId.imei",
         "android.telephony.TelephonyManager.getImei"],
    ),
    "device.android_id": (
        "jpush",
        "android.provider.Settings$Secure.getString",
        [f"{_PREFIX}.LanternApp.attachBaseContext", "cn.jpush.android.api.JPushInterface.init",
         "cn.jpush.android.service.Ids.read", "android.provider.Settings$Secure.getString"],
    ),
    "device.mac": (
        "unknown",
        "android.net.wifi.WifiInfo.getMacAddress",
        [f"{_PREFIX}.BootReceiver.onReceive", "a.b.c.d", "android.net.wifi.WifiInfo.getMacAddress"],
    ),
    "device.app_list": (
        "pangle",
        "android.content.pm.PackageManager.getInstalledPackages",
        [f"{_PREFIX}.SplashActivity.onCreate", "com.bytedance.sdk.openadsdk.TTAdSdk.init",
         "android.content.pm.PackageManager.getInstalledPackages"],
    ),
}  # fmt: skip

_SITES = [
    ("location.precise", "amap", "com.amap.api.location.AMapLocationClient.startLocation"),
    ("location.precise", "first_party", "android.location.LocationManager.requestLocationUpdates"),
    ("contact.address_book", "first_party", "content://com.android.contacts"),
    ("device.oaid", "umeng_analytics", "com.umeng.commonsdk.statistics.idtracking.OaidTracker.get"),
    ("media.photo", "library", "android.hardware.camera2.CameraManager.openCamera"),
    ("device.imsi", "umeng_analytics", "android.telephony.TelephonyManager.getSubscriberId"),
    ("device.imei", "first_party", "android.telephony.TelephonyManager.getDeviceId"),
]

_PERMISSIONS = [
    ("android.permission.READ_PHONE_STATE", "dangerous"),
    ("android.permission.ACCESS_FINE_LOCATION", "dangerous"),
    ("android.permission.READ_CONTACTS", "dangerous"),
    ("android.permission.READ_CALENDAR", "dangerous"),
    ("android.permission.CAMERA", "dangerous"),
    ("android.permission.INTERNET", "normal"),
    ("android.permission.WAKE_LOCK", "normal"),
]

_HOSTS = [
    ("ulogs.umeng.com", "umeng_analytics", False),
    ("api.lantern-map.example", "first_party", False),
    ("log.lantern-map.example", "first_party", True),
    ("cdn.zx81.example", None, True),
]


def _fact(kind: str, **fields: Any) -> Fact:
    return Fact(**{"subject": APP, "sensor": "app", "kind": kind, "artefact": SHA} | fields)


def _reach(info: str, actor: str, api: str, path: list[str]) -> Fact:
    edges = ["call"] * (len(path) - 2) + ["virtual"]
    return _fact(
        "reach",
        info=info,
        actor=actor,
        item=api,
        phase="before_prompt",
        certainty="reachable",
        locator="classes2.dex Lcom/x/Y;->init()V +0x1c",
        detail={"path": path, "entry": path[0], "edges": edges, "api_key": api},
    )


def app_facts() -> list[Fact]:
    """What the package alone shows."""
    facts = [
        _fact("trait", item="target_sdk", amount=22, certainty="declared"),
        _fact("trait", item="cleartext", certainty="declared"),
        _fact("trait", item="signer", certainty="declared",
              detail={"subject": "CN=Lantern Example Ltd, O=Lantern, C=CN"}),
        _fact("publish", item="policy", certainty="declared", locator="res/values/strings.xml"),
        _fact("request", item=", ".join(n for n, lv in _PERMISSIONS if lv == "dangerous"),
              amount=5, unit="permission", actor="first_party", certainty="reachable"),
    ]  # fmt: skip
    facts += [_reach(info, *found) for info, found in _PATHS.items()]
    facts += [
        _fact("call_site", info=i, actor=a, item=api, amount=3, unit="call", certainty="reachable")
        for i, a, api in _SITES
    ]
    facts += [
        _fact("permission", item=name, certainty="declared", detail={"level": level})
        for name, level in _PERMISSIONS
    ]
    actors = ("umeng_analytics", "jpush", "pangle", "amap")
    facts += [_fact("embed", actor=actor, locator="classes.dex") for actor in actors]
    facts += [
        _fact(
            "address", item=host, recipient=to, certainty="reachable", detail={"cleartext": clear}
        )
        for host, to, clear in _HOSTS
    ]
    return facts


def session_facts() -> list[Fact]:
    """What a watched first start adds."""

    def at(seconds: float, kind: str, **fields: Any) -> Fact:
        moment = START + timedelta(seconds=seconds)
        fields.setdefault("phase", "before_prompt" if seconds < 4 else "after_consent")
        return _fact(kind, sensor="session", seen_at=moment, **fields)

    return [
        at(0.4, "collect", info="device.android_id", actor="jpush",
           item="android.provider.Settings$Secure.getString"),
        at(1.1, "transmit", info="device.android_id", actor="jpush", recipient="jpush",
           item="tsis.jpush.cn", form="clear"),
        at(2.0, "prompt", item="policy", phase="prompt"),
        at(6.5, "consent", item="policy", phase="after_consent"),
        at(9.0, "collect", info="location.precise", actor="amap",
           item="com.amap.api.location.AMapLocationClient.startLocation"),
        at(9.8, "transmit", info="location.precise", actor="amap",
           recipient="amap", item="restsdk.amap.com", form="encrypted"),
    ]  # fmt: skip


def coverage(*, session: bool) -> list[Coverage]:
    """The package was read, its code in part; the session where it is there."""
    states = [("app.manifest", "ran", None), ("app.resources", "ran", None),
              ("app.code", "ran", None),
              ("app.native", "partial", "libshell.so was not opened: packed by Legu")]  # fmt: skip
    if session:
        states += [(f"session.{s}", "ran", None) for s in ("start", "hooks", "network", "screens")]
    return [Coverage(subject=APP, scope=s, status=t, reason=r) for s, t, r in states]


def answer(rule: str = "method.6.4", verdict: str = "satisfied") -> Fact:
    """A person settled what no sensor sees."""
    return _fact(
        "answer",
        sensor="answer",
        item=rule,
        outcome=verdict,
        actor="L. Chen",
        effective_at=datetime.fromisoformat("2026-11-01"),
        certainty="declared",
        artefact=None,
    )


def make_store(facts: Sequence[Fact], covered: Sequence[Coverage]) -> Store:
    """Return a store with these facts, as sensors leave it."""
    store = Store()
    for sensor in ("app", "session", "answer"):
        run = Run(sensor=sensor, subject=APP, artefact=SHA)
        store.begin(run)
        store.add_facts(run, [fact for fact in facts if fact.sensor == sensor])
        store.add_coverage(run, [one for one in covered if one.sensor == sensor])
        store.finish(run)
    return store


def judged(store: Store, subjects: Sequence[tuple[str, str | None]]) -> list[Ruling]:
    """Prepare the views and judge."""
    rows = [(subject, app_type, JUDGED_AT) for subject, app_type in subjects]
    prepare(store, reference_tables(rows, load_rules(), {}, JUDGED_AT.date()))
    return judge(store, load_rules())


def make_report(
    facts: Sequence[Fact],
    covered: Sequence[Coverage],
    subjects: Sequence[tuple[str, str | None]] = ((APP, "map"),),
) -> Report:
    """Return the report on facts, as the command line makes it."""
    store = make_store(facts, covered)
    origin = Origin(judged_at=JUDGED_AT, version="0.1.0", command="hongxian audit lantern.apk")
    report = build_report(store, load_rules(), judged(store, subjects), origin)
    store.close()
    return report


@pytest.fixture(scope="session")
def static() -> Report:
    """The report on the package alone, with one answer of a person."""
    return make_report([*app_facts(), answer()], coverage(session=False))


@pytest.fixture(scope="session")
def watched() -> Report:
    """The report on the package and a session."""
    return make_report([*app_facts(), *session_facts(), answer()], coverage(session=True))


@pytest.fixture(scope="session")
def both() -> Report:
    """Two subjects in one report: the second one has nothing but its name."""
    facts = [*app_facts(), *session_facts(), answer()]
    return make_report(facts, coverage(session=True), [(APP, "map"), (TWIN, None)])


@pytest.fixture(scope="session")
def storied() -> Report:
    """A report with two sessions of many moments: stacks, a refusal, a consent, the background."""
    from tests.reports.story import second_session, story_coverage, story_facts

    facts = [*app_facts(), *story_facts(), *second_session()]
    return make_report(facts, [*coverage(session=False), *story_coverage()])
