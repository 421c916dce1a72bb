from samples.session_story import BEGIN, OFFSET, node
from tests.sensors.session.conftest import recorded

from hongxian.sensors.session.clock import Instant


def test_everything_of_a_bundle_is_read_in_the_order_of_time(story) -> None:
    story.tap(3, "开始")
    story.mark(1, "start")
    story.screen(2, ".Main", [node("灯笼")])
    story.answer(4, "android.permission.CAMERA", "denied")
    story.writer.event("lost", host=BEGIN, tool="hooks", reason="the app closed the port")
    story.package_state(5, {"android.permission.CAMERA": False})
    text = "Uid state:\n"
    story.writer.member("appops", "1.txt", text.encode(), at=BEGIN)
    found = recorded(story)
    assert [one.what.name for one in found.marks] == ["start"]
    assert found.taps[0].what.text == "开始"
    screen = found.screens[0]
    assert (screen.what.activity, screen.what.package) == (".Main", "cn.example.app")
    assert screen.instant == Instant(device=BEGIN + 2 + OFFSET)
    assert found.answers[0].what.granted is False
    assert found.lost == {"hooks": "the app closed the port"}
    assert found.packages[0].what.version == "1.0"
    assert [g.granted for g in found.packages[0].what.grants] == [False]


def test_a_screen_without_a_word_in_the_timeline_has_the_time_of_its_file(story) -> None:
    from samples.session_story import dump

    data = dump([node("灯笼")], "cn.example.app")
    story.writer.member("screen", "9.xml", data, at=BEGIN, clock="host")
    found = recorded(story)
    assert found.screens[0].instant == Instant(host=BEGIN)
    assert found.screens[0].what.package == "cn.example.app"


def test_what_cannot_be_read_is_noted_by_its_role(story) -> None:
    story.writer.member("screen", "1.xml", b"no xml at all")
    story.writer.member("package", "1.txt", b"nothing")
    story.writer.event("mark", host=1.0, name="dance")
    found = recorded(story)
    assert found.screens == []
    assert found.marks == []
    assert found.unread["screen"]
    assert found.unread["package"]


def test_stretches_hold_what_lies_inside(story) -> None:
    for at in (1, 2, 3):
        story.tap(at, str(at))
    found = recorded(story)
    inside = found.between(Instant(host=BEGIN + 1.5), Instant(host=BEGIN + 3), found.taps)
    assert [one.what.text for one in inside] == ["2"]
    assert len(found.between(Instant(host=BEGIN), None, found.taps)) == 3
