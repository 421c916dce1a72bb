from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hongxian.cli.watch import command
from hongxian.errors import HongxianError

LINE = {"time": 1_750_000_000, "method": "POST", "url": "https://api.weibo.com/v2",
        "request_body": {"phone": "13800138000"}}  # fmt: skip


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("out.jsonl").write_text(json.dumps(LINE) + "\n")
    Path("silent.jsonl").write_text(json.dumps(LINE | {"request_body": ""}) + "\n")
    Path("none.log").write_text("nothing\n")


def run(*words: str) -> Result:
    return CliRunner().invoke(command, [*words, "--egress", "--lang", "en"], catch_exceptions=False)


def test_what_goes_out_is_reported_and_kept() -> None:
    done = run("out.jsonl", "--store", "facts.duckdb", "--subject", "app:shop@1")
    assert done.exit_code == 0
    assert "Weibo" in done.stdout
    assert "13800138000" not in done.output
    assert Path("facts.duckdb").exists()


@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_other_formats_go_to_a_file(form: str) -> None:
    assert run("out.jsonl", "--format", form, "--output", "r").exit_code == 0
    assert "api.weibo.com" in Path("r").read_text("utf-8-sig")


def test_whose_hosts_are_is_read_from_the_configuration() -> None:
    Path("hongxian.toml").write_text('[hosts]\n"weibo.com" = "first_party"\n')
    assert "the operator itself" in run("out.jsonl").stdout


@pytest.mark.parametrize(("log", "words", "code"), [
    ("silent.jsonl", (), 0), ("silent.jsonl", ("--strict",), 3), ("out.jsonl", ("--strict",), 0),
    ("none.log", (), 4),
])  # fmt: skip
def test_the_exit_code_tells_what_was_not_read(log: str, words: tuple[str, ...], code: int) -> None:
    assert run(log, *words).exit_code == code


@pytest.mark.parametrize(("words", "told"), [
    (("--learn", "x"), "--learn"), (("--write-openapi", "x"), "--write-openapi"),
    (("--engine", "spark"), "--engine spark"), (("kafka://a/b",), "kafka://a/b"),
])  # fmt: skip
def test_what_is_about_interfaces_is_refused(words: tuple[str, ...], told: str) -> None:
    with pytest.raises(HongxianError, match="does not go together") as error:
        run("out.jsonl", *words)
    assert told in str(error.value)
