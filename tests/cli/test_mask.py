from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from hongxian.cli.mask import command
from hongxian.errors import HongxianError

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SECRET = "ab" * 32
TEXT = "姓名,mobile,age,illness\n张三,13812345678,31,flu\n李四,13912345678,32,cold\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OUR_KEY", SECRET)
    (tmp_path / "in.csv").write_text(TEXT, "utf-8")
    (tmp_path / "policy.toml").write_text(
        '[keys]\nactive = "k1"\n[keys.k1]\nenv = "OUR_KEY"\n[types."basic.phone"]\ntest = "fpe"\n'
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(command, [*words, "--lang", "en"], catch_exceptions=False)


def masked(*words: str) -> Result:
    return run("in.csv", "--policy", "policy.toml", "--audience", "test", "--output", "out.csv",
               *words)  # fmt: skip


def test_a_file_is_copied_masked_and_told(tmp_path: Path) -> None:
    done = masked()
    assert done.exit_code == 0
    head, first, _ = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert head == "姓名,mobile,age,illness"
    name, mobile, age, illness = first.split(",")
    assert (name, age, illness) == ("张*", "30-39", "")
    assert len(mobile) == 11
    assert mobile != "13812345678"
    assert "format-preserving encryption" in done.stdout
    for secret in (SECRET, "13812345678", "张三"):
        assert secret not in done.output


def test_it_is_turned_back_with_the_key_and_the_column_named(tmp_path: Path) -> None:
    masked()
    (tmp_path / "out.csv").rename(tmp_path / "in.csv")
    done = masked("--reveal", "--column", "mobile=basic.phone:fpe")
    assert done.exit_code == 0
    assert (tmp_path / "out.csv").read_text("utf-8").splitlines()[1].split(",")[1] == "13812345678"
    assert masked("--reveal", "--key-id", "k1").exit_code == 0


def test_the_report_is_json_when_asked_with_the_risk() -> None:
    done = masked("--format", "json", "--quasi", "age,mobile", "--sensitive", "illness")
    told = json.loads(done.stdout)
    assert (told["rows"], told["problems"]) == (2, [])
    [found] = told["tables"]
    assert [one["column"] for one in found["columns"]] == ["姓名", "mobile", "age", "illness"]
    assert found["risk"]["quasi"] == ["age", "mobile"]
    assert found["risk"]["after"]["grade"] == 2


def test_a_limit_on_k_that_is_not_kept_is_a_violation() -> None:
    assert masked("--quasi", "age", "--least-k", "2").exit_code == 0
    assert masked("--quasi", "mobile", "--least-k", "2").exit_code == 1
    with pytest.raises(HongxianError, match="--least-k needs --quasi"):
        masked("--least-k", "2")
    with pytest.raises(HongxianError, match="either --table or --query"):
        masked("--table", "a", "--query", "select 1")


def test_values_that_do_not_fit_are_told_and_strictly_are_unclear(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("tel\nnone\n13812345678\n")
    options = ("--column", "tel=basic.phone")
    assert masked(*options).exit_code == 0
    assert "1 values did not fit" in masked(*options).stdout
    assert masked(*options, "--strict").exit_code == 3


def test_in_place_needs_its_word_and_leaves_a_backup(tmp_path: Path) -> None:
    words = ("in.csv", "--policy", "policy.toml", "--audience", "test")
    with pytest.raises(HongxianError, match="give either --output or --in-place"):
        run(*words)
    with pytest.raises(HongxianError, match="give either --output or --in-place"):
        masked("--in-place")
    done = run(*words, "--in-place")
    assert "the source, with its PI in clear, is now in.csv.bak" in done.stderr
    assert (tmp_path / "in.csv.bak").read_text("utf-8") == TEXT


def test_without_policy_the_defaults_hold_and_keyed_ones_say_what_they_need() -> None:
    words = ("in.csv", "--output", "out.csv")
    assert run(*words, "--audience", "public").exit_code == 0
    with pytest.raises(HongxianError, match="needs a key: write"):
        run(*words, "--audience", "analyst")
    with pytest.raises(HongxianError, match="name an --audience: analyst, test, partner, public"):
        run(*words)
    with pytest.raises(HongxianError, match="no audience 'tset'; nearest: 'test'"):
        run(*words, "--audience", "tset")


def test_a_folder_is_copied_and_what_could_not_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in.csv").rename(tmp_path / "in" / "in.csv")
    (tmp_path / "in" / "z.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    done = run("in", "--audience", "public", "--output", "out")
    assert done.exit_code == 4
    assert "z.png: content of this kind" in done.stdout
    assert "13812345678" not in (tmp_path / "out" / "in.csv").read_text("utf-8")


def test_what_was_done_is_kept_as_facts_when_asked(tmp_path: Path) -> None:
    from hongxian.facts import Store

    assert masked("--store", "facts.duckdb", "--name", "shop").exit_code == 0
    store = Store(tmp_path / "facts.duckdb")
    try:
        found = store.rows("select subject, info from facts")
    finally:
        store.close()
    assert {one["subject"] for one in found} == {"store:shop"}
    assert "basic.phone" in {one["info"] for one in found}


def test_spark_masks_files_to_a_new_folder(tmp_path: Path) -> None:
    words = ("in.csv", "--policy", "policy.toml", "--audience", "test", "--engine", "spark")
    with pytest.raises(HongxianError, match="not in place"):
        run(*words, "--in-place")
    with pytest.raises(HongxianError, match="there already"):
        run(*words, "--output", str(tmp_path / "in.csv"))
