from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hongxian.laws.sdks import load_sdks
from hongxian.sensors.app.attribution import Attribution, embedded_sdks, own_packages
from hongxian.sensors.app.catalogue.source import rows
from hongxian.sensors.app.package import open_package

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.program import Program

SAMPLES = Path(__file__).parents[3] / "samples"
APP = Attribution(["com.example.shop", "com"])


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("com.example.shop.Main", "first_party"),
        ("com.example.shop.ui.Main$1", "first_party"),
        ("com.example.shopping.Main", "unknown"),
        ("com.example.Other", "unknown"),
        ("com.umeng.analytics.MobclickAgent", "umeng_analytics"),
        ("com.umeng.analyticsx.Thing", "unknown"),
        ("cn.jiguang.verifysdk.api.JVerificationInterface", "jverify"),
        ("cn.jiguang.api.JCoreInterface", "jpush"),
        ("androidx.core.app.ActivityCompat", "library"),
        ("android.support.v4.app.Fragment", "library"),
        ("okhttp3.OkHttpClient", "library"),
        ("android.app.Activity", "system"),
        ("java.lang.Thread", "system"),
        ("org.json.JSONObject", "system"),
        ("a.b.c", "unknown"),
        ("Main", "unknown"),
        ("com.some.stranger.Thing", "unknown"),
    ],
)
def test_whose_code_a_class_is(name: str, actor: str) -> None:
    assert APP.actor(name).actor == actor


def test_an_sdk_comes_with_its_company_a_library_with_its_key() -> None:
    sdk = APP.actor("com.umeng.analytics.MobclickAgent")
    assert sdk.party == load_sdks()["umeng_analytics"].company
    assert sdk.reason == "com.umeng.analytics"
    assert APP.actor("okhttp3.OkHttpClient").library
    assert APP.actor("com.example.shop.Main").party is None


def test_the_reason_tells_renamed_code_from_strangers() -> None:
    assert "renamed" in APP.actor("a.b.c").reason
    assert "renamed" in APP.actor("Main").reason
    assert "renamed" not in APP.actor("com.some.stranger.Thing").reason


def test_the_apps_own_package_inside_a_vendors_is_its_own() -> None:
    vendor = Attribution(["com.facebook.katana"])
    assert vendor.actor("com.facebook.katana.Main").actor == "first_party"
    assert vendor.actor("com.facebook.appevents.Logger").actor == "facebook"


def test_the_same_answer_comes_again() -> None:
    assert APP.actor("com.example.shop.A") == APP.actor("com.example.shop.B")


@pytest.mark.parametrize(
    ("package", "components", "starters", "own"),
    [
        ("com.example.shop", ["com.example.shop.Main"], ["com.example.shop.Main"],
         ("com.example.shop",)),
        ("com.example.shop.beta", ["org.shop.ui.Main", "org.shop.pay.Pay"], ["org.shop.ui.Main"],
         ("com.example.shop.beta", "org.shop")),
        ("com.example.shop", ["org.shop.ui.Main"], ["org.shop.ui.Main"],
         ("com.example.shop", "org.shop.ui")),
        ("com.example.shop", ["cn.jpush.android.service.PushService"],
         ["com.unity3d.player.UnityPlayerActivity"], ("com.example.shop",)),
        ("com.example.shop", ["a.b.C"], ["a.b.C"], ("com.example.shop",)),
        # a packer's application object
        ("com.example.shop", ["com.stub.Other"], ["com.stub.StubApp"], ("com.example.shop",)),
        ("com.example.shop", [], ["com.tencent.StubShell.TxAppEntry"], ("com.example.shop",)),
        # a name that many share: the third segment is the party
        ("com.example.shop", ["com.github.other.lib.B"], ["com.github.me.ui.Main"],
         ("com.example.shop", "com.github.me.ui")),
        ("com.example.shop", [], ["cn.com.Main"], ("com.example.shop",)),
        # a vendor's name, with SDKs below it
        ("com.example.shop", ["com.tencent.other.Page", "com.tencent.game.pay.Pay"],
         ["com.tencent.game.ui.Main"], ("com.example.shop", "com.tencent.game")),
        ("com.example.shop", [], ["com.tencent.Main"], ("com.example.shop",)),
        ("shop", ["Main"], ["Main"], ()),
        ("", [], [], ()),
    ],
)  # fmt: skip
def test_the_apps_own_packages(
    package: str, components: list[str], starters: list[str], own: tuple[str, ...]
) -> None:
    assert own_packages(package, components, starters) == own


def test_the_sample_is_divided_among_its_parties(lantern: Program) -> None:
    with open_package(SAMPLES / "lantern.apk") as package:
        whose = Attribution.of(package, lantern.class_names)
    assert whose.own == (package.manifest.package,)
    defined = np.flatnonzero(lantern.class_defined).tolist()
    actors = {whose.actor(lantern.class_name(number)).actor for number in defined}
    assert {"first_party", "umeng_analytics", "jpush", "unknown"} <= actors


def test_a_changed_application_id_leads_to_the_parent_that_has_code() -> None:
    with open_package(SAMPLES / "lantern.apk") as package:
        name = package.manifest.package
        parent = name.replace(".", "/").encode()
        object.__setattr__(package.manifest, "package", f"{name}.beta.two")
        object.__setattr__(package.manifest, "components", ())
        object.__setattr__(package.manifest, "application", None)
        whose = Attribution.of(package, [b"L" + parent + b"/Main;"])
        assert whose.own == (f"{name}.beta.two", name)
        assert Attribution.of(package, [b"Lother/Main;"]).own == (f"{name}.beta.two",)
        object.__setattr__(package.manifest, "package", "")
        assert Attribution.of(package, []).own == ()


def test_sdks_are_seen_by_class_component_and_native_library() -> None:
    found = embedded_sdks(
        [
            b"Lcom/umeng/analytics/A;",
            b"Lcom/umeng/analytics/B;",
            b"Lokhttp3/Call;",
            b"[I",
            b"La/b;",
        ],
        ["cn.jpush.android.service.PushService", "com.example.Main"],
        ["libmsaoaidsec.so", "libBugly.so", "libAMapSDK_MAP_v10_0_700.so", "libown.so"],
    )
    assert {one.key: one.evidence for one in found} == {
        "umeng_analytics": "class com.umeng.analytics.A",
        "jpush": "component cn.jpush.android.service.PushService",
        "msa_oaid": "library libmsaoaidsec.so",
        "bugly": "library libBugly.so",
        "amap": "library libAMapSDK_MAP_v10_0_700.so",
    }


def test_every_native_library_leads_to_a_listed_sdk() -> None:
    listed = rows("native_libraries")["library"]
    assert {row["sdk"] for row in listed} <= set(load_sdks())
    assert {row["seen"] for row in listed} <= {"file", "label", "public", "memory"}


def test_the_code_of_a_vendors_own_app_is_no_sdk_in_it() -> None:
    classes = [b"Lcom/tencent/map/ama/Main;", b"Lcom/tencent/bugly/Bugly;"]
    found = embedded_sdks(classes, ["com.tencent.map.Start"], [], own=["com.tencent.map"])
    assert [one.key for one in found] == ["bugly"]
    assert [one.key for one in embedded_sdks(classes, [], [])] == ["bugly", "tencent_map"]
