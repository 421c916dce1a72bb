"""A dump without text is filled from the screenshot, by the models of the extra themselves."""

import pytest
from samples.session_story import BEGIN, OFFSET, dump, node
from tests.sensors.session.conftest import about, recorded
from tests.sensors.session.screens.test_ocr import picture

from hongxian.facts import Reason
from hongxian.sensors.session import pictures
from hongxian.sensors.session.choice_facts import choice_facts
from hongxian.sensors.session.model import Node, Screen
from hongxian.sensors.session.pictures import is_blank
from hongxian.sensors.session.screens import ocr

GAME = [node("", "FrameLayout"), node("", "SurfaceView") | {"class": "android.view.SurfaceView"}]


def show(story, at: float, nodes: list, shot: bytes | None = None) -> None:
    """Show a screen, with a screenshot when there is one."""
    name, more = f"{at}.xml", {}
    if shot is not None:
        more["picture"] = story.writer.member("screenshot", f"{at}.png", shot, format="png")
    member = story.writer.member("screen", name, dump(nodes, story.package), at=BEGIN + at)
    story.writer.event("screen", device=BEGIN + at + OFFSET, member=member, activity=".Game",
                       package=story.package, **more)  # fmt: skip


def test_a_prompt_that_only_the_picture_shows_is_a_prompt(story) -> None:
    story.mark(0, "start")
    show(story, 2, GAME, picture("请阅读《隐私政策》", "不同意", "同意"))
    facts = list(choice_facts(about(story)))
    prompt = next(fact for fact in facts if fact.kind == "prompt")
    assert (prompt.phase, prompt.detail["read_by"]) == ("prompt", "ocr")
    assert {f.item: f.outcome for f in facts if f.kind == "control"} == {
        "agree_button": "works", "refuse_button": "works"
    }  # fmt: skip


def test_a_picture_is_read_only_where_the_dump_has_no_text(story, monkeypatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(pictures, "read_picture", never)
    show(story, 2, [node("灯笼手电筒")], picture("同意"))
    found = recorded(story)
    assert found.screens[0].what.read_by == "dump"
    assert found.unread["screen"] == []


def test_the_same_picture_is_read_once(story, monkeypatch) -> None:
    seen: list[str] = []

    def counted(data: bytes, name: str, unread: list[Reason], **more: object) -> Screen:
        seen.append(name)
        return ocr.read_picture(data, name, unread, **more)

    monkeypatch.setattr(pictures, "read_picture", counted)
    for at in (2, 3):
        show(story, at, GAME, picture("灯笼"))
    assert [one.what.read_by for one in recorded(story).screens] == ["ocr", "ocr"]
    assert len(seen) == 1


def test_screens_that_nobody_can_read_are_counted(story) -> None:
    show(story, 2, GAME)
    show(story, 3, GAME, b"no picture")
    show(story, 4, GAME, picture())
    found = recorded(story).unread["screen"]
    assert Reason("session.blank_screens", {"count": 2}) in found
    assert [one.word for one in found] == ["session_device.no_picture", "session.blank_screens"]


def test_more_pictures_than_anybody_waits_for_are_told(story, monkeypatch) -> None:
    monkeypatch.setattr(pictures, "MOST", 1)
    for at, text in ((2, "灯笼"), (3, "手电筒")):
        show(story, at, GAME, picture(text))
    words = [one.word for one in recorded(story).unread["screen"]]
    assert words == ["session.many_pictures", "session.blank_screens"]


@pytest.mark.parametrize(
    ("nodes", "blank"),
    [
        ((), True),
        ((Node(kind="android.widget.FrameLayout"),), True),
        ((Node(text="x"),), False),
        ((Node(text="x"), Node(kind="android.webkit.WebView")), True),
        ((Node(text="灯笼手电筒的首页"), Node(kind="android.webkit.WebView")), False),
        ((Node(description="灯"),), False),
    ],
)
def test_what_a_blank_dump_is(nodes: tuple[Node, ...], blank: bool) -> None:
    assert is_blank(Screen(at=None, nodes=nodes, locator="1.xml")) is blank
