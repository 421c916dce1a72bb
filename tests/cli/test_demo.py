from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from hongxian.cli import demo
from hongxian.errors import HongxianError
from hongxian.words import say

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> str:
    result = CliRunner().invoke(demo.command, [*words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_it_ends_with_the_path_of_a_report_on_both_samples(folder: Path) -> None:
    last = run("--lang", "en").rstrip().splitlines()[-1]
    assert last == f"HTML report: {folder / 'hongxian-demo.html'}"
    page = (folder / "hongxian-demo.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    for version in ("1.0", "2.0"):
        assert f"app:cn.hongxian.lantern@{version}#" in page


def test_the_verdicts_are_shown_in_the_language_asked_for(folder: Path) -> None:
    assert "疑似" in run("--lang", "zh", "-o", str(folder / "zh.html"))
    assert "uspected" in run("--lang", "en", "-o", str(folder / "en.html"))


def test_each_sample_is_judged_with_its_recorded_session(folder: Path) -> None:
    output = run("--lang", "en", "-o", str(folder / "en.html"))
    for summary in ("violated 22", "satisfied 28"):
        assert summary in output


def test_the_page_is_in_the_language_asked_for(folder: Path) -> None:
    run("--lang", "zh", "-o", str(folder / "zh.html"))
    assert 'lang="zh' in (folder / "zh.html").read_text("utf-8")


def test_what_is_said_of_the_samples_is_what_their_truth_table_says() -> None:
    truth = tomllib.loads((ROOT / "samples" / "TRUTH.toml").read_text("utf-8"))
    planted = sum(line["planted"] for line in truth["lantern"]["rules"].values())
    for lang in ("zh", "en"):
        assert f" {planted} " in say("demo.about", lang)


def test_a_store_of_the_configuration_is_left_alone(folder: Path) -> None:
    (folder / "hongxian.toml").write_text('store = "mine.duckdb"\n')
    run()
    assert not (folder / "mine.duckdb").exists()


def test_a_checkout_and_an_installed_package_are_both_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo.sample("lantern.apk", "en").parent == ROOT / "samples"
    (tmp_path / "lantern.apk").write_bytes(b"")
    monkeypatch.setattr(demo, "_HOMES", (tmp_path, ROOT / "samples"))
    assert demo.sample("lantern.apk", "en").parent == tmp_path
    monkeypatch.setattr(demo, "_HOMES", (tmp_path / "none",))
    with pytest.raises(HongxianError, match=r"lantern\.apk is not there"):
        demo.sample("lantern.apk", "en")


def test_the_samples_go_into_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    forced = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for name in (*demo.SAMPLES, demo.POLICIES, demo.SESSIONS):
        assert forced[f"samples/{name}"] == f"hongxian/data/{name}"
        assert (ROOT / "samples" / name).exists()
