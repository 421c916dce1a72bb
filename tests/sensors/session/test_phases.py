from samples.session_story import BEGIN, OFFSET, button, node
from tests.sensors.session.conftest import recorded

from hongxian.sensors.session.clock import Clocks, Instant
from hongxian.sensors.session.phases import Border, Phases, find_phases, segments
from hongxian.sensors.session.recording import Recording

ASKS = [node("请阅读并同意《隐私政策》"), button("不同意"), button("同意")]
MAIN = [node("灯笼"), button("打开")]


def phase_at(phases: Phases, at: float) -> tuple[str, str | None]:
    return phases.of(Instant(device=BEGIN + at + OFFSET))


def test_marks_set_the_phases(story) -> None:
    for at, name in ((0, "start"), (5, "prompt"), (10, "refuse"), (20, "restart"), (30, "accept"),
                     (40, "background"), (60, "foreground"), (70, "withdraw"), (80, "update"),
                     (90, "end")):  # fmt: skip
        story.mark(at, name)
    phases = find_phases(recorded(story))
    expected = {-1: "unknown", 2: "before_prompt", 7: "prompt", 15: "after_refusal",
                25: "after_refusal", 35: "after_consent", 50: "background", 65: "after_consent",
                75: "after_withdrawal", 85: "after_update"}  # fmt: skip
    assert {at: phase_at(phases, at)[0] for at in expected} == expected


def test_a_withdrawal_that_failed_changes_no_phase(story) -> None:
    story.mark(0, "accept")
    story.mark(10, "withdraw", outcome="missing")
    assert phase_at(find_phases(recorded(story)), 15)[0] == "after_consent"


def test_a_touch_of_the_button_tells_when_better_than_the_mark(story) -> None:
    story.mark(0, "start")
    story.mark(10, "accept")
    story.tap(12, "同意")
    phases = find_phases(recorded(story))
    assert phase_at(phases, 11.9) == ("before_prompt", None)
    assert phase_at(phases, 12.1) == ("after_consent", None)


def test_without_a_touch_the_choice_lies_between_two_screens(story) -> None:
    story.mark(0, "start")
    story.screen(1, ".Main", ASKS)
    story.mark(10, "accept")
    story.screen(10.5, ".Main", ASKS)
    story.screen(12.5, ".Main", MAIN)
    phases = find_phases(recorded(story))
    accept = phases.first("accept")
    assert accept.instant.blur == 1.0
    assert phase_at(phases, 11.0) == ("unknown", "accept")
    assert phase_at(phases, 10.0) == ("prompt", None)
    assert phase_at(phases, 13.0) == ("after_consent", None)


def test_what_is_closer_to_the_choice_than_the_clocks_can_tell_is_unknown() -> None:
    clocks = Clocks(offset=0.0, uncertainty=0.5)
    phases = Phases([Border(Instant(host=10.0), "after_consent", "accept")], clocks)
    assert phases.of(Instant(device=10.4)) == ("unknown", "accept")
    assert phases.of(Instant(device=10.6)) == ("after_consent", None)
    assert phases.of(Instant(host=10.0)) == ("after_consent", None)
    assert phases.of(Instant()) == ("unknown", None)


def test_clocks_that_nobody_compared_leave_all_open(story) -> None:
    story.writer.clock(0.0, None, "UTC")
    story.writer.event("mark", host=BEGIN, name="start")
    story.writer.event("mark", host=BEGIN + 9, name="accept")
    phases = find_phases(recorded(story))
    assert phases.of(Instant(device=BEGIN + 500)) == ("unknown", "accept")
    assert phases.of(Instant(host=BEGIN + 500)) == ("after_consent", None)


def test_missing_marks_are_made_up_for_by_what_stood_on_the_screen(story) -> None:
    story.mark(0, "start")
    story.screen(4, ".Main", ASKS)
    story.tap(8, "不同意")
    story.screen(20, ".Main", ASKS)
    story.tap(25, "同意")
    phases = find_phases(recorded(story))
    assert [border.name for border in phases.borders] == ["start", "prompt", "refuse", "accept"]
    assert phase_at(phases, 5)[0] == "prompt"
    assert phase_at(phases, 21)[0] == "after_refusal"


def test_a_touch_of_agree_elsewhere_is_no_consent(story) -> None:
    story.mark(0, "start")
    story.screen(1, ".Main", MAIN)
    story.tap(2, "同意")
    assert [border.name for border in find_phases(recorded(story)).borders] == ["start"]


def test_segments_reach_from_mark_to_mark(story) -> None:
    story.mark(0, "start")
    story.mark(5, "accept")
    found = segments(recorded(story))
    assert [(one.mark.name, one.end is None) for one in found] == [
        ("start", False), ("accept", True)
    ]  # fmt: skip
    assert find_phases(recorded_again(story)).first("refuse") is None


def recorded_again(story) -> Recording:
    from hongxian.sensors.session.bundle import open_bundle
    from hongxian.sensors.session.recording import read_recording

    return read_recording(open_bundle(story.path))
