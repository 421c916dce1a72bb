from samples.session_story import button, node
from tests.sensors.session.conftest import about

from hongxian.sensors.session.choice_facts import choice_facts

ASKS = [node("请阅读并同意《隐私政策》"), button("不同意"), button("同意")]
FORCED = [
    node("欢迎"), node("", "CheckBox", checkable=True, checked=True),
    node("我已阅读并同意《隐私政策》"), button("同意"),
]  # fmt: skip
MAIN = [node("灯笼"), button("打开")]
POLICY = [node("隐私政策"), node("我们收集您的手机号，用于登录。" * 60)]


def told(story) -> dict[tuple[str, str], list]:
    found: dict[tuple[str, str], list] = {}
    for fact in choice_facts(about(story)):
        found.setdefault((fact.kind, fact.item), []).append(fact)
    return found


def test_prompt_and_consent_are_facts_with_their_place(story) -> None:
    story.mark(0, "start")
    story.screen(2, ".Main", ASKS)
    story.screen(3, ".Main", ASKS)
    story.mark(5, "accept")
    story.tap(6, "同意")
    found = told(story)
    prompt = found["prompt", "policy"]
    assert len(prompt) == 1
    assert (prompt[0].phase, prompt[0].locator) == ("prompt", "screen/0001.xml")
    assert prompt[0].detail["links"] == ["隐私政策"]
    assert found["control", "agree_button"][0].outcome == "works"
    assert found["control", "refuse_button"][0].outcome == "works"
    assert ("state", "consent_box") not in found
    consent = found["consent", "policy"][0]
    assert (consent.outcome, consent.phase, consent.seen_at.second) == (
        "express", "after_consent", 46
    )  # fmt: skip


def test_a_box_ticked_beforehand_and_no_way_to_refuse(story) -> None:
    story.mark(0, "start")
    story.screen(2, ".Main", FORCED)
    found = told(story)
    assert found["state", "consent_box"][0].outcome == "checked"
    assert found["control", "refuse_button"][0].outcome == "missing"


def test_prompts_after_a_refusal_count_as_requests(story) -> None:
    story.mark(0, "start")
    story.screen(1, ".Main", ASKS)
    story.mark(4, "refuse")
    story.tap(5, "不同意")
    for at in (8, 12):
        story.screen(at, ".Main", MAIN)
        story.screen(at + 1, ".Main", ASKS)
    found = told(story)
    assert [fact.phase for fact in found["request", "policy"]] == [
        "prompt", "after_refusal", "after_refusal"
    ]  # fmt: skip
    assert found["refuse", "policy"][0].seen_at.second == 45


def test_a_prompt_after_an_update_is_about_the_change(story) -> None:
    story.mark(0, "start")
    story.screen(1, ".Main", ASKS)
    story.screen(2, ".Main", MAIN)
    story.mark(10, "update")
    story.screen(12, ".Main", ASKS)
    found = told(story)
    assert len(found["prompt", "update"]) == 1
    assert len(found["request", "policy"]) == 1


def test_a_prompt_that_the_person_opened_is_told_from_one_that_came_by_itself(story) -> None:
    story.mark(0, "start")
    story.screen(1, ".Main", ASKS)
    story.screen(2, ".Main", MAIN)
    story.tap(9, "注册")
    story.screen(10, ".Register", FORCED)
    found = told(story)
    assert [one.detail["trigger"] for one in found["prompt", "policy"]] == ["app", "person"]
    assert [one.detail["trigger"] for one in found["request", "policy"]] == ["app", "person"]


def test_withdrawing_is_a_fact_unless_it_failed(story) -> None:
    story.mark(0, "start")
    story.mark(5, "withdraw", outcome="missing")
    assert ("withdraw", "policy") not in told(story)


def test_consent_withdrawn(story) -> None:
    story.mark(5, "withdraw", outcome="works")
    assert told(story)["withdraw", "policy"][0].phase == "after_withdrawal"


def test_touches_on_the_way_to_the_policy_are_counted(story) -> None:
    story.mark(0, "start")
    story.screen(1, ".Main", MAIN)
    story.mark(10, "open_policy")
    for number, text in enumerate(["我的", "设置", "隐私政策"]):
        story.tap(11 + number, text)
    story.screen(15, ".Policy", POLICY)
    found = told(story)
    link = found["control", "policy_link"][0]
    assert (link.outcome, link.amount, link.unit) == ("works", 3.0, "tap")
    main = found["state", "main_screen"][0]
    assert (main.seen_at.second, main.outcome) == (41, "visible")


def test_without_a_screen_of_the_policy_the_testers_word_counts(story) -> None:
    story.mark(0, "open_policy", outcome="missing")
    link = told(story)["control", "policy_link"][0]
    assert (link.outcome, link.amount) == ("missing", None)
    assert ("state", "main_screen") not in told_again(story)


def told_again(story) -> set[tuple[str, str | None]]:
    from tests.sensors.session.test_phases import recorded_again

    from hongxian.sensors.session.about import About
    from hongxian.sensors.session.phases import find_phases

    recording = recorded_again(story)
    made = About("app:x@1#0", "a", recording, find_phases(recording))
    return {(fact.kind, fact.item) for fact in choice_facts(made)}
