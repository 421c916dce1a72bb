"""Which policy belongs to which app, and what becomes of one that cannot be read."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hongxian.audit import policies
from hongxian.audit.policies import Given, given_policies, read_policies, run_of
from hongxian.errors import HongxianError
from hongxian.facts import Reason
from hongxian.sensors.app.package.model import PolicyPart
from hongxian.sensors.app.sense import BudgetError, Sensed
from hongxian.sensors.policy.sense import sense_policy

if TYPE_CHECKING:
    from collections.abc import Sequence

POLICY = (
    "<title>{name}隐私政策</title><h1>{name}隐私政策</h1><p>更新日期：2025年3月1日</p>"
    "<h2>一、我们如何收集个人信息</h2><p>注册账号时，我们会收集您的手机号码。</p>"
) + "<p>为了保障服务正常运行，我们会在法律允许的范围内妥善处理您的个人信息。</p>" * 60
LIST = "<h1>第三方SDK清单</h1><p>友盟SDK会收集IMEI，用于统计分析。</p>"


def app(*parts: PolicyPart, package: str = "cn.example", stopped: bool = False) -> Sensed:
    return Sensed(
        Path("a.apk"), f"app:{package}@1.0#0123456789ab", "0" * 64,
        policies=parts, stopped=stopped,
    )  # fmt: skip


def part(
    text: str | None, kind: str = "policy", locator: str = "assets/privacy.html"
) -> PolicyPart:
    return PolicyPart(kind=kind, name="privacy.html", locator=locator, text=text)


def written(path: Path, text: str = POLICY.format(name="示例")) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_the_only_packages(tmp_path: Path) -> None:
    given = given_policies([written(tmp_path / "p.html")], 1, "en")
    assert [path.name for path in given.of("cn.example", "1.0")] == ["p.html"]
    with pytest.raises(HongxianError, match=r"p\.html: with several apps .* folder"):
        given_policies([tmp_path / "p.html"], 2, "en")


def test_what_is_not_there_is_said_in_the_users_language(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="没有这个文件"):
        given_policies([tmp_path / "gone.html"], 1, "zh")


def test_a_folder_is_sorted_by_package(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    names = ("cn.example.html", "cn.example-sdk.md", "cn.example.map.html", "cn.exampled.html",
             "cn.example.png", "cn.example-1.0.html",
             "cn.example_v1.0.2.html", "lists/cn.example_list.txt")  # fmt: skip
    for name in names:
        written(tmp_path / name)
    given = given_policies([tmp_path], 2, "en")
    assert [path.name for path in given.of("cn.example", "1.0")] == [
        "cn.example-1.0.html", "cn.example-sdk.md", "cn.example.html", "cn.example_list.txt",
    ]  # fmt: skip
    assert [path.name for path in given.of("cn.example.map", "1.0")] == ["cn.example.map.html"]
    assert "cn.example-1.0.html" not in [path.name for path in given.of("cn.example", "1.0.2")]


def scopes(coverage: Sequence[policies.Coverage]) -> dict[str, str]:
    return {one.scope: one.status for one in coverage}


def test_a_file_speaks_for_the_app(tmp_path: Path) -> None:
    run = read_policies(app(), Given(files=(written(tmp_path / "p.html"),)))
    assert run is not None
    assert {fact.subject for fact in run.facts} == {"app:cn.example@1.0#0123456789ab"}
    assert any(f.kind == "declare" and f.info == "basic.phone" for f in run.facts)
    assert scopes(run.coverage)["policy.text"] == "ran"
    assert run.lines("en") == []


def test_a_file_comes_before_the_text_in_the_package(tmp_path: Path) -> None:
    inside = part(POLICY.format(name="旧"))
    run = read_policies(app(inside), Given(files=(written(tmp_path / "p.html"),)))
    assert run is not None
    assert {(fact.locator or "p.html").split()[0] for fact in run.facts} == {"p.html"}


def test_the_text_in_the_package_is_read_whatever_charset_it_names() -> None:
    page = '<meta charset="gb2312">' + POLICY.format(name="示例")
    run = read_policies(app(part(page), part(LIST, "sdk_list", "assets/sdk.html")), Given())
    assert run is not None
    assert scopes(run.coverage)["policy.text"] == "ran"
    assert {(f.locator or "?").split()[0] for f in run.facts if f.kind == "declare"} == {
        "assets/privacy.html", "assets/sdk.html",
    }  # fmt: skip


def test_of_translations_the_simplified_chinese_one_is_read() -> None:
    english = "<h1>Privacy Policy</h1>" + "<p>We collect your phone number to sign you in.</p>" * 90
    run = read_policies(
        app(part(english, locator="assets/en.html"), part(POLICY.format(name="示例"))), Given()
    )
    assert run is not None
    assert {(f.locator or "").split()[0] for f in run.facts if f.kind == "declare"} == {
        "assets/privacy.html"
    }


def test_a_short_text_in_the_package_is_no_proof_of_silence() -> None:
    short = "<h1>隐私政策</h1><p>我们会收集您的手机号码。</p>" + "<p>我们重视您的隐私。</p>" * 60
    run = read_policies(app(part(short)), Given())
    assert run is not None
    [text] = [one for one in run.coverage if one.scope == "policy.text"]
    assert text.status == "partial"
    assert "--policy" in (text.reason or "")


def test_an_app_without_a_policy_has_none() -> None:
    assert read_policies(app(part(None), part("协议", "agreement")), Given()) is None
    stopped = app(part(POLICY), stopped=True)
    assert read_policies(stopped, Given()) is None


def test_an_app_that_the_folder_does_not_name_is_said_to_be_unread(tmp_path: Path) -> None:
    run = read_policies(app(), Given(folders=(tmp_path,)))
    assert run is not None
    assert [(one.scope, one.status) for one in run.coverage] == [("policy.text", "not_run")]
    assert "package" in (run.coverage[0].reason or "")


def test_a_broken_file_costs_itself_alone(tmp_path: Path) -> None:
    broken = tmp_path / "list.docx"
    broken.write_bytes(b"PK\x03\x04" + b"\0" * 80)
    run = read_policies(app(), Given(files=(written(tmp_path / "p.html"), broken)))
    assert run is not None
    assert any(fact.info == "basic.phone" for fact in run.facts)
    assert scopes(run.coverage)["policy.text"] == "partial"
    [line] = run.lines("en")
    assert line.startswith("list.docx")
    alone = read_policies(app(), Given(files=(broken,)))
    assert alone is not None
    assert scopes(alone.coverage) == {"policy.text": "partial"}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (BudgetError(Reason("audit.time", {"seconds": 1})), "time budget"),
        (MemoryError(), "memory"),
    ],
)
def test_a_budget_that_runs_out_is_said(
    error: BaseException, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def exhausted(*_: object, **__: object) -> None:
        time.sleep(0)
        raise error

    monkeypatch.setattr(policies, "_sense", exhausted)
    run = read_policies(app(), Given(files=(written(tmp_path / "p.html"),)))
    assert run is not None
    assert words in " ".join(run.lines("en"))
    assert scopes(run.coverage) == {"policy.text": "partial"}


def test_a_policy_alone_is_kept_like_that_of_an_app(tmp_path: Path) -> None:
    sensed = sense_policy([written(tmp_path / "p.html")])
    run = run_of(sensed)
    assert run.subject.startswith("policy:p.html#")
    assert run.facts == sensed.facts
    assert scopes(run.coverage)["policy.earlier"] == "not_run"
