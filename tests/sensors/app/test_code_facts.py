from __future__ import annotations

from pathlib import Path

import pytest
from tests.sensors.app.conftest import SAMPLES
from tests.sensors.app.dex.maker import Class, dex
from tests.sensors.app.scenes import ACTIVITY, MAIN, SHOW, permissions, scene_of

from hongxian.facts import Fact
from hongxian.laws.permissions import load_android
from hongxian.sensors.app.analysis import Analysis, analyse
from hongxian.sensors.app.attribution import Attribution
from hongxian.sensors.app.catalogue import load_catalogue
from hongxian.sensors.app.code_facts import reading_facts, request_facts
from hongxian.sensors.app.manifest_facts import About
from hongxian.sensors.app.package import open_package
from hongxian.sensors.app.sense import sense_app


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    return sense_app(SAMPLES / "lantern.apk").facts


def test_a_read_before_consent_has_its_actor_and_its_path(facts: list[Fact]) -> None:
    (imei,) = [f for f in facts if f.kind == "reach" and f.info == "device.imei"]
    assert imei.actor == "umeng_analytics"
    assert imei.party
    assert imei.phase == "before_prompt"
    assert imei.certainty == "reachable"
    assert imei.detail["path"][0] == "cn.hongxian.lantern.LanternApp.onCreate"
    assert imei.detail["path"][-1] == imei.item
    assert len(imei.detail["edges"]) == len(imei.detail["path"]) - 1
    assert imei.locator is not None
    assert imei.locator.startswith("classes.dex com.umeng.analytics.DeviceProbe.imei +0x")


def test_a_call_that_nothing_reaches_is_a_call_site(facts: list[Fact]) -> None:
    sites = [f for f in facts if f.kind == "call_site"]
    assert all("path" not in f.detail and f.phase == "unknown" for f in sites)


def test_obfuscated_code_is_not_first_party(facts: list[Fact]) -> None:
    cells = [f for f in facts if "getCellLocation" in str(f.item)]
    assert {f.actor for f in cells} == {"unknown"}
    assert {f.info for f in cells} == {"device.cell", "location.coarse"}


def test_a_batch_of_permissions_says_how_many(facts: list[Fact]) -> None:
    requests = [f for f in facts if f.kind == "request"]
    assert {f.item for f in requests} <= set(load_android())
    assert max(f.amount or 0 for f in requests) >= 5
    assert all(f.detail["path"] for f in requests)


def test_calls_that_hide_or_widen_are_traits(facts: list[Fact]) -> None:
    found = {(f.item, f.detail["api_key"]) for f in facts if f.item in ("hides", "widens")}
    assert any(item == "widens" for item, _ in found)
    assert all(f.amount for f in facts if f.item in ("hides", "widens"))


def test_the_clean_twin_has_no_reach_before_the_prompt() -> None:
    clean = sense_app(SAMPLES / "lantern_clean.apk").facts
    early = [f.item for f in clean if f.kind in ("reach", "request") and f.phase == "before_prompt"]
    assert early == []


def test_a_known_call_of_a_library_is_no_reach(real_apks: dict[str, Path]) -> None:
    (apk,) = [path for name, path in real_apks.items() if "Yosemite" in name]
    found = [f for f in sense_app(apk).facts if "getLastKnownLocation" in str(f.item)]
    explained = [f for f in found if "AppCompat" in f.detail.get("why", "")]
    assert {f.kind for f in explained} == {"call_site"}
    assert all(f.phase != "before_prompt" for f in found)


def test_a_call_without_its_permission_is_no_reach(facts: list[Fact]) -> None:
    lacking = [f for f in facts if f.detail.get("why") == "permission not declared"]
    assert {f.kind for f in lacking} <= {"call_site"}


GET = "Ljava/lang/Class;->getMethod(Ljava/lang/String;)Ljava/lang/reflect/Method;"
ASK = "Landroid/app/Activity;->requestPermissions([Ljava/lang/String;I)V"


def made(*code: tuple) -> tuple[About, Analysis, Attribution]:
    """Return the clean sample with other code in its first screen."""
    screen = Class("Lcn/hongxian/lantern/SplashActivity;", {"onCreate()V": list(code)})
    with open_package(SAMPLES / "lantern_clean.apk") as package:
        catalogue = load_catalogue()
        files = [("classes.dex", dex(screen))]
        code_ = analyse(files, package.manifest, catalogue, catalogue.gate_words())
        whose = Attribution.of(package, code_.program.class_names)
    return About("app:a@1#0", "0" * 64), code_, whose


def test_a_method_named_for_reflection_is_reachable_and_says_so() -> None:
    about, code, whose = made(("text", "getImei", 1), ("virtual", GET, 0, 1))
    declared = frozenset({"android.permission.READ_PHONE_STATE"})
    (fact,) = reading_facts(about, code, whose, declared)
    assert (fact.kind, fact.info, fact.certainty) == ("reach", "device.imei", "reachable")
    assert fact.detail["reflection"] is True
    assert fact.detail["path"][-1] == "java.lang.Class.getMethod"


def test_permissions_in_an_array_kept_elsewhere_are_one_batch() -> None:
    names = ("android.permission.CAMERA", "android.permission.READ_CONTACTS")
    array = [
        step
        for at, name in enumerate(names)
        for step in (("number", 2, at), ("text", name, 3), ("aput", 3, 1, 2))
    ]
    kept = "Lcn/hongxian/lantern/SplashActivity;->all:[Ljava/lang/String;"
    about, code, whose = made(
        ("array", "[Ljava/lang/String;", 1, 2), *array, ("move", 4, 1), ("sput", kept, 1),
        ("virtual", ASK, 0, 4, 2),
    )  # fmt: skip
    asked = list(request_facts(about, code, whose, load_android()))
    assert [fact.item for fact in asked] == list(names)
    assert {fact.amount for fact in asked} == {2.0}


def silent(*more: Class, steps: list[tuple], methods: dict[str, list[tuple]] | None = None) -> bool:
    """Say whether a screen asks for the camera silently, with other code around."""
    screen = Class(MAIN, {"onCreate()V": steps, **(methods or {})}, above=ACTIVITY)
    scene = scene_of(screen, *more)
    (fact,) = request_facts(scene.about, scene.analysis, scene.whose, load_android(), scene.telling)
    return bool(fact.detail.get("silent", False))


CAMERA = "android.permission.CAMERA"
TELL = [("virtual", SHOW, 0)]


def test_a_request_that_comes_by_itself_without_a_word_is_silent() -> None:
    assert silent(steps=permissions(CAMERA))
    assert not silent(steps=permissions(CAMERA), methods={"tell()V": TELL})
    assert silent(Class("Lcn/app/one/Other;", {"tell()V": TELL}), steps=permissions(CAMERA))


def test_a_dialog_of_plumbing_on_the_way_tells_nothing() -> None:
    keep = "Landroidx/core/app/Keep;"
    plumbing = Class(keep, {"go()V": [*TELL, *permissions(CAMERA)]}, static=("go",))
    assert silent(plumbing, steps=[("static", f"{keep}->go()V")])


def test_a_request_through_a_library_may_carry_its_own_words() -> None:
    easy = "Lpub/devrel/easypermissions/EasyPermissions;->requestPermissions([Ljava/lang/String;I)V"
    assert not silent(steps=[*permissions(CAMERA)[:-1], ("static", easy, 1, 2)])


def test_a_request_after_an_act_of_the_person_is_not_called_silent() -> None:
    click = "Landroid/view/View$OnClickListener;"
    listener = Class("Lcn/app/one/Press;", {"<init>()V": [], "onClick(Landroid/view/View;)V":
                     permissions(CAMERA)}, interfaces=(click,))  # fmt: skip
    steps = [("new", "Lcn/app/one/Press;", 1), ("direct", "Lcn/app/one/Press;-><init>()V", 1),
             ("virtual", f"Landroid/view/View;->setOnClickListener({click})V", 0, 1)]  # fmt: skip
    assert not silent(listener, steps=steps)
