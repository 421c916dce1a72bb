from __future__ import annotations

from tests.sensors.app.dex.maker import Class
from tests.sensors.app.scenes import ACTIVITY, MAIN, permissions, scene_of

from hongxian.facts import Fact
from hongxian.laws.permissions import load_android
from hongxian.sensors.app.refusal_facts import refusal_facts

CAMERA = "android.permission.CAMERA"
ANSWERS = "onRequestPermissionsResult(I)V"
FINISH = ("virtual", f"{MAIN}->finish()V", 0)
AGAIN = ("virtual", f"{MAIN}->again()V", 0)
START = ("virtual", f"{MAIN}->startActivity(Landroid/content/Intent;)V", 0, 1)
GRANTED = [("units", 0x0144, 2 | 3 << 8), ("units", 0x0139, 3), ("units", 0x0E)]
"""``aget v1``, ``if-nez v1`` to the denial behind, ``return-void``."""


def facts(*steps: tuple, answers: bool = True, **methods: list[tuple]) -> list[Fact]:
    """Return the facts of a launcher screen that does this after a denial."""
    code = {"onCreate()V": permissions(CAMERA), "again()V": permissions(CAMERA)}
    code |= {f"{name}()V": body for name, body in methods.items()}
    if answers:
        code[ANSWERS] = [*GRANTED, *steps]
    return list(refusal_facts(scene_of(Class(MAIN, code, above=ACTIVITY)), load_android()))


def test_a_screen_that_asks_again_by_a_helper() -> None:
    (fact,) = facts(AGAIN)
    assert (fact.kind, fact.item, fact.phase) == ("request", CAMERA, "after_refusal")
    assert (fact.certainty, fact.actor, fact.amount) == ("reachable", "first_party", 1.0)
    assert fact.detail["path"][:2] == [
        "cn.app.one.Main.onRequestPermissionsResult",
        "cn.app.one.Main.again",
    ]


def test_a_first_screen_that_ends_is_blocked_without_the_permission() -> None:
    (fact,) = facts(FINISH)
    assert (fact.kind, fact.item, fact.outcome) == ("function", "basic", "blocked")
    assert (fact.phase, fact.certainty) == ("after_refusal", "reachable")
    assert fact.detail["refused"] == CAMERA


def test_a_screen_that_goes_on_to_another_one_is_not_blocked() -> None:
    assert facts(START, FINISH) == []
    assert facts(("virtual", f"{MAIN}->home()V", 0), home=[START, FINISH]) == []


def test_nothing_after_a_denial_and_no_answers() -> None:
    assert facts() == []
    assert facts(answers=False) == []


def test_another_screen_may_end_without_its_permission() -> None:
    scan = "Lcn/app/one/Scan;"
    steps = [*GRANTED, ("virtual", f"{scan}->finish()V", 0)]
    other = Class(scan, {ANSWERS: steps, "go()V": permissions(CAMERA)}, above=ACTIVITY)
    main = Class(MAIN, {"onCreate()V": []}, above=ACTIVITY)
    assert list(refusal_facts(scene_of(main, other), load_android())) == []
