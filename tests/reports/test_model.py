from __future__ import annotations

from dataclasses import replace

from tests.reports.conftest import coverage, make_report

from hongxian.reports.model import Report, when


def test_counts_add_up_over_subjects(both: Report) -> None:
    assert sum(both.counts.values()) == 62
    assert both.counts["violated"] == sum(s.counts["violated"] for s in both.subjects)


def test_behaviours_of_a_principle(watched: Report) -> None:
    numbers = [one.rule.number for one in watched.subjects[0].of_principle("necessary")]
    assert "4.1" in numbers
    assert "1.1" not in numbers


def test_a_path_and_its_edges_come_from_the_detail(static: Report) -> None:
    facts = [
        f for b in static.subjects[0].behaviours for p in b.points for f in p.evidence if f.path
    ]
    assert facts
    assert all(len(fact.edges) == len(fact.path) - 1 for fact in facts)
    assert facts[0].path[-1].startswith("android.")


def test_an_empty_subject_is_a_report_all_the_same() -> None:
    [subject] = make_report([], coverage(session=False)).subjects
    assert subject.counts["violated"] == 0
    assert not any(one.accepted for one in subject.behaviours)
    assert subject.cells == subject.flows == subject.timeline == ()


def test_a_moment_is_known_exactly_or_about(watched: Report) -> None:
    first = watched.subjects[0].timeline[0]
    about = replace(first, seen_at=None, detail={"near": "accept", "around": str(first.seen_at)})
    assert first.at == about.at == first.seen_at
    assert (first.near, about.near) == (None, "accept")
    assert replace(first, seen_at=None).at is None
    assert replace(first, seen_at=None, detail={"around": "noon"}).at is None


def test_what_has_no_moment_is_sorted_last(watched: Report) -> None:
    first, second, *_ = watched.subjects[0].timeline
    nowhere = replace(first, seen_at=None)
    assert sorted([nowhere, second, first], key=when) == [first, second, nowhere]
