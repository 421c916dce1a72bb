"""The configuration file: found, checked key by key, and weaker than the command line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from hongxian.audit.settings import Settings, load_settings
from hongxian.errors import Exit, HongxianError
from hongxian.laws.hosts import owner_of
from hongxian.rules.load import find_rule, load_rules

WHOLE = """
type = "map"
format = "json"
fail_on = "high"
strict = true
jobs = 2
seconds = 1.5
gates = ["com.example.Consent.isGiven"]

[types]
"cn.example.shop" = "1"

[limits]
"method.3.2.hours" = 24
"""


def settings(folder: Path, text: str) -> Settings:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def test_everything_a_file_can_say(tmp_path: Path) -> None:
    read = settings(tmp_path, WHOLE)
    assert read.gates == {"com.example.Consent.isGiven"}
    assert read.limits == {"method.3.2.hours": 24.0}
    assert read.type_of("app:cn.example.shop@1.0#0123456789ab") == "map"
    assert read.type_of("app:cn.example.other@1.0#0123456789ab") is None
    assert read.options["seconds"] == 1.5


def test_what_is_given_comes_before_the_file(tmp_path: Path) -> None:
    given = {"form": None, "fail_on": "low", "app_type": None, "facts": (), "strict": False}
    assert settings(tmp_path, WHOLE).chosen(given) == {
        "form": "json",
        "fail_on": "low",
        "app_type": "map",
        "facts": None,
        "strict": False,
    }


@pytest.mark.parametrize("word", ["1", "map", "地图导航类"])
def test_an_app_type_is_found_by_number_key_or_name(word: str) -> None:
    assert Settings().app_type(word) == "map"


def test_no_app_type_asked_is_none_and_an_unknown_one_is_an_error() -> None:
    assert Settings().app_type(None) is None
    with pytest.raises(HongxianError, match="no app type 'teapot'"):
        Settings().app_type("teapot")


def test_the_file_of_the_working_folder_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()
    project = tmp_path / "pyproject.toml"
    project.write_text('[tool.hongxian]\ntype = "1"\n[tool.other]\nx = 1\n', encoding="utf-8")
    assert load_settings().options == {"type": "1"}
    (tmp_path / "hongxian.toml").write_text('type = "2"', encoding="utf-8")
    assert load_settings().options == {"type": "2"}


@pytest.mark.parametrize("text", ["", "[project]\nname = 'x'", "tool = 3"])
def test_a_project_that_says_nothing_of_us_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert load_settings() == Settings()


def test_our_table_of_a_project_must_be_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool]\nhongxian = 3", encoding="utf-8")
    with pytest.raises(HongxianError, match=r"tool\.hongxian is no table"):
        load_settings()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('tpye = "map"', "unknown key 'tpye'; nearest: 'type'"),
        ("[limit]", "unknown key 'limit'; nearest: 'limits'"),
        ("zzz = 1", "unknown key 'zzz'; known: lang, type, "),
        ("[limits]\nmethod.1.3.taps = 3", 'limits: write "method. ..." in quotation marks'),
        ('[types]\n"cn.example" = "teapot"', "cn.example: no app type 'teapot'"),
        ('type = "teapot"', "type: no app type 'teapot'"),
        ('jobs = "many"', "'jobs' has a value of the wrong kind"),
        ("jobs = true", "'jobs' has a value of the wrong kind"),
        ("strict = 1", "'strict' has a value of the wrong kind"),
        ('fail_on = "huge"', "fail_on = 'huge' is none of low, medium, high"),
        ('format = "pdf"', "format = 'pdf' is none of table, "),
        ('limits = {"method.3.2.hours" = "many"}', 'limits."method.3.2.hours" is no number'),
        ('limits = {"method.3.2.hours" = true}', 'limits."method.3.2.hours" is no number'),
        ('types = {"cn.example" = 1}', "cn.example: '1' is no text"),
        ("gates = [1]", "gates: '1' is no text"),
        ("type = ", "no valid TOML: it ends too early"),
    ],
)
def test_what_is_wrong_is_one_line_that_names_file_and_key(
    tmp_path: Path, text: str, line: str
) -> None:
    with pytest.raises(HongxianError) as caught:
        settings(tmp_path, text)
    assert f"{tmp_path / 'own.toml'}: {line}" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.code is Exit.USAGE


def test_bytes_that_are_no_text_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(HongxianError, match=r"x\.toml: not UTF-8 text"):
        load_settings(tmp_path / "x.toml")


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match=r"gone\.toml: No such file"):
        load_settings(tmp_path / "gone.toml")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("method.1.3.tap", "; nearest: 'method.1.3.taps'"),
        ("method.9.9.taps", "; nearest: 'method.1.3.taps'"),
        ("taps", "; nearest: 'method.1.3.taps'"),
        ("zzz", "; known: method.1.2.seconds, "),
    ],
)
def test_a_threshold_that_no_rule_has_is_one_line_with_the_nearest(
    tmp_path: Path, name: str, nearest: str
) -> None:
    read = settings(tmp_path, f'[limits]\n"{name}" = 3')
    with pytest.raises(HongxianError) as caught:
        read.check_limits(load_rules())
    line = f"{tmp_path / 'own.toml'}: unknown threshold '{name}' under [limits]{nearest}"
    assert str(caught.value).startswith(line)
    assert caught.value.code is Exit.USAGE


def test_known_thresholds_pass_those_of_ones_own_rules_too(tmp_path: Path) -> None:
    settings(tmp_path, WHOLE).check_limits(load_rules())
    own = replace(find_rule("1.3"), id="own.1.1")
    settings(tmp_path, '[limits]\n"own.1.1.taps" = 3').check_limits([own])


def test_hosts_are_the_user_s_word(tmp_path: Path) -> None:
    read = settings(tmp_path, '[hosts]\n"example.cn" = "first_party"\n"203.0.113.7" = "某公司"\n')
    assert read.hosts == {"example.cn": "first_party", "203.0.113.7": "某公司"}
    found = owner_of("api.example.cn", read.hosts)
    assert found is not None
    assert found.first_party


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('example.cn = "tencent"', 'write "example. ..." in quotation marks'),
        ('"com.cn" = "tencent"', "'com.cn' is no host or domain"),
        ('"no host" = "tencent"', "'no host' is no host or domain"),
        ('"http://example.cn/" = "tencent"', "is no host or domain"),
        ('"example.cn" = 1', "example.cn: '1' is no text"),
        ('"example.cn" = " "', "example.cn: ' ' is no text"),
    ],
)
def test_a_host_that_is_none_is_one_line(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(HongxianError, match=re.escape(problem)):
        settings(tmp_path, f"[hosts]\n{line}\n")
