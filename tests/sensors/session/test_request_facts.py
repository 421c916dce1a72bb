from samples.session_story import SYSTEM, button, node
from tests.sensors.session.conftest import about

from hongxian.sensors.session.request_facts import request_facts

CAMERA = "android.permission.CAMERA"
CONTACTS = "android.permission.READ_CONTACTS"
MAIN = [node("灯笼"), button("打开")]


def dialog(text: str, count: str = "") -> list:
    return [node(text), *([node(count)] if count else []), button("允许"), button("拒绝")]


def facts(story, kind: str) -> list:
    return [fact for fact in request_facts(about(story)) if fact.kind == kind]


def test_a_dialog_is_a_request_and_its_answer_a_choice(story) -> None:
    story.mark(0, "accept")
    story.tap(0, "同意")
    story.screen(10, ".Grant", dialog("允许“灯笼”拍摄照片和录制视频吗？"), SYSTEM)
    story.screen(11, ".Grant", dialog("允许“灯笼”拍摄照片和录制视频吗？"), SYSTEM)
    story.answer(12, CAMERA, "denied")
    made = about(story)
    found = list(request_facts(made))
    assert [(f.kind, f.item, f.outcome) for f in found] == [
        ("request", CAMERA, "denied"), ("refuse", CAMERA, None)
    ]  # fmt: skip
    assert (found[0].amount, found[0].unit, found[0].detail) == (
        1,
        "permission",
        {"trigger": "app"},
    )
    assert found[1].phase == "after_refusal"


def test_a_dialog_after_a_touch_was_called_for(story) -> None:
    story.tap(9, "扫一扫")
    story.screen(10, ".Grant", dialog("拍摄照片"), SYSTEM)
    story.answer(12, CAMERA, "granted")
    found = list(request_facts(about(story)))
    assert found[0].detail == {"trigger": "person"}
    assert (found[1].kind, found[1].item, found[1].phase) == ("consent", CAMERA, "after_consent")


def test_several_in_one_go_are_counted_by_the_system(story) -> None:
    story.screen(10, ".Grant", dialog("拍摄照片", "1/3"), SYSTEM)
    story.screen(12, ".Grant", dialog("访问您的通讯录", "2/3"), SYSTEM)
    assert [f.amount for f in facts(story, "request")] == [3.0, 3.0]


def test_the_same_dialog_again_is_a_second_request(story) -> None:
    for at in (10, 20):
        story.screen(at, ".Grant", dialog("拍摄照片"), SYSTEM)
        story.answer(at + 1, CAMERA, "denied")
        story.screen(at + 2, ".Main", MAIN)
    assert [f.outcome for f in facts(story, "request")] == ["denied", "denied"]


def test_an_answer_without_a_dump_is_a_request_too(story) -> None:
    story.answer(5, CONTACTS, "granted")
    assert [(f.item, f.outcome) for f in facts(story, "request")] == [(CONTACTS, "granted")]


def test_an_answer_of_which_nothing_is_known_is_no_choice(story) -> None:
    story.screen(4, ".Grant", dialog("访问您的通讯录"), SYSTEM)
    story.answer(5, CONTACTS, "went away")
    found = list(request_facts(about(story)))
    assert [(f.kind, f.outcome) for f in found] == [("request", None)]


def test_fields_ask_for_pi_and_on_the_way_to_a_right_say_so(story) -> None:
    form = [node("身份证号"), node("", "EditText"), button("提交")]
    story.mark(0, "function", thing="实名")
    story.screen(1, ".Form", form)
    story.screen(2, ".Form", form)
    story.mark(5, "cancel_account")
    story.screen(6, ".Cancel", form)
    story.screen(7, ".Other", form, "com.other")
    found = facts(story, "request")
    assert [(f.item, f.info, f.unit, f.detail) for f in found] == [
        ("field:identity.doc_number", "identity.doc_number", "field", {}),
        ("field:identity.doc_number", "identity.doc_number", "field", {"flow": "cancel_account"}),
    ]


def test_a_purpose_is_told_as_long_as_it_stands(story) -> None:
    why = [node("需要相机权限，用于扫描二维码"), button("好")]
    story.screen(1, ".Main", why)
    story.screen(2, ".Main", why)
    story.screen(3, ".Main", [node("通讯录用于提升体验")])
    assert [(f.detail["about"], f.outcome) for f in facts(story, "prompt")] == [
        (CAMERA, "clear"), (CONTACTS, "vague")
    ]  # fmt: skip
