from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.reports import moments
from hongxian.reports.moments import parts, shown, sums

if TYPE_CHECKING:
    import pytest

    from hongxian.reports.model import Report


def test_every_moment_has_a_row_under_its_phase(storied: Report) -> None:
    session = storied.subjects[0].sessions[0]
    made = parts(session)
    assert [part.span for part in made] == list(session.spans)
    assert all(part.more == 0 for part in made)
    assert shown(made) == {moment.fact.id for moment in session.moments}
    for part in made:
        assert all(part.span.start <= one.since_start <= part.span.end for one in part.moments)


def test_long_parts_are_folded(storied: Report) -> None:
    made = parts(storied.subjects[0].sessions[0])
    assert [part.unfolded for part in made] == [True, True, True, False, False]


def test_a_page_holds_so_many_rows_and_the_rest_is_counted(
    storied: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moments, "MOST_ROWS", 25)
    session = storied.subjects[0].sessions[0]
    made = parts(session)
    assert sum(len(part.moments) for part in made) == 25
    assert sum(part.more for part in made) == session.events - 25
    assert {one.fact.id for one in session.choices} <= shown(made)


def test_what_came_before_consent_is_told_apart_from_what_came_after(storied: Report) -> None:
    first, second = storied.subjects[0].sessions
    before, after = sums(first)
    assert (before.side, after.side) == ("before", "after")
    assert (before.read, before.sent, before.asked, before.actors) == (129, 3, 0, 4)
    assert (after.asked, after.actors) == (2, 4)
    assert [(one.side, one.read) for one in sums(second)] == [("all", 1)]
