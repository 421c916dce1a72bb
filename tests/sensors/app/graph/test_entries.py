from __future__ import annotations

from tests.sensors.app.conftest import SAMPLES

from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.graph.entries import Lifecycle, early_entries, late_entries
from hongxian.sensors.app.graph.hierarchy import Hierarchy
from hongxian.sensors.app.package import open_package

LIFECYCLE = Lifecycle(
    methods={
        "application": ("onCreate", "attachBaseContext"), "activity": ("onCreate",),
        "provider": ("onCreate",), "initializer": ("create",), "receiver": ("onReceive",),
        "service": ("onStartCommand",),
    },
    later={"activity": ("onRequestPermissionsResult",)},
    broadcasts=frozenset({"android.intent.action.BOOT_COMPLETED"}),
    fixed=(("com.kwad.sdk.KsAdSDK", ("init",)), ("com.example.Nowhere", ("x",))),
)  # fmt: skip


def entries(program: Program, find: object) -> dict[str, str]:
    with open_package(SAMPLES / "lantern.apk") as package:
        found = find(Hierarchy(program), package.manifest, LIFECYCLE)  # type: ignore[operator]
    return {program.method_name(entry.method): entry.kind for entry in found}


def test_what_runs_before_any_act(lantern: Program) -> None:
    found = entries(lantern, early_entries)
    assert found["cn.hongxian.lantern.LanternApp.onCreate"] == "application"
    assert found["cn.hongxian.lantern.MainActivity.onCreate"] == "activity"
    assert found["cn.jpush.android.service.InitProvider.onCreate"] == "provider"
    assert found["com.tencent.bugly.BuglyInitializer.create"] == "initializer"
    assert found["cn.hongxian.lantern.BootReceiver.onReceive"] == "receiver"
    assert found["com.kwad.sdk.KsAdSDK.init"] == "framework"
    assert "cn.hongxian.lantern.MenuActivity.onCreate" not in found


def test_later_everything_of_the_manifest_counts(lantern: Program) -> None:
    found = entries(lantern, late_entries)
    assert found["cn.hongxian.lantern.MenuActivity.onCreate"] == "activity"
    assert set(entries(lantern, early_entries)) <= set(found)


def test_what_a_screen_does_afterwards_is_later_only(lantern: Program) -> None:
    answer = "cn.hongxian.lantern.MainActivity.onRequestPermissionsResult"
    assert answer in entries(lantern, late_entries)
    assert answer not in entries(lantern, early_entries)
