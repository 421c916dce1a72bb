from __future__ import annotations

from pathlib import Path

import pytest
from tests.sensors.app.conftest import SAMPLES
from tests.sensors.app.package.apks import write
from tests.sensors.app.package.makers import E, M, axml

from hongxian.facts import Fact
from hongxian.sensors.app.interface_facts import CONSENT, IMPLIED, interface_facts, texts_of
from hongxian.sensors.app.manifest_facts import About
from hongxian.sensors.app.package import open_package


def facts(name: str, *, advertises: bool = True) -> list[Fact]:
    with open_package(SAMPLES / f"{name}.apk") as package:
        about = About("app:a@1#0", package.sha256)
        return list(interface_facts(about, package, advertises=advertises))


def test_a_ticked_consent_box_is_found_in_its_layout() -> None:
    (box,) = [f for f in facts("lantern") if f.kind == "state"]
    assert (box.item, box.outcome, box.certainty) == ("consent_box", "checked", "declared")
    assert box.locator is not None
    assert box.locator.startswith("res/")


def test_wording_of_implied_consent_is_found_in_the_texts() -> None:
    (words,) = [f for f in facts("lantern") if f.kind == "section"]
    assert words.item == "implied_consent_wording"
    assert "footer" in str(words.locator)


def test_a_switch_is_missing_only_where_there_are_ads_and_no_text_names_one() -> None:
    def missing(found: list[Fact]) -> list[str | None]:
        return [f.outcome for f in found if f.item == "personalised_off"]

    assert missing(facts("lantern")) == ["missing"]
    assert missing(facts("lantern", advertises=False)) == []
    assert missing(facts("lantern_clean")) == []


def test_the_clean_twin_shows_neither_box_nor_wording() -> None:
    assert [f for f in facts("lantern_clean") if f.kind in ("state", "section")] == []


@pytest.mark.parametrize(
    ("text", "implied"),
    [
        ("使用本应用即表示您同意《用户协议》和《隐私政策》", True),
        ("点击登录视为同意隐私政策", True),
        ("By continuing you agree to our Privacy Policy", True),
        ("我已阅读并同意《用户协议》和《隐私政策》", False),
        ("注册后可在设置中查看隐私政策", False),
        ("使用本应用即可领取优惠", False),
    ],
)
def test_wording(text: str, implied: bool) -> None:
    assert bool(IMPLIED.search(text) and CONSENT.search(text)) is implied


def test_the_texts_of_a_layout() -> None:
    with open_package(SAMPLES / "lantern.apk") as package:
        assert "身份证号码" in texts_of(package, "res/layout/activity_register.xml")
        assert texts_of(package, "res/layout/nowhere.xml") == []


def test_included_layouts_are_read_once(tmp_path: Path) -> None:
    def layout(*children: E) -> bytes:
        return axml(E("LinearLayout", {}, list(children)))

    apk = write(
        tmp_path / "a.apk",
        M("res/one.xml", layout(E("TextView", {"android:text": "one"}),
                                E("include", {"layout": "res/two.xml"}))),
        M("res/two.xml", layout(E("EditText", {"android:hint": "two"}),
                                E("include", {"layout": "res/one.xml"}))),
    )  # fmt: skip
    with open_package(apk) as package:
        assert texts_of(package, "res/one.xml") == ["one", "two"]
