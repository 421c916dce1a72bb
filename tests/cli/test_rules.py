from __future__ import annotations

import json

from click.testing import CliRunner

from hongxian.cli.rules import command
from hongxian.rules.load import load_every_rule


def run(*words: str) -> str:
    result = CliRunner().invoke(command, [*words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_table_lists_six_groups_in_the_order_of_the_law() -> None:
    shown = run("--lang", "zh")
    groups = [line for line in shown.splitlines() if line[:3] in {f"{n}  " for n in range(1, 7)}]
    assert groups[0] == "1  未公开收集使用规则"
    assert groups[2] == "3  未经用户同意收集使用个人信息"
    assert len(groups) == 6
    assert shown.index("征得用户同意前") < shown.index("以默认选择同意")


def test_the_table_speaks_english() -> None:
    shown = run("--lang", "en")
    assert "Severity" in shown
    assert "before the person agrees" in shown


def test_json_holds_what_a_program_needs() -> None:
    records = json.loads(run("--format", "json"))
    assert [record["id"] for record in records] == [rule.id for rule in load_every_rule()]
    third = next(record for record in records if record["number"] == "3.2")
    assert third["thresholds"]["hours"]["value"] == 48
    assert set(third["title"]) == {"zh", "en"}
    assert ["session.hooks", "session.network"] in third["needs"]
