from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from hongxian.cli.parties import command
from hongxian.errors import Exit, HongxianError


def run(*words: str) -> str:
    result = CliRunner().invoke(command, [*words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def records(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*words, "--format", "json"))
    return found


def test_every_sdk_is_listed() -> None:
    assert len(records()) >= 97


def test_a_word_finds_key_name_prefix_or_domain() -> None:
    assert [row["key"] for row in records("getui")] == ["getui"]
    assert {"umeng_analytics", "umeng_push"} <= {row["key"] for row in records("umeng")}
    assert records("com.qq.e")[0]["name"]


def test_a_function_narrows_the_list() -> None:
    rows = records("--function", "ads")
    assert rows
    assert all("ads" in row["function"] for row in rows)
    assert [row["key"] for row in records("huawei", "--function", "ads")] == ["huawei_ads"]


def test_the_table_speaks_the_language() -> None:
    assert "推送" in run("getui", "--lang", "zh")
    assert "push" in run("getui", "--lang", "en")
    assert "两处以上来源" in run("getui", "--lang", "zh")


def test_nothing_that_fits_is_said() -> None:
    assert run("getui", "--function", "ads", "--lang", "en") == "nothing fits.\n"


def test_libraries() -> None:
    assert [row["key"] for row in records("retrofit", "--libraries")] == ["retrofit"]
    assert len(records("--libraries")) > 100
    assert "未核实" in run("retrofit", "--libraries", "--lang", "zh")


@pytest.mark.parametrize("words", [["zzz"], ["--function", "zzz"], ["zzz", "--libraries"]])
def test_an_unknown_word_is_one_line_and_exit_2(words: list[str]) -> None:
    result = CliRunner().invoke(command, words)
    assert isinstance(result.exception, HongxianError)
    assert result.exception.code == Exit.USAGE
    assert "\n" not in str(result.exception)
