from __future__ import annotations

from tests.sensors.app.conftest import SAMPLES

from hongxian.facts import Fact
from hongxian.laws.permissions import load_android
from hongxian.sensors.app.manifest_facts import About, manifest_facts, policy_facts, subject_of
from hongxian.sensors.app.package import open_package


def facts(name: str) -> list[Fact]:
    with open_package(SAMPLES / f"{name}.apk") as package:
        about = About(subject_of(package), package.sha256)
        return [
            *manifest_facts(about, package, load_android()),
            *policy_facts(about, package),
        ]


def traits(name: str) -> dict[str | None, Fact]:
    return {f.item: f for f in facts(name) if f.kind == "trait"}


def test_declared_permissions_have_their_level() -> None:
    levels = {f.item: f.detail["level"] for f in facts("lantern") if f.kind == "permission"}
    assert levels["android.permission.READ_CONTACTS"] == "dangerous"
    assert levels["android.permission.INTERNET"] == "normal"


def test_traits_of_the_sample() -> None:
    found = traits("lantern")
    assert found["target_sdk"].amount
    assert "CN=" in found["signer"].detail["subject"]
    assert traits("lantern_legacy")["target_sdk"].amount == 22


def test_exported_components_are_counted() -> None:
    found = traits("lantern").get("exported")
    assert found is None or found.amount == len(found.detail["components"])
    assert "exported" in traits("lantern")


def test_a_policy_link_is_published_without_its_query() -> None:
    published = [f for f in facts("lantern_clean") if f.kind == "publish"]
    assert {f.item for f in published} >= {"policy"}
    assert all(f.locator and "?" not in str(f.detail["link"]) for f in published)


def test_every_fact_names_the_file_it_was_seen_in() -> None:
    assert all(f.artefact and f.sensor == "app" for f in facts("lantern"))
