from __future__ import annotations

import re

import pytest
from tests.reports.conftest import APP, TWIN, app_facts, coverage, make_report

from hongxian.reports.model import Report
from hongxian.reports.names import MARKS
from hongxian.reports.table import render
from hongxian.words.table import cells

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 100])
def test_no_line_is_wider_than_the_terminal(watched: Report, lang: str, width: int) -> None:
    for colour in (False, True):
        text = ANSI.sub("", render(watched, lang, width=width, colour=colour))
        assert max(map(cells, text.splitlines())) <= width


def test_verdicts_read_without_colour(watched: Report) -> None:
    plain = render(watched, "zh")
    assert "\x1b" not in plain
    assert re.search(r"✗ 违反\s+3\.1", plain)
    assert plain == ANSI.sub("", render(watched, "zh", colour=True))
    assert len(set(MARKS.values())) == 5


def test_all_31_come_under_their_headings(static: Report) -> None:
    text = render(static, "zh")
    assert len(re.findall(r"^  [✗!?✓–] \S+ +\d\.\d  ", text, re.MULTILINE)) == 31
    assert [line[0] for line in text.splitlines() if line[1:2] == "、"] == list("一二三四五六")


def test_coverage_and_limits_come_before_verdicts(static: Report) -> None:
    text = render(static, "zh")
    assert text.index("已检查：") < text.index("部分检查：") < text.index("31 种行为")
    assert "packed by Legu" in text
    assert "未检查：隐私政策、运行记录" in text


def test_what_would_settle_is_told_once(static: Report) -> None:
    text = render(static, "en", width=200)
    assert text.count("--session BUNDLE") == 1


def test_many_subjects_make_one_table() -> None:
    third = "app:com.third@2#" + "cd" * 6
    report = make_report(
        app_facts(), coverage(session=False), [(APP, "map"), (TWIN, None), (third, None)]
    )
    text = render(report, "en", width=130)
    assert len([line for line in text.splitlines() if line.startswith("com.")]) == 3
    assert re.search(r"com\.lantern\.map 2\.4\.0 .*!3\.1", text)


def test_two_subjects_are_both_shown_and_accepted_ones_marked(both: Report) -> None:
    assert render(both, "en").count("31 behaviours") == 2


def test_an_accepted_behaviour_is_marked(watched: Report) -> None:
    from dataclasses import replace

    subject = watched.subjects[0]
    groups = tuple(
        replace(group, behaviours=tuple(
            replace(one, points=tuple(replace(p, accepted=True) for p in one.points))
            for one in group.behaviours))
        for group in subject.groups
    )  # fmt: skip
    report = replace(watched, subjects=(replace(subject, groups=groups),))
    assert "[accepted]" in render(report, "en", width=140)
