from __future__ import annotations

import pytest
from tests.sensors.app.conftest import SAMPLES
from tests.sensors.app.dex.maker import Class
from tests.sensors.app.scenes import ACTIVITY, MAIN, SHOW, main_screen, scene_of

from hongxian.facts import Fact
from hongxian.sensors.app.package import open_package
from hongxian.sensors.app.sense import sense_app
from hongxian.sensors.app.start_facts import start_facts

VIEW = f"{MAIN}->setContentView(I)V"


def found(resource: str, *more: Class, steps: tuple = (), **methods: list[tuple]) -> list[Fact]:
    """Return the facts of a launcher screen that names a resource of the sample."""
    with open_package(SAMPLES / "lantern.apk") as package:
        number = next(
            identifier
            for identifier in (0x7F000000 | kind << 16 | entry for kind in range(9)
                               for entry in range(30))
            if package.resources.name(identifier) == resource
        )  # fmt: skip
        names = ("units", 0x0114, number & 0xFFFF, number >> 16)
        shows = ("virtual", VIEW, 0, 1)
        screen = main_screen(names, shows, *steps, **methods)
        return list(start_facts(scene_of(screen, *more), package))


def test_a_first_screen_that_asks_nothing() -> None:
    (fact,) = found("layout/activity_menu")
    assert (fact.kind, fact.item, fact.certainty) == ("trait", "silent_start", "inferred")
    assert fact.phase == "before_prompt"
    assert fact.locator == "res/layout/activity_menu.xml"
    assert fact.detail["screens"] == ["cn.app.one.Main"]


def test_wording_of_implied_consent_does_not_ask() -> None:
    assert found("layout/activity_main")


def test_a_screen_whose_texts_speak_of_the_policy() -> None:
    assert found("layout/activity_register") == []


def test_a_screen_whose_layout_is_not_seen() -> None:
    assert found("string/torch") == []


@pytest.mark.parametrize(
    "call",
    [
        SHOW,
        f"{MAIN}->startActivity(Landroid/content/Intent;)V",
        "Landroid/webkit/WebView;->loadUrl(Ljava/lang/String;)V",
    ],
)
def test_code_that_can_show_something_by_itself(call: str) -> None:
    assert found("layout/activity_menu", steps=(("virtual", call, 0),)) == []


def test_a_dialog_after_an_act_of_the_person_is_none_at_the_start() -> None:
    assert found("layout/activity_menu", help=[("virtual", SHOW, 0)])


def test_screens_that_others_draw_or_that_are_not_in_the_code() -> None:
    with open_package(SAMPLES / "lantern.apk") as package:
        flutter = Class(MAIN, {"onCreate()V": []}, "Lio/flutter/embedding/android/FlutterActivity;")
        assert list(start_facts(scene_of(flutter), package)) == []
        base = Class("Lnet/other/Base;", {"onCreate()V": []}, ACTIVITY)
        above = Class(MAIN, {"onCreate()V": []}, "Lnet/other/Base;")
        assert list(start_facts(scene_of(above, base), package)) == []
        assert list(start_facts(scene_of(launchers=("cn.app.Nowhere",)), package)) == []


def test_the_samples() -> None:
    def silent(name: str) -> bool:
        return any(f.item == "silent_start" for f in sense_app(SAMPLES / f"{name}.apk").facts)

    assert silent("lantern")
    assert not silent("lantern_clean")
