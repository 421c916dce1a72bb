import base64
import random

import pytest
from samples.session_story import button, node

from hongxian.errors import ArtefactError
from hongxian.sensors.session.bundle import open_bundle
from hongxian.sensors.session.sense import sense_bundle, sense_session, subject_of

ASKS = [node("请阅读并同意《隐私政策》"), button("不同意"), button("同意")]


def lived(story) -> None:
    story.mark(0, "start")
    story.screen(1, ".Main", ASKS)
    story.mark(10, "accept")
    story.tap(11, "同意")
    story.screen(12, ".Main", [node("灯笼")])
    story.mark(30, "end")


def test_a_bundle_becomes_facts_and_coverage(story) -> None:
    lived(story)
    sensed = sense_session(story.close())
    assert sensed.subject == "app:cn.example.app@1.0#abababababab"
    assert {fact.sensor for fact in sensed.facts} == {"session"}
    assert {"prompt", "consent", "control", "request"} <= {fact.kind for fact in sensed.facts}
    assert {fact.artefact for fact in sensed.facts} == {sensed.artefact}
    status = {row.scope: row.status for row in sensed.coverage()}
    assert status["session.start"] == "ran"
    assert status["session.accept"] == "ran"
    assert status["session.screens"] == "ran"
    assert status["session.deny"] == "not_run"
    assert sensed.about["device"]["model"] == "Sample phone"
    assert sensed.damaged == []


def test_what_is_damaged_costs_its_part_alone(story) -> None:
    lived(story)
    story.writer.member("screen", "x.xml", b"no xml")
    sensed = sense_session(story.close())
    assert [reason.say("en") for reason in sensed.damaged]
    assert {row.scope: row.status for row in sensed.coverage()}["session.screens"] == "partial"
    assert any(fact.kind == "consent" for fact in sensed.facts)


def test_a_capture_that_was_read_covers_the_traffic(story) -> None:
    lived(story)
    story.send(5, "GET", "https://a.example/")
    assert network(story)[0] == "ran"


def test_a_capture_that_cannot_be_read_covers_nothing(story) -> None:
    lived(story)
    story.writer.member("network", "x.har", b"no capture at all")
    assert network(story)[0] == "not_run"


def test_content_that_nobody_can_read_leaves_the_traffic_covered_in_part(story) -> None:
    lived(story)
    noise = random.Random(7).randbytes(4096)
    text = base64.b64encode(noise).decode()
    story.send(5, "POST", "https://a.example/", text, Content_Type="application/octet-stream")
    story.entries[-1]["request"]["postData"]["encoding"] = "base64"
    status, words = network(story)
    assert (status, words) == ("partial", ["session.opaque"])


def network(story) -> tuple[str, list[str]]:
    rows = sense_session(story.close()).coverage()
    row = next(row for row in rows if row.scope == "session.network")
    return row.status, [one["word"] for one in row.detail.get("reasons", [])]


def test_facts_can_be_said_of_the_app_that_is_audited(story) -> None:
    lived(story)
    bundle = open_bundle(story.close())
    assert subject_of(bundle).startswith("app:cn.example.app@1.0#")
    assert sense_bundle(bundle, "app:other@1#0").subject == "app:other@1#0"


def test_what_is_no_bundle_is_an_error(tmp_path) -> None:
    (tmp_path / "x.zip").write_bytes(b"nothing")
    with pytest.raises(ArtefactError):
        sense_session(tmp_path / "x.zip")
