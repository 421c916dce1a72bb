from samples.session_story import BEGIN, OFFSET
from tests.sensors.session.conftest import about

from hongxian.sensors.session.clock import Instant


def test_a_fact_has_the_phase_of_its_moment(story) -> None:
    story.mark(0, "start")
    story.mark(10, "accept")
    story.tap(10, "同意")
    made = about(story)
    fact = made.fact("collect", Instant(device=BEGIN + 5 + OFFSET), item="x")
    assert (fact.sensor, fact.phase, fact.seen_at.second) == ("session", "before_prompt", 45)
    assert made.fact("collect", None, item="x").seen_at is None
    assert made.fact("collect", Instant(host=BEGIN), phase="background").phase == "background"


def test_a_moment_too_close_to_a_choice_says_so(story) -> None:
    story.mark(0, "start")
    story.writer.event("mark", host=BEGIN + 10, name="accept")
    story.writer.event("tap", host=BEGIN + 10, text="同意")
    fact = about(story).fact("collect", Instant(device=BEGIN + 10.1 + OFFSET), detail={"a": 1})
    assert fact.phase == "unknown"
    assert fact.seen_at is None
    assert fact.detail == {"a": 1, "near": "accept", "around": "2026-11-18 11:06:50.100000"}
