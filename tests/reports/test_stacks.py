from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reports.conftest import app_facts, coverage, make_report
from tests.reports.story import read, story_coverage

from hongxian.reports.model import About, Evidence
from hongxian.reports.stacks import stack_of, stacks_of


@pytest.fixture(scope="module")
def about() -> About:
    return make_report(app_facts(), coverage(session=False)).subjects[0].about


def evidence(actor: str, **detail: object) -> Evidence:
    fact = read(1, actor)
    report = make_report([*app_facts(), fact], story_coverage())
    [found] = report.subjects[0].timeline
    return replace(found, detail=found.detail | detail)


def test_each_frame_says_whose_code_it_is(about: About) -> None:
    stack = stack_of(evidence("jpush"), about)
    assert stack is not None
    assert [frame.group for frame in stack.frames] == ["platform", "sdk", "sdk", "app", "platform"]
    assert [frame.owner for frame in stack.frames][1:4] == ["jpush", "jpush", "first_party"]
    assert stack.seen
    assert [frame.deciding for frame in stack.frames] == [False, True, False, False, False]


def test_plumbing_is_a_library_and_a_renamed_package_unknown(about: About) -> None:
    own = stack_of(evidence("first_party"), about)
    renamed = stack_of(evidence("unknown"), about)
    assert own is not None
    assert renamed is not None
    assert [frame.group for frame in own.frames][:3] == ["platform", "library", "app"]
    assert own.frames[2].deciding
    assert [frame.group for frame in renamed.frames] == ["platform", "unknown", "unknown"]


def test_frames_further_out_are_counted(about: About) -> None:
    stack = stack_of(evidence("first_party"), about)
    assert stack is not None
    assert (len(stack.frames), stack.more) == (12, 4)


def test_the_deciding_frame_is_shown_however_deep(about: About) -> None:
    deep = [f"android.view.View.frame{n}" for n in range(20)] + ["com.lantern.map.Late.read"]
    stack = stack_of(evidence("first_party", stack=deep, frame=deep[-1]), about, 5)
    assert stack is not None
    assert [frame.name for frame in stack.frames][-1] == deep[-1]
    assert (len(stack.frames), stack.more) == (5, 16)
    assert stack.frames[-1].deciding


def test_without_a_frame_that_the_sensor_names_the_stack_tells(about: About) -> None:
    stack = stack_of(evidence("jpush", frame="not.in.It"), about)
    assert stack is not None
    assert stack.frames[1].deciding


def test_a_path_in_code_is_the_same_the_other_way_up(about: About) -> None:
    fact = next(
        fact
        for one in make_report(app_facts(), coverage(session=False)).subjects[0].behaviours
        for point in one.points
        for fact in point.evidence
        if fact.path
    )
    stack = stack_of(fact, about)
    assert stack is not None
    assert [frame.name for frame in stack.frames] == list(reversed(fact.path))
    assert not stack.seen
    assert [frame.edge for frame in stack.frames] == [*reversed(fact.edges), ""]
    assert [frame.entry for frame in stack.frames] == [False] * (len(fact.path) - 1) + [True]


def test_a_long_path_keeps_its_entry(about: About) -> None:
    path = [f"com.lantern.map.A.m{n}" for n in range(30)]
    stack = stack_of(replace(evidence("jpush"), detail={"path": path}), about)
    assert stack is not None
    assert stack.frames[-1].entry
    assert stack.frames[0].deciding
    assert (len(stack.frames), stack.more) == (12, 18)


def test_a_stack_of_the_platform_alone_decides_nothing(about: About) -> None:
    stack = stack_of(evidence("unknown", stack=["java.lang.Thread.run"], frame=None), about)
    assert stack is not None
    assert [(frame.group, frame.deciding) for frame in stack.frames] == [("platform", False)]


@pytest.mark.parametrize("told", [None, "a.B.c", 7, []])
def test_what_is_no_stack_is_none(about: About, told: object) -> None:
    fact = evidence("jpush", stack=told)
    assert stack_of(fact, about) is None
    assert stacks_of([fact], about) == []


def test_facts_with_the_same_stack_share_it(about: About) -> None:
    one, other = evidence("jpush"), evidence("pangle")
    found = stacks_of([one, other, replace(one, id="again")], about)
    assert [len(facts) for facts, _ in found] == [2, 1]
