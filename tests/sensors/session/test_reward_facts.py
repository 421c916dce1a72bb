from samples.session_story import SYSTEM, button, node
from tests.sensors.session.conftest import about

from hongxian.sensors.session.reward_facts import reward_facts

FIELD = node("", "EditText", hint="身份证号码")
DIALOG = [node("允许“灯笼”访问您的通讯录吗？"), button("允许"), button("拒绝")]


def told(story) -> list[tuple[str | None, str | None]]:
    return [(fact.item, fact.info) for fact in reward_facts(about(story))]


def test_a_form_that_holds_out_a_red_packet(story) -> None:
    story.screen(1, ".Gift", [node("填写后领取红包"), FIELD, button("领取")])
    story.screen(2, ".Gift", [node("填写后领取红包"), FIELD, button("领取")])
    assert told(story) == [("reward", "identity.doc_number")]


def test_a_touch_on_a_reward_that_calls_for_a_permission(story) -> None:
    story.tap(1, "立即领取现金奖励")
    story.screen(2, ".Grant", DIALOG, SYSTEM)
    assert told(story) == [("reward", "contact.address_book")]


def test_neither_a_form_without_reward_nor_a_reward_without_form(story) -> None:
    story.screen(1, ".Register", [node("实名认证"), FIELD])
    story.screen(2, ".Gift", [node("恭喜获得红包"), button("知道了")])
    story.tap(3, "邀请好友")
    story.screen(4, ".Grant", DIALOG, SYSTEM)
    story.screen(9, ".Grant", [node("允许“灯笼”做些什么吗？"), button("拒绝")], SYSTEM)
    story.screen(10, ".Gift", [node("领取红包"), FIELD], "com.android.launcher3")
    assert told(story) == []
