"""Help pages and usage errors, which the library of the command line writes, are Chinese too."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from hongxian import cli
from hongxian.cli.spoken import language_of_help, spoken
from hongxian.facts import Store

OF_PROGRAMMERS = (
    "Value must be", "Could not determine", "No options defined", "Arguments take exactly",
    "defined twice", "cannot use the same flag", "deprecated", "Takes {nargs} values",
    "values are required", "(dynamic)", "Choice(", "Missing {param_type}",
)  # fmt: skip
"""Sentences about a program that is put together wrongly, or parts of other sentences."""
NEVER = (
    "Do you want", "Confirm the action", "%(prog)s", "Aborted!", "Could not open file",
    "Error: {message}", "Try '", "unknown error", "Invalid start character", "UUID", "{filename!r}",
    "Usage:", "Missing parameter", "(Did you mean", "Did you mean", "Choose from",
)  # fmt: skip
"""Sentences that none of our options can cause, or that stand within others."""


def sentences() -> list[str]:
    """All that the installed library may say while it reads a command line."""
    found = []
    for name in ("core", "exceptions", "parser", "types", "decorators"):
        source = Path(str(importlib.import_module(f"click.{name}").__file__))
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node
            if call and call.func.id in ("_", "ngettext"):  # type: ignore[attr-defined]
                found += [a.value for a in call.args if isinstance(a, ast.Constant)]
    return [text for text in found if isinstance(text, str) and " " in text]


def main(monkeypatch: pytest.MonkeyPatch, *words: str, lang: str = "zh") -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["hongxian", *words, "--lang", lang])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return stop.value.code or 0


def test_every_sentence_of_the_installed_library_is_known() -> None:
    passed = OF_PROGRAMMERS + NEVER
    wanted = [text for text in sentences() if not any(part in text for part in passed)]
    assert wanted
    filled = [re.sub(r"\{\w+(!r)?\}", "'x'", text) for text in wanted]
    unknown = [text for text in filled if spoken(text, "zh") == text]
    untold = [text for text in unknown if not text.startswith(("Missing ", "'x' is not a valid"))]
    assert untold == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["audit"], "错误：缺少参数 'APPS...'。"),
        (["audit", "x", "--zzz"], "错误：没有选项 '--zzz'。"),
        (["audit", "x", "--jobs", "0"], "错误：'--jobs' / '-j' 的值无效：0 不在范围 x>=1 之内。"),
        (["audit", "x", "--jobs", "b"], "错误：'--jobs' / '-j' 的值无效：'b' 不是整数。"),
        (["audit", "x", "--seconds", "b"], "错误：'--seconds' 的值无效：'b' 不是数值。"),
        (["audit", "x", "--fail-on", "b"],
         "错误：'--fail-on' 的值无效：'b' 不在可选值之内：'low', 'medium', 'high'。"),
        (["audit", "x", "--strict=1"], "错误：选项 '--strict' 不带值。"),
        (["judge"], "错误：缺少选项 --store。"),
        (["judge", "--store", "a", "b"], "错误：多余的参数：b"),
        (["answer", "3.1", "--subject", "a"],
         "错误：缺少选项 '--verdict'，可选：violated, satisfied, not_applicable"),
        (["answer", "3.1", "--subject", "s", "--verdict", "violated", "--by", "x", "--store", "y",
          "--since", "2026"], "错误：'--since' 的值无效：'2026' 不符合格式 '%Y-%m-%d'。"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_one_chinese_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], line: str
) -> None:
    assert main(monkeypatch, *words) == 2
    assert capsys.readouterr().err == f"{line}\n"


def test_english_lines_are_those_of_the_library(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(monkeypatch, "answer", "3.1", "--subject", "a", lang="en") == 2
    line = "error: Missing option '--verdict'. Choose from: violated, satisfied, not_applicable\n"
    assert capsys.readouterr().err == line


def help_page(lang: str, verb: str) -> str:
    """A process of its own, because texts of options are made when a verb is imported."""
    program = [sys.executable, "-X", "utf8", "-c", "from hongxian.cli import main; main()"]
    words = [*program, "--lang", lang, *verb.split(), "--help"]
    return subprocess.run(words, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize("verb", ["", *cli.VERBS])
def test_a_help_page_is_chinese_but_for_names(verb: str) -> None:
    page = help_page("zh", verb)
    assert page.startswith(f"用法：hongxian {verb}".rstrip() + " [选项]")
    assert "\n选项：\n" in page
    assert "显示本帮助后退出" in page
    assert not re.search(
        r"Usage|Options|Show this|required|default|[a-z]{3,} [a-z]{3,} [a-z]", page
    )


def test_an_english_help_page_is_as_ever() -> None:
    page = help_page("en", "demo")
    assert page.startswith("Usage: hongxian demo [OPTIONS]\n")
    assert "\nOptions:\n" in page
    assert "[default: hongxian-" in page
    assert "Show this message and exit." in page


def test_what_the_library_adds_behind_an_option_is_said_too() -> None:
    text = click.Option(["--by"], help="答复人", required=True, default="x", show_default=True)
    command = click.Command("answer", params=[text], help="记录")
    command.context_class = language_of_help("zh")
    page = command.get_help(command.context_class(command, info_name="answer"))
    lines = [" ".join(line.split()) for line in page.splitlines() if line]
    assert lines == [
        "用法：answer [选项]", "记录", "选项：",
        "--by TEXT 答复人 [默认 x; 必填]", "--help 显示本帮助后退出",
    ]  # fmt: skip


def test_suggestions_and_what_is_not_known() -> None:
    line = "No such option '--stor'. Did you mean '--store'?"
    assert spoken(line, "zh") == "没有选项 '--stor'。是否指 '--store'？"
    several = "No such option '--s'. (Did you mean one of: '--store', '--strict'?)"
    assert spoken(several, "zh") == "没有选项 '--s'。是否指其中之一：'--store', '--strict'？"
    assert spoken("Something new.", "zh") == "Something new."
    assert spoken(line, "en") == line


WRONG = {
    "explain 9.9": 2,
    "laws --rule 9.9": 2,
    "laws nolaw": 2,
    "parties nobody": 2,
    "parties --function nothing": 2,
    "parties --libraries nothing": 2,
    "info nothing": 2,
    "info --group nothing": 2,
    "info --standard nothing": 2,
    "audit a.apk --type nothing": 2,
    "audit a.apk --type 类": 2,
    "audit a.apk --config none.toml": 2,
    "audit a.apk --config colour.toml": 2,
    "audit a.apk --config jobs.toml": 2,
    "audit a.apk --config limit.toml": 2,
    "audit a.apk --config half.toml": 2,
    "audit a.apk --config latin.toml": 2,
    "audit a.apk --accept colour.toml": 2,
    "audit a.apk --accept entry.toml": 2,
    "audit a.apk --against half.json": 2,
    "audit a.apk --against other.json": 2,
    "audit a.apk --store half.toml": 2,
    "judge --store none.db": 2,
    "judge --store facts.db --facts none": 4,
    "judge --store facts.db --rules none": 2,
    "judge --store facts.db --rules rules": 2,
    "answer 3.1 --subject x --verdict satisfied --by 王 --store facts.db": 2,
    "answer 3.1 --subject x --verdict satisfied --by 王 --attachment none.pdf --store facts.db": 2,
}
"""Command line -> exit code; the files are made below."""
FILES = {
    "colour.toml": b"colour = 1",
    "jobs.toml": b"jobs = 0",
    "limit.toml": b'limits = {"method.1.3.tap" = 3}',
    "half.toml": b"jobs = ",
    "latin.toml": b"\xe9\xe8",
    "entry.toml": b"[[accept]]\nwho = 'x'",
    "half.json": b'{"a": ',
    "other.json": b"{}",
    "rules/9.1.sql": b"select 1",
}


@pytest.mark.parametrize("words", WRONG)
def test_whatever_is_wrong_is_one_line_in_the_users_language(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    Store(tmp_path / "facts.db").close()
    monkeypatch.chdir(tmp_path)
    for lang in ("zh", "en"):
        monkeypatch.setattr(sys, "argv", ["hongxian", *words.split(), "--lang", lang])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        assert ended.value.code == WRONG[words]
        assert told.out == ""
        [line] = told.err.splitlines()
        own = line.replace("王", "").replace("类", "")
        assert bool(re.search(r"[\u4e00-\u9fff]", own)) == (lang == "zh"), line
