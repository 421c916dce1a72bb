from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reports.conftest import app_facts, coverage, make_report
from tests.reports.story import read, sent, story_coverage

from hongxian.reports import write
from hongxian.reports.model import Report

PHONE, MAIL = "13812345678", "li.lei@mail.example.com"


@pytest.fixture(scope="module")
def leaking() -> Report:
    """A session whose sensor let values through where none may be."""
    stacked = read(1, "jpush")
    told = stacked.detail | {"stack": ["a.B.c", f"x.Y.{MAIL}"], "frame": f"x.Y.{MAIL}"}
    facts = [
        replace(stacked, detail=told, locator=f"calls.jsonl {PHONE}"),
        sent(2, "jpush", detail={"host": f"{PHONE}.example"}),
    ]
    covered = [
        replace(one, detail=one.detail | {"bundle": f"{PHONE}.zip", "device": {"model": MAIL}})
        for one in story_coverage()
    ]
    return make_report([*app_facts(), *facts], [*coverage(session=False), *covered])


@pytest.mark.parametrize("form", ["html", "json", "sarif", "csv"])
def test_no_value_reaches_a_timeline_or_a_stack(
    leaking: Report, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(leaking, form, None, "zh")
    text = capsys.readouterr().out
    assert PHONE not in text
    assert MAIL not in text
    assert "***" in text


def test_the_timeline_of_a_subject_is_that_of_its_sessions(storied: Report) -> None:
    [subject] = storied.subjects
    facts = [moment.fact for session in subject.sessions for moment in session.moments]
    assert list(subject.timeline) == facts
    assert len(facts) == sum(session.events for session in subject.sessions)
