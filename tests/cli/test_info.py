from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from click.testing import CliRunner

from hongxian.cli.info import command
from hongxian.errors import Exit, HongxianError


def run(*words: str) -> str:
    result = CliRunner().invoke(command, [*words, "--lang", "zh"], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def records(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*words, "--format", "json"))
    return found


def test_every_type_is_listed() -> None:
    assert len(records()) >= 111
    assert run().splitlines()[0].split()[:3] == ["键", "名称", "组"]


def test_only_what_is_sensitive_on_a_day() -> None:
    before = {row["key"] for row in records("--sensitive", "--on", "2021-01-01")}
    after = {row["key"] for row in records("--sensitive", "--on", "2026-01-01")}
    assert "contact.address_book" in before - after
    assert "biometric.face" in before & after


def test_one_text_alone() -> None:
    rows = records("--sensitive", "--on", "2026-01-01", "--standard", "METHOD31")
    assert {row["key"] for row in rows} == {
        "identity.doc_number", "property.bank_card", "location.track",
    }  # fmt: skip


def test_a_group() -> None:
    assert {row["group"] for row in records("--group", "location")} == {"location"}


def test_one_type_by_name_with_its_match() -> None:
    row = records("行踪轨迹", "--map", "fideslang", "--on", "2026-01-01")[0]
    assert row["key"] == "location.track"
    assert row["by"] == ["METHOD31", "PIPL28", "GB45574"]
    assert (row["target"], row["match"]) == ("user.location.precise", "broader")
    assert "对方更宽" in run("行踪轨迹", "--map", "fideslang")


def test_an_unread_text_is_marked_in_the_table_only() -> None:
    words = ("location.precise", "--on", "2021-01-01")
    assert "GB35273 (未核实)" in run(*words)
    assert records(*words)[0]["by"] == ["GB35273"]


def test_csv_reads_back() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--group", "auth", "--format", "csv"))))
    assert rows[0]["key"] == "auth.password"


def test_nothing_that_fits_is_said() -> None:
    assert run("--group", "device", "--sensitive") == "没有符合条件的条目。\n"


@pytest.mark.parametrize("words", [["shoe.size"], ["--group", "shoes"], ["--standard", "ISO"]])
def test_an_unknown_word_is_one_line_and_exit_2(words: list[str]) -> None:
    result = CliRunner().invoke(command, words)
    assert isinstance(result.exception, HongxianError)
    assert result.exception.code == Exit.USAGE
    assert "\n" not in str(result.exception)
