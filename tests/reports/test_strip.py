from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.reports.conftest import app_facts, coverage, make_report
from tests.reports.story import fact, read, story_coverage, story_facts

from hongxian.reports import strip
from hongxian.reports.strip import LEFT, RIGHT, WIDTH, Strip, draw_session

if TYPE_CHECKING:
    from hongxian.facts import Fact
    from hongxian.reports.session import Session


def session_of(*facts: Fact) -> Session:
    report = make_report([*app_facts(), *facts], [*coverage(session=False), *story_coverage()])
    return report.subjects[0].sessions[0]


@pytest.fixture(scope="module")
def session() -> Session:
    return session_of(*story_facts())


@pytest.fixture(params=["zh", "en"])
def drawn(session: Session, request: pytest.FixtureRequest) -> Strip:
    return draw_session(session, {one.fact.id for one in session.moments}, request.param)


def test_the_person_and_own_code_come_first_and_the_unknown_last(session: Session) -> None:
    names = [lane.name for lane in draw_session(session, (), "en").lanes]
    assert names[:3] == ["Screen and person", "own code", "JPush"]
    assert names[-1] == "code of unknown owner"


def test_all_parts_stay_inside(drawn: Strip) -> None:
    assert all(LEFT <= mark.x <= RIGHT for mark in drawn.marks)
    assert all(drawn.top < mark.y < drawn.bottom < drawn.height for mark in drawn.marks)
    assert all(LEFT <= line.x <= RIGHT for line in drawn.lines)
    assert drawn.bands[0].x == LEFT
    assert drawn.bands[-1].x + drawn.bands[-1].width == pytest.approx(RIGHT, abs=0.2)


def test_each_choice_has_a_line_with_its_name_and_moment(session: Session) -> None:
    lines = draw_session(session, (), "zh").lines
    assert [line.kind for line in lines] == ["prompt", "refuse", "prompt", "consent"]
    assert [line.label for line in lines] == [
        "弹出政策 1.4 秒", "拒绝 20.6 秒", "弹出政策 1:06", "同意 1:14",
    ]  # fmt: skip
    assert all(line.target for line in lines)


def test_the_clocks_error_is_shaded_around_answers_alone(drawn: Strip) -> None:
    assert [bool(line.blur) for line in drawn.lines] == [False, True, False, True]


def test_without_a_known_error_nothing_is_shaded(session: Session) -> None:
    sure = replace(session, record=replace(session.record, uncertainty=None))
    assert not any(line.blur for line in draw_session(sure, (), "zh").lines)


def test_a_label_at_the_right_end_stands_before_its_line() -> None:
    [line] = draw_session(
        session_of(read(0, "jpush"), fact(14, "consent", item="policy")), (), "en"
    ).lines
    assert line.anchor == "end"
    assert line.label_x < line.x <= WIDTH


def test_labels_of_choices_close_together_do_not_cover_each_other() -> None:
    close = [fact(n / 10, "prompt", item="policy", phase="prompt") for n in range(12)]
    lines = draw_session(session_of(*close, read(14, "jpush")), (), "en").lines
    assert len({line.label_y for line in lines}) > 1
    for row in {line.label_y for line in lines}:
        starts = sorted(line.label_x for line in lines if line.label_y == row)
        assert all(b - a > 50 for a, b in pairwise(starts))


def test_consent_has_an_axis_of_its_own(drawn: Strip, session: Session) -> None:
    zero = next(tick for tick in drawn.consent_ticks if tick.label.startswith("0"))
    consent = next(line for line in drawn.lines if line.kind == "consent")
    assert zero.x == pytest.approx(consent.x, abs=0.2)
    assert any(tick.label.startswith("\u2212") for tick in drawn.consent_ticks)
    assert draw_session(replace(session, consent=None), (), "en").consent_ticks == ()


def test_where_nothing_happened_the_picture_says_for_how_long(drawn: Strip) -> None:
    [quiet] = drawn.quiet
    assert "37.1" in quiet.label


def test_a_phase_too_narrow_for_its_name_keeps_it_for_the_pointer() -> None:
    many = [read(n / 50, "amap", phase=("prompt", "background")[n % 2]) for n in range(20)]
    bands = draw_session(session_of(*many), (), "en").bands
    assert "" in {band.label for band in bands}
    assert all(band.name for band in bands)


def test_actors_beyond_the_most_share_a_lane(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strip, "MOST_LANES", 1)
    lanes = draw_session(session, (), "zh").lanes
    assert [lane.name for lane in lanes][-1] == "其余处理者"
    assert len(lanes) == 4


def test_the_legend_has_what_occurs(session: Session) -> None:
    assert draw_session(session, (), "zh").shapes == ("shown", "chosen", "asked", "read", "sent")
    assert draw_session(session_of(read(1, "jpush")), (), "zh").shapes == ("read",)
