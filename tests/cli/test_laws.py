from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from hongxian.cli.laws import command
from hongxian.errors import Exit, HongxianError


def run(*words: str) -> str:
    result = CliRunner().invoke(command, [*words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def records(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*words, "--lang", "zh", "--format", "json"))
    return found


def test_documents_in_force_on_a_day() -> None:
    now = {row["key"] for row in records("--on", "2026-06-01")}
    assert {"PIPL", "NDR", "METHOD31"} <= now
    assert "APP2026" not in now
    assert "PIPL" not in {row["key"] for row in records("--on", "2021-10-31")}
    assert "APP2026" in {row["key"] for row in records("--all")}


def test_a_document_s_clauses_on_a_day() -> None:
    cited = {row["cite"] for row in records("CSL", "--on", "2025-06-01")}
    assert "《网络安全法》第41条" in cited
    assert "《网络安全法》第43条" in {row["cite"] for row in records("CSL", "--on", "2026-06-01")}
    both = {row["cite"] for row in records("CSL", "--all")}
    assert {"《网络安全法》第41条", "《网络安全法》第43条"} <= both


def test_the_clauses_behind_a_behaviour() -> None:
    rows = records("--rule", "3.1", "--on", "2026-06-01")
    assert rows[0]["cite"] == "《个人信息保护法》第13条"
    assert all("3.1" in row["rules"] for row in rows)
    assert {row["cite"] for row in records("NDR", "--rule", "3.1")} == {
        "《网络数据安全管理条例》第22条"
    }


def test_the_table_speaks_and_marks_what_nobody_read() -> None:
    text = run("GB35273", "--lang", "zh")
    assert "未核实" in text
    assert "注销账户" in text
    assert "unverified" in run("GB35273", "--lang", "en")
    assert "法律" in run("--lang", "zh")


def test_a_draft_has_clauses_only_when_asked_for() -> None:
    assert run("APP2026", "--lang", "en") == "nothing fits.\n"
    assert len(records("APP2026", "--all")) == 10


@pytest.mark.parametrize(
    ("name", "count", "key"),
    [
        ("app-types", 39, "necessary"),
        ("android", 150, "info"),
        ("harmony", 38, "level"),
        ("ios", 28, "info"),
        ("channels", 14, "how"),
        ("deadlines", 17, "limit"),
        ("remedies", 12, "requires"),
        ("dates", 30, "event"),
        ("duties", 34, "duty"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_other_lists(name: str, count: int, key: str, lang: str) -> None:
    rows = json.loads(run("--list", name, "--format", "json", "--lang", lang))
    assert len(rows) >= count
    assert all(key in row and row["confidence"] in "ABCM" for row in rows)
    assert len(run("--list", name, "--lang", lang).splitlines()) == len(rows) + 2


@pytest.mark.parametrize("words", [["GDPR"], ["--rule", "9.9"]])
def test_an_unknown_word_is_one_line_and_exit_2(words: list[str]) -> None:
    result = CliRunner().invoke(command, words)
    assert isinstance(result.exception, HongxianError)
    assert result.exception.code == Exit.USAGE
    assert "\n" not in str(result.exception)
