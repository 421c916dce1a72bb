from samples.session_story import HOME, node
from tests.sensors.session.conftest import about

from hongxian.sensors.session.act_facts import act_facts

CAMERA = "android.permission.CAMERA"


def facts(story) -> list:
    return list(act_facts(about(story)))


def test_functions_tell_whether_they_work_after_a_refusal(story) -> None:
    story.mark(0, "accept")
    story.mark(5, "function", thing="torch", kind="basic", outcome="blocked", refused=CAMERA)
    story.mark(9, "function", thing="scan", outcome="available")
    story.mark(10, "function", thing="odd", outcome="perhaps")
    found = facts(story)
    assert [(f.item, f.outcome, f.phase, f.detail) for f in found] == [
        ("basic", "blocked", "after_refusal", {"function": "torch", "refused": CAMERA}),
        ("scan", "available", "after_consent", {"function": "scan"}),
    ]


def test_an_existing_function_after_an_update(story) -> None:
    story.mark(0, "update")
    story.mark(2, "function", thing="torch", kind="existing", outcome="available",
               refused="policy", replaced=True)  # fmt: skip
    found = [f for f in facts(story) if f.kind == "function"]
    assert (found[0].item, found[0].phase) == ("existing", "after_update")
    assert found[0].detail == {"function": "torch", "refused": "policy", "replaced": True}


def test_rights_tell_how_they_went(story) -> None:
    story.mark(0, "correct", outcome="works", taps=4)
    story.mark(5, "delete", outcome="missing")
    story.mark(9, "cancel_account")
    assert [(f.kind, f.item, f.outcome, f.amount) for f in facts(story)] == [
        ("control", "correct", "works", 4.0), ("control", "delete", "missing", None)
    ]  # fmt: skip


def test_an_app_that_leaves_after_a_denial_blocks_its_function(story) -> None:
    story.mark(0, "start")
    story.screen(1, ".Main", [node("灯笼")])
    story.mark(10, "deny", permission=CAMERA)
    story.screen(12, ".Home", [node("桌面")], HOME)
    found = facts(story)
    assert [(f.item, f.outcome, f.detail) for f in found] == [
        ("basic", "blocked", {"refused": CAMERA, "left": True})
    ]


def test_an_app_that_stays_or_is_left_later_blocks_nothing(story) -> None:
    story.mark(0, "start")
    story.screen(1, ".Main", [node("灯笼")])
    story.mark(10, "deny", permission=CAMERA)
    story.screen(12, ".Main", [node("灯笼")])
    story.mark(30, "deny")
    story.screen(31, ".Home", [node("桌面")], HOME)
    story.mark(60, "refuse")
    story.screen(99, ".Home", [node("桌面")], HOME)
    assert facts(story) == []


def test_grants_and_switches_are_compared_over_an_update(story) -> None:
    def settings(on: bool) -> list:
        return [node("个性化推荐"), node("", "Switch", checkable=True, checked=on)]

    story.mark(0, "start")
    story.mark(1, "accept")
    story.tap(1, "同意")
    story.package_state(2, {CAMERA: False})
    story.screen(3, ".Settings", settings(False))
    story.screen(4, ".Settings", settings(False))
    story.mark(10, "update")
    story.package_state(12, {CAMERA: True}, "2.0")
    story.screen(13, ".Settings", settings(True))
    story.screen(14, ".Other", settings(True), "com.other")
    found = [(f.item, f.outcome, f.phase) for f in facts(story) if f.kind == "state"]
    assert found == [
        (CAMERA, "denied", "after_consent"), (CAMERA, "granted", "after_update"),
        ("setting:个性化推荐", "unchecked", "after_consent"),
        ("setting:个性化推荐", "checked", "after_update"),
    ]  # fmt: skip


def test_without_an_update_nothing_is_compared(story) -> None:
    story.mark(0, "start")
    story.package_state(2, {CAMERA: False})
    assert facts(story) == []
