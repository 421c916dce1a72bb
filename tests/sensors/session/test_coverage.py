from samples.session_story import button, node
from tests.sensors.session.conftest import recorded

from hongxian.facts.vocabulary import SCOPES as KNOWN
from hongxian.sensors.session.coverage import SCOPES, coverage, reaches

MAIN = [node("灯笼"), button("打开")]


def whole(story) -> None:
    for at, name in ((0, "start"), (10, "refuse"), (20, "accept"), (30, "function"), (40, "deny"),
                     (50, "background"), (90, "foreground"), (95, "withdraw"), (105, "correct"),
                     (106, "delete"), (107, "cancel_account"), (108, "update"),
                     (109, "third_party"), (110, "end")):  # fmt: skip
        story.mark(at, name)
    story.screen(1, ".Main", MAIN)


def test_every_scope_of_a_session_is_told_and_known() -> None:
    assert set(SCOPES) == {scope for scope in KNOWN if scope.startswith("session.")}


def test_a_whole_session_looked_at_all(story) -> None:
    whole(story)
    story.writer.member("hooks", "calls.jsonl", b"{}")
    story.writer.member("network", "a.har", b"{}")
    found = reaches(recorded(story), {"screen": 1, "hooks": 0, "network": 5})
    assert {reach.status for reach in found.values()} == {"ran"}


def test_what_was_not_done_is_told_by_its_mark(story) -> None:
    story.mark(0, "start")
    story.screen(9, ".Main", MAIN)
    found = reaches(recorded(story), {"screen": 1})
    assert found["session.start"].status == "ran"
    assert found["session.deny"].status == "not_run"
    assert found["session.deny"].reasons[0].say("en") == "this step was not taken (no mark: deny)"
    assert found["session.hooks"].reasons[0].say("zh") == "没有调用记录（hook）"


def test_a_step_that_was_watched_too_shortly_is_partial(story) -> None:
    story.mark(0, "start")
    story.mark(2, "background")
    story.mark(12, "end")
    story.screen(1, ".Main", MAIN)
    found = reaches(recorded(story), {"screen": 1})
    assert found["session.start"].status == "partial"
    assert found["session.background"].reasons[0].values == {"seconds": 10.0, "least": 30.0}


def test_the_last_step_ends_with_the_last_screen(story) -> None:
    story.mark(0, "start")
    assert reaches(recorded(story), {})["session.start"].status == "partial"


def test_rights_are_whole_only_when_all_were_tried(story) -> None:
    story.mark(0, "correct")
    found = reaches(recorded(story), {})["session.rights"]
    assert found.status == "partial"
    assert found.reasons[0].values == {"marks": "delete, cancel_account"}


def test_without_marks_no_step_is_known(story) -> None:
    story.screen(1, ".Main", MAIN)
    found = reaches(recorded(story), {"screen": 1})
    assert found["session.start"].reasons[0].word == "session.no_marks"
    assert found["session.screens"].status == "ran"


def test_a_tool_that_stopped_covers_a_part(story) -> None:
    story.mark(0, "start")
    story.writer.event("lost", host=1.0, tool="hooks", reason="gone")
    story.writer.member("hooks", "calls.jsonl", b"{}")
    found = reaches(recorded(story), {"hooks": 3})
    assert found["session.hooks"].status == "partial"


def test_a_capture_that_cannot_be_read_covers_nothing(story) -> None:
    story.writer.member("screen", "1.xml", b"no xml")
    assert reaches(recorded(story), {})["session.screens"].status == "not_run"


def test_rows_of_coverage_keep_the_reasons(story) -> None:
    story.mark(0, "start")
    story.screen(9, ".Main", MAIN)
    rows = coverage("app:x@1#0", "a", reaches(recorded(story), {"screen": 1}), {"bundle": "s.zip"})
    told = {row.scope: row for row in rows}
    assert told["session.start"].reason is None
    assert told["session.deny"].reason == "this step was not taken (no mark: deny)"
    assert told["session.deny"].detail["bundle"] == "s.zip"
