from samples.session_story import button, node
from tests.sensors.session.conftest import about

from hongxian.sensors.session.separate_facts import separate_facts

ASKS = [node("向高德定位SDK提供您的精确位置，用于定位。"), button("同意"), button("拒绝")]
MAIN = [node("灯笼"), button("打开")]


def told(story) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(f.kind, f.item, f.info, f.recipient) for f in separate_facts(about(story))]


def test_a_question_and_the_touch_that_agrees(story) -> None:
    story.mark(0, "accept")
    story.screen(10, ".Main", ASKS)
    story.screen(11, ".Main", ASKS)
    story.tap(12, "同意")
    story.screen(13, ".Main", MAIN)
    assert told(story) == [
        ("prompt", "separate", "location.precise", "amap"),
        ("consent", "separate", "location.precise", "amap"),
    ]


def test_a_refusal_is_no_consent(story) -> None:
    story.screen(10, ".Main", ASKS)
    story.tap(12, "拒绝")
    story.screen(13, ".Main", MAIN)
    assert told(story)[1][:2] == ("refuse", "separate")


def test_a_touch_on_a_later_screen_answers_nothing(story) -> None:
    story.screen(10, ".Main", ASKS)
    story.screen(13, ".Main", MAIN)
    story.tap(14, "同意")
    assert [row[0] for row in told(story)] == ["prompt"]


def test_other_words_answer_nothing(story) -> None:
    story.screen(10, ".Main", ASKS)
    story.tap(12, "了解详情")
    assert [row[0] for row in told(story)] == ["prompt"]


def test_words_that_name_nobody_stand_for_any_third_party(story) -> None:
    story.screen(10, ".Main", [node("需要您的单独同意"), button("同意")])
    assert told(story) == [("prompt", "separate", None, "third_party")]


def test_an_application_inside_the_app_is_called_as_the_mark_calls_it(story) -> None:
    asks = [node("本页面由第三方提供，将收集您的手机号。需要您的单独同意"), button("同意")]
    story.mark(5, "third_party", thing="伙伴优惠")
    story.screen(10, ".Mini", asks)
    story.tap(11, "同意")
    story.mark(20, "function", thing="torch")
    story.screen(21, ".Main", ASKS)
    found = told(story)
    assert ("consent", "separate", "basic.phone", "伙伴优惠") in found
    assert ("prompt", "third_party", None, None) in found
    assert ("prompt", "separate", "location.precise", "伙伴优惠") not in found


def test_an_application_that_opens_without_a_word_gives_no_notice(story) -> None:
    story.mark(5, "third_party", thing="伙伴优惠")
    story.screen(10, ".Mini", MAIN)
    assert told(story) == []
