"""The command line as a whole: languages, exit codes, one line for every error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import click
import pytest

from hongxian import cli
from hongxian.errors import ArtefactError

HONGXIAN = [sys.executable, "-c", "from hongxian.cli import main; main()"]


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    keep = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    return subprocess.run(
        [*HONGXIAN, *words], env=keep | environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def as_user(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("HONGXIAN_LANG", "HONGXIAN_DEBUG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return monkeypatch


def call(as_user: pytest.MonkeyPatch, *words: str) -> int | str | None:
    as_user.setattr(sys, "argv", ["hongxian", *words])
    try:
        cli.main()
    except SystemExit as stop:
        return stop.code or 0
    return 0


def verb(as_user: pytest.MonkeyPatch, error: BaseException) -> None:
    """Put a verb that raises in the place of `info`."""

    @click.command
    def command() -> NoReturn:
        raise error

    put(as_user, command)


def put(as_user: pytest.MonkeyPatch, command: click.Command) -> None:
    module = ModuleType("hongxian.cli.info")
    module.command = command  # type: ignore[attr-defined]
    as_user.setitem(sys.modules, module.__name__, module)


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [("zh", "命令：\n  audit    审计 App 安装包"), ("en", "Verbs:\n  audit    audit app")],
)
def test_help_lists_every_verb_in_both_languages(lang: str, wanted: str) -> None:
    shown = run("--lang", lang, "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert wanted in shown.stdout
    for name in cli.VERBS:
        assert f"\n  {name} " in shown.stdout


@pytest.mark.parametrize("name", cli.VERBS)
def test_every_verb_has_help_in_chinese(
    as_user: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert call(as_user, name, "--help", "--lang=zh") == 0
    assert f"用法：hongxian {name} [选项]" in capsys.readouterr().out


def test_no_word_at_all_is_a_question_for_help(
    as_user: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(as_user) == 0
    assert capsys.readouterr().out.startswith("Usage: hongxian [OPTIONS]")


def test_help_loads_no_engine() -> None:
    code = (
        "import sys; sys.argv = ['hongxian', '--help']\n"
        "from hongxian.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({'duckdb', 'numpy', 'jinja2', 'sqlglot', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_unknown_verb_is_one_line_in_the_language_of_the_user() -> None:
    wrong = run("frobnicate", LC_ALL="zh_CN.UTF-8")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("错误：没有命令“frobnicate”；可用的有 audit, ")
    assert wrong.stderr.count("\n") == 1


def test_an_unknown_option_is_one_line(
    as_user: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(as_user, "rules", "--frob") == 2
    assert capsys.readouterr().err == "error: No such option '--frob'.\n"


def test_the_version_is_that_of_the_package(
    as_user: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(as_user, "--version") == 0
    assert "hongxian" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "asked", "locale", "lang"),
    [
        (["rules"], None, "zh_CN.UTF-8", "zh"),
        (["rules"], None, "en_GB.UTF-8", "en"),
        (["rules"], "zh", "en_GB.UTF-8", "zh"),
        (["rules", "--lang", "en"], "zh", "zh_CN.UTF-8", "en"),
        (["--lang=en", "rules"], "zh", "zh_CN.UTF-8", "en"),
        (["rules", "--lang"], None, "en_GB.UTF-8", "en"),
    ],
)
def test_the_flag_comes_before_the_variable_before_the_locale(
    as_user: pytest.MonkeyPatch, words: list[str], asked: str | None, locale: str, lang: str
) -> None:
    as_user.setenv("LANG", locale)
    if asked:
        as_user.setenv("HONGXIAN_LANG", asked)
    as_user.setattr(sys, "argv", ["hongxian", *words])
    assert cli.chosen_language() == lang


def test_a_named_error_is_its_line_and_its_code(tmp_path: Path) -> None:
    gone = run("audit", str(tmp_path / "gone.apk"), LC_ALL="en_US.UTF-8")
    assert gone.returncode == 4
    assert "gone.apk" in gone.stderr
    assert "Traceback" not in gone.stderr


def test_the_code_is_that_of_the_error(
    as_user: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    verb(as_user, ArtefactError("a.apk", "cut off"))
    assert call(as_user, "info") == 4
    assert capsys.readouterr().err == "error: a.apk: cut off\n"


def test_a_fault_of_ours_is_one_line_without_its_text(
    as_user: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    verb(as_user, ValueError("13800138000"))
    assert call(as_user, "info") == cli.INTERNAL
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "ValueError, test_init.py:" in line
    assert "13800138000" not in line


def test_who_debugs_gets_the_traceback(as_user: pytest.MonkeyPatch) -> None:
    verb(as_user, ValueError("deep down"))
    as_user.setenv("HONGXIAN_DEBUG", "1")
    with pytest.raises(ValueError, match="deep down"):
        call(as_user, "info")


def test_ctrl_c_ends_with_130(as_user: pytest.MonkeyPatch) -> None:
    verb(as_user, KeyboardInterrupt())
    assert call(as_user, "info") == 130


def test_ctrl_c_in_the_middle_of_an_audit_ends_quietly(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "slow.apk")  # opening it waits for a writer that never comes
    # a shell that runs the tests in the background has them, and what they start, ignore Ctrl-C
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    start, flag, program, *rest = [*HONGXIAN, "audit", str(tmp_path / "slow.apk")]
    words = [start, flag, listening + program, *rest]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in errors


def test_a_reader_that_has_gone_is_no_error_and_no_verdict() -> None:
    with subprocess.Popen(
        [*HONGXIAN, "laws", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == cli.UNREAD


def test_output_that_nobody_takes_leaves_the_code_of_the_verb_alone(
    as_user: pytest.MonkeyPatch,
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as out:
        as_user.setattr(sys, "stdout", out)

        @click.command
        def command() -> NoReturn:
            sys.stdout.write("a verdict")
            sys.exit(1)

        put(as_user, command)
        assert call(as_user, "info") == 1


def test_a_verb_cut_off_by_its_reader_has_no_verdict(as_user: pytest.MonkeyPatch) -> None:
    verb(as_user, BrokenPipeError())
    assert call(as_user, "info") == cli.UNREAD
