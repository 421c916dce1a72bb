from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hongxian.reports.rule_page import index, page, pages, parts, text, write_pages
from hongxian.rules.load import Rule, find_rule, load_every_rule

DOCS = Path(__file__).parents[2] / "docs" / "rules"


def lines(rule: Rule, heading: str, lang: str = "en", on: date | None = None) -> str:
    return "\n".join(
        line for part in parts(rule, lang, on) if part.heading == heading for line in part.lines
    )


def test_the_pages_in_the_repository_are_those_of_the_rules() -> None:
    shown = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert shown == pages(load_every_rule()), "run: python -m hongxian.reports.rule_page docs/rules"


def test_only_law_in_force_on_the_day_is_cited() -> None:
    rule = find_rule("3.1")
    before, after = (lines(rule, "Law", on=date(year, 6, 1)) for year in (2020, 2026))
    assert "PIPL" in after
    assert "PIPL" not in before
    assert "PIPL" in lines(rule, "Law")


def test_what_nobody_compared_with_the_text_is_marked() -> None:
    assert "unverified" in lines(find_rule("3.2"), "Law")


def test_needs_are_told_in_words_with_their_choices() -> None:
    needs = lines(find_rule("3.2"), "What must have been looked at for “satisfied” (each line)")
    assert ", or " in needs
    assert "session." not in needs


def test_thresholds_come_with_key_unit_source_and_note() -> None:
    found = lines(find_rule("3.2"), "Thresholds")
    assert "method.3.2.hours = 48 (hours; source: test practice)" in found
    assert lines(find_rule("3.1"), "Thresholds") == ""
    chinese = lines(find_rule("1.3"), "阈值", "zh")
    assert "次点击；来源：法规原文" in chinese
    assert "Method" not in chinese


def test_messages_name_the_places_that_findings_fill() -> None:
    said = lines(find_rule("3.1"), "What the verdicts mean")
    assert "[actor] collected or sent [PI]" in said
    assert "{" not in said


def test_a_text_for_the_terminal_ends_with_the_method() -> None:
    shown = text(find_rule("1.3"), "zh", date(2026, 11, 1))
    assert shown.startswith("1.3  隐私政策")
    assert "判断方法（SQL）" in shown
    assert shown.rstrip().endswith("left join ways as w on w.subject = s.subject")


def test_a_page_has_both_languages_and_the_sql() -> None:
    shown = page(find_rule("3.6"))
    for wanted in ("# 3.6 利用", "## 中文", "## English", "### Remedy", "```sql\nwith looked"):
        assert wanted in shown


def test_the_index_links_every_rule() -> None:
    rules = load_every_rule()
    shown = index(rules)
    assert all(f"]({rule.name}.md)" in shown for rule in rules)
    assert shown.count("\n## ") == 7


def test_writing_takes_old_pages_away(tmp_path: Path) -> None:
    old = tmp_path / "rules" / "9.9.md"
    old.parent.mkdir()
    old.write_text("x", encoding="utf-8")
    write_pages(tmp_path / "rules")
    assert not old.exists()
    assert len(list(old.parent.glob("*.md"))) == len(load_every_rule()) + 1


@pytest.mark.parametrize("unit", ["tap", "light year"])
def test_a_unit_without_a_word_stays(unit: str) -> None:
    from dataclasses import replace

    thresholds = {
        "x": {"value": 1, "unit": unit, "source": "ours", "note": {"en": "n", "zh": "注"}}
    }
    rule = replace(find_rule("3.1"), thresholds=thresholds)
    shown = lines(rule, "Thresholds")
    assert ("taps" if unit == "tap" else unit) in shown
    assert shown.endswith("— n")


def test_it_runs_as_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hongxian.reports.rule_page", str(tmp_path)]
    subprocess.run(command, check=True)
    assert (tmp_path / "index.md").is_file()
