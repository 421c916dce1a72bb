from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.rules.load import find_rule, load_folder, load_pack, load_rules, parse_rule

HEAD = """/*
id: own.1.2
title: {zh: 标题, en: title}
group: {zh: 组, en: group}
principles: [lawful]
law: []
needs: [session.start, session.hooks | session.network]
severity: low
says: {}
fix: {zh: 改, en: mend}
status: draft
since: 0.1.0
false_positives: {zh: 无, en: none}
*/
"""
SQL = "select subject, 'unclear' as verdict, array_agg(fact_id) as evidence from facts;"


def test_the_31_behaviours_stand_in_the_law_s_order() -> None:
    load_pack.cache_clear()
    numbers = [rule.number for rule in load_rules()]
    assert len(numbers) == 31
    assert numbers == sorted(numbers, key=lambda n: tuple(map(int, n.split("."))))


def test_a_head_and_its_sql() -> None:
    rule = parse_rule(HEAD + SQL, "own.sql")
    assert (rule.number, rule.order) == ("1.2", (1, 2))
    assert rule.needs == [["session.start"], ["session.hooks", "session.network"]]
    assert rule.sql == SQL.rstrip(";")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SQL, "no head"),
        ("/* id: [ */" + SQL, "head:"),
        ("/* [a, b] */" + SQL, "not a mapping"),
        ("/* id: a */" + SQL, "title, group"),
        (HEAD.replace("status", "stats: 1\nstatus") + SQL, "stats"),
    ],
)
def test_a_broken_rule_is_one_line_that_names_the_file(text: str, says: str) -> None:
    with pytest.raises(HongxianError, match=says) as error:
        parse_rule(text, "own.sql")
    assert str(error.value).startswith("own.sql")
    assert "\n" not in str(error.value)


def test_a_folder_of_one_s_own(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="no rule"):
        load_folder(tmp_path)
    (tmp_path / "1.2.sql").write_text(HEAD + SQL, encoding="utf-8")
    assert [rule.id for rule in load_folder(tmp_path)] == ["own.1.2"]


def test_a_rule_is_found_by_id_and_by_number() -> None:
    assert find_rule("3.1") is find_rule("method.3.1")
    with pytest.raises(HongxianError, match=r"no rule '9\.9'"):
        find_rule("9.9")
