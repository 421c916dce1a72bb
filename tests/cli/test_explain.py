from __future__ import annotations

import pytest
from click.testing import CliRunner

from hongxian.cli.explain import command
from hongxian.errors import Exit, HongxianError


def run(*words: str) -> str:
    result = CliRunner().invoke(command, [*words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_rule_is_explained_with_law_limits_remedy_and_method() -> None:
    shown = run("3.2", "--lang", "zh", "--on", "2026-11-01")
    for wanted in ("《个人信息保护法》第16条", "阈值", "method.3.2.hours = 48", "整改", "select "):
        assert wanted in shown


def test_the_law_of_another_day() -> None:
    assert "PIPL" not in run("3.2", "--lang", "en", "--on", "2020-06-01")


def test_the_law_of_today_is_the_default() -> None:
    assert "PIPL art. 16" in run("method.3.2", "--lang", "en")


def test_an_unknown_rule_is_one_line() -> None:
    with pytest.raises(HongxianError, match=r"no rule '9\.9'") as caught:
        run("9.9")
    assert caught.value.code is Exit.USAGE
