from __future__ import annotations

from pathlib import Path

import pytest
from tests.sensors.app.conftest import SAMPLES

from hongxian.facts import Fact
from hongxian.laws.permissions import load_android
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
