from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.reports.conftest import START, app_facts, coverage, make_report
from tests.reports.story import (
    BUNDLE,
    CONSENT,
    fact,
    near_consent,
    read,
    second_session,
    sent,
    story_coverage,
    story_facts,
)

from hongxian.facts import Fact
from hongxian.reports import sessions
from hongxian.reports.model import Evidence
from hongxian.reports.session import Session


def told(*facts: Fact) -> list[Session]:
    report = make_report([*app_facts(), *facts], [*coverage(session=False), *story_coverage()])
    return list(report.subjects[0].sessions)


@pytest.fixture(scope="module")
def story() -> list[Session]:
    return told(*story_facts(), *second_session())


def evidence(kind: str, **fields: object) -> Evidence:
    empty = dict.fromkeys(Evidence.__dataclass_fields__)
    return Evidence(**empty | {"id": "1", "kind": kind, "phase": "unknown", "detail": {}} | fields)


def test_each_bundle_is_a_session_of_its_own_in_the_order_of_starts(story: list[Session]) -> None:
    first, second = story
    assert first.artefact == BUNDLE
    assert (first.record.bundle, first.record.uncertainty) == ("first-start.zip", 0.4)
    assert first.start == START + timedelta(seconds=0.4)
    assert (second.record.bundle, second.events, second.consent) == (None, 2, None)


def test_a_session_without_consent_does_not_borrow_that_of_another(story: list[Session]) -> None:
    assert [moment.fact.since_consent for moment in story[1].moments] == [None, None]
    early = next(m for m in story[0].moments if m.fact.kind == "collect")
    assert early.fact.since_consent == pytest.approx(0.4 - CONSENT)


def test_choices_are_those_about_the_policy(story: list[Session]) -> None:
    kinds = [choice.fact.kind for choice in story[0].choices]
    assert kinds == ["prompt", "refuse", "prompt", "consent"]
    assert story[0].consent == pytest.approx(CONSENT - 0.4)


def test_a_denied_permission_begins_no_phase(story: list[Session]) -> None:
    assert [span.phase for span in story[0].spans] == [
        "before_prompt", "prompt", "after_refusal", "after_consent", "background",
    ]  # fmt: skip
    spans = story[0].spans
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
    assert sum(span.events for span in spans) == story[0].events


def test_a_fact_carries_the_worst_verdict_of_what_cites_it(story: list[Session]) -> None:
    first = next(m for m in story[0].moments if m.fact.kind == "collect")
    assert first.verdict == "violated"
    assert "3.1" in first.rules


def test_what_is_too_close_to_consent_stands_there_and_is_marked(story: list[Session]) -> None:
    [unsure] = [one for one in story[0].tallies if one.unsure]
    assert unsure.since_start == pytest.approx(CONSENT - 0.3)
    [moment] = [m for m in story[0].moments if m.fact.near]
    assert (moment.fact.seen_at, moment.fact.since_consent) == (None, None)


def test_a_moment_that_cannot_be_read_is_no_moment() -> None:
    odd = replace(near_consent(), detail={"near": "accept", "around": "about noon"})
    [session] = told(read(1, "jpush"), odd)
    assert session.events == 1


def test_no_moments_make_no_session() -> None:
    assert told() == []


def test_a_session_whose_phases_nobody_tells_has_one() -> None:
    [session] = told(read(3, "jpush", phase="unknown"))
    assert [(one.phase, one.start, one.end) for one in session.spans] == [("unknown", 0.0, 0.0)]


def test_what_the_system_counted_begins_no_phase() -> None:
    counted = read(5, "unknown", phase="background")
    counted = replace(counted, item="appops:FINE_LOCATION")
    [session] = told(read(1, "jpush"), counted, read(9, "jpush", phase="prompt"))
    assert [span.phase for span in session.spans] == ["before_prompt", "prompt"]


def test_phases_that_flicker_are_left_to_the_choices() -> None:
    flicker = [
        read(n, "amap", phase=("background", "after_consent")[n % 2]) for n in range(80, 140)
    ]
    [session] = told(read(70, "jpush"), fact(CONSENT, "consent", item="policy"), *flicker)
    assert [span.phase for span in session.spans] == ["after_consent"]


def test_of_a_long_session_choices_and_what_is_cited_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "LONGEST", 30)
    first, *_ = told(*story_facts())
    assert len(first.moments) == 30
    assert first.events > 200
    assert {one.fact.id for one in first.choices} <= {one.fact.id for one in first.moments}
    order = [one.since_start for one in first.moments]
    assert order == sorted(order)
    assert sum(one.events for one in first.tallies) == first.events


def test_reads_count_as_often_as_they_were_and_all_else_once() -> None:
    [session] = told(read(1, "jpush", 7), sent(2, "jpush", amount=300, unit="byte"))
    assert [(one.shape, one.times) for one in session.tallies] == [("read", 7), ("sent", 1)]


@pytest.mark.parametrize(
    ("kind", "actor", "lane"),
    [("collect", "jpush", "jpush"), ("collect", None, "unknown"), ("request", None, "person"),
     ("request", "first_party", "first_party"), ("consent", "jpush", "person"),
     ("state", None, "person"), ("store", "jpush", "jpush")],
)  # fmt: skip
def test_code_has_lanes_and_the_person_has_one(kind: str, actor: str | None, lane: str) -> None:
    assert sessions.lane_of(evidence(kind, actor=actor)) == lane


def test_the_question_for_consent_is_shown_and_not_counted_as_asked_for() -> None:
    assert sessions.shape_of(evidence("request", item="policy")) == "shown"
    assert sessions.shape_of(evidence("request", item="field:basic.phone")) == "asked"


@pytest.mark.parametrize(("kind", "shape"), [("use", "other"), ("provide", "sent")])
def test_every_kind_has_a_shape(kind: str, shape: str) -> None:
    assert sessions.shape_of(evidence(kind)) == shape
