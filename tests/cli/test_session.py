import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from samples.session_story import Story, button, node

from hongxian.cli import session
from hongxian.rules.load import load_rules
from hongxian.sensors.session.sense import sense_session

APP = {"package": "cn.example.app", "version": "1.0", "sha256": "ab" * 32}
ASKS = [node("请阅读并同意《隐私政策》"), button("不同意"), button("同意")]


@pytest.fixture
def path(tmp_path) -> Path:
    story = Story(tmp_path / "s.zip", APP)
    story.mark(0, "start")
    story.screen(1, ".Main", ASKS)
    story.mark(10, "accept")
    story.screen(20, ".Main", [node("灯笼")])
    story.mark(30, "end")
    return story.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(session.command, words)


def test_a_check_tells_what_is_there_and_what_stays_open(path) -> None:
    found = run("check", str(path), "--lang", "en")
    assert found.exit_code == 0, found.output
    assert "app:cn.example.app@1.0#abababababab" in found.output
    assert "Sample phone" in found.output
    assert "ahead of the host's, give or take 0.2 s" in found.output
    assert "this step was not taken (no mark: deny)" in found.output
    assert "Rules that this session leaves unclear" in found.output
    assert "\n3.2 " in found.output


def test_a_check_speaks_chinese(path) -> None:
    found = run("check", str(path), "--lang", "zh")
    assert "这次会话不足以判断的规则" in found.output
    assert "没有做这一步（缺少标记：deny）" in found.output


def test_a_check_can_be_read_by_programs(path) -> None:
    found = json.loads(run("check", str(path), "--format", "json", "--lang", "en").output)
    assert found["scopes"]["session.start"] == {"status": "ran", "reasons": []}
    unclear = {row["rule"]: row["needs"] for row in found["unclear"]}
    assert "session.deny" in unclear["method.3.2"]
    assert "method.1.2" not in unclear


def test_damage_has_its_own_exit_code(path) -> None:
    path.write_bytes(path.read_bytes()[:-30])
    found = run("check", str(path), "--lang", "en")
    assert found.exit_code == 4
    assert "the bundle is cut short" in found.output


def test_what_another_sensor_must_supply_is_no_fault_of_the_session(path) -> None:
    open_rules = {rule.number: needs for rule, needs in
                  session.left_open(load_rules(), sense_session(path))}  # fmt: skip
    assert "1.4" not in open_rules
    assert all(need.startswith("session.") for needs in open_rules.values() for need in needs)


def test_files_of_other_tools_are_packed_into_a_bundle(tmp_path) -> None:
    description = tmp_path / "run.toml"
    description.write_text('[app]\npackage = "cn.example.app"\nversion = "1.0"\n')
    found = run("pack", str(description), "--lang", "en")
    assert found.exit_code == 0, found.output
    assert str(tmp_path / "run.session.zip") in found.output
    assert run("check", str(tmp_path / "run.session.zip")).exit_code == 0


def test_a_place_that_cannot_be_written_is_one_line(tmp_path) -> None:
    description = tmp_path / "run.toml"
    description.write_text('[app]\npackage = "cn.example.app"\n')
    found = run("pack", str(description), "-o", str(tmp_path / "none" / "s.zip"), "--lang", "en")
    assert found.exit_code != 0
    assert str(found.exception).count("\n") == 0
