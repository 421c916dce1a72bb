from __future__ import annotations

from hongxian.reports.model import Report
from hongxian.reports.settling import settle_lines, steps


def test_a_command_is_told_once_with_all_that_it_settles(static: Report) -> None:
    found = steps(static.subjects[0], "en")
    texts = [step.text for step in found]
    assert len(texts) == len(set(texts))
    session = next(step for step in found if "--session" in step.text)
    assert {"1.2", "3.1", "4.2"} <= set(session.rules)
    assert "6.4" not in session.rules


def test_an_answer_comes_last(static: Report) -> None:
    assert "hongxian answer" in steps(static.subjects[0], "zh")[-1].text


def test_nothing_settles_what_stands(static: Report) -> None:
    settled = [b for b in static.subjects[0].behaviours if b.verdict == "satisfied"]
    assert [settle_lines(one, "zh") for one in settled] == [()] * len(settled)
