from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from hongxian.info.recognise import load_kinds, load_recognisers, recognise
from hongxian.info.source import CONFIDENCES
from hongxian.info.types import load_types

LINES = tomllib.loads((Path(__file__).with_name("lines.toml")).read_text("utf-8"))
CASES = [
    (name, grade, line)
    for name, grades in LINES.items()
    for grade, lines in grades.items()
    for line in lines
]


def found(name: str, line: str, grade: str) -> list[str]:
    return [
        line[hit.start : hit.end]
        for hit in recognise(line)
        if hit.name == name and hit.grade == grade
    ]


def marked(line: str) -> list[str]:
    return re.findall("«(.+?)»", line, re.DOTALL)


@pytest.mark.parametrize(("name", "grade", "line"), CASES)
def test_a_recogniser_finds_what_the_line_marks(name: str, grade: str, line: str) -> None:
    bare = line.replace("«", "").replace("»", "")
    if grade == "none":
        assert found(name, bare, "valid") == []
    else:
        assert found(name, bare, grade) == marked(line)


def test_every_recogniser_has_lines_that_it_finds_and_lines_that_it_leaves() -> None:
    told = {row.name for row in load_recognisers() if not row.silent}
    assert LINES.keys() == told
    for name, grades in LINES.items():
        assert grades["valid"], name
        assert grades["none"], name


def test_every_row_says_what_it_is_and_who_says_so() -> None:
    keys = load_types().keys() | load_kinds().keys()
    rows = load_recognisers()
    assert len({row.name for row in rows}) == len(rows)
    for row in rows:
        assert row.info in keys, row.name
        assert row.source, row.name
        assert row.conf in CONFIDENCES, row.name
        assert row.alone or row.labels, row.name
        assert not (row.named or row.wrong) or row.labels, row.name


def test_keys_for_what_is_no_pi_are_no_pi_types() -> None:
    assert not load_kinds().keys() & load_types().keys()
    assert load_kinds().keys() == {row.info for row in load_recognisers()} - load_types().keys()
