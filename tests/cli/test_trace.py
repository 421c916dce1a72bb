from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.cli.audits import LANTERN, audit, report
from tests.cli.audits import run as verb
from tests.reports.conftest import APP as STORY_APP
from tests.reports.story import BUNDLE, read, story_coverage, story_facts

from hongxian.cli.trace import command
from hongxian.errors import HongxianError
from hongxian.facts import Coverage, Fact, Run, Store
from hongxian.judge.run import Finding

if TYPE_CHECKING:
    from pathlib import Path

APP = "app:com.example.lamp@1.0#0123456789ab"
PATH = ["com.example.Lamp.onCreate", "com.example.Id.of", "TelephonyManager.getImei"]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    store = Store(path)
    run = Run(sensor="app", subject=APP)
    store.begin(run)
    reach = Fact(
        subject=APP, sensor="app", kind="reach", info="device.imei", actor="first_party",
        phase="before_prompt", item="TelephonyManager.getImei", certainty="reachable",
        locator="classes.dex com.example.Id.of+12", artefact="ab" * 32,
        detail={"path": PATH, "edges": ["call", "call"]},
    )  # fmt: skip
    store.add_facts(run, [reach])
    partly = Coverage(
        subject=APP, scope="session.start", status="partial", reason="stopped after a minute"
    )
    store.add_coverage(run, [partly])
    store.finish(run)
    store.close()
    return path


def add_permission(path: Path) -> None:
    store = Store(path)
    run = Run(sensor="app", subject=APP, artefact="cd" * 32)
    store.begin(run)
    store.add_facts(run, [
        Fact(subject=APP, sensor="app", kind="permission",
             item="android.permission.READ_CONTACTS"),
        Fact(subject=APP, sensor="app", kind="reach", info="contact.address_book", actor="jpush",
             phase="after_consent", certainty="reachable"),
    ])  # fmt: skip
    store.add_coverage(run, [Coverage(subject=APP, scope="app.code", status="ran")])
    store.finish(run)
    store.close()


def run(facts: Path, fingerprint: str, lang: str = "en", *more: str) -> str:
    words = [fingerprint, "--store", str(facts), "--lang", lang, *more]
    result = CliRunner().invoke(command, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def fingerprint() -> str:
    columns = {"info": "device.imei", "actor": "first_party", "item": "TelephonyManager.getImei"}
    return Finding("method.3.1", APP, "suspected", (), columns).fingerprint


def test_a_finding_is_traced_to_the_instruction_and_the_file(facts: Path) -> None:
    shown = run(facts, fingerprint())
    for wanted in (
        "3.1 ", "suspected", APP, "PIPL", "device.imei", "classes.dex com.example.Id.of+12",
        "ab" * 32, "com.example.Lamp.onCreate  [call]", "    TelephonyManager.getImei",
    ):  # fmt: skip
        assert wanted in shown


def test_how_far_was_looked_is_told(facts: Path) -> None:
    shown = run(facts, fingerprint())
    assert "in part (stopped after a minute)" in shown
    assert "session.hooks  " in shown
    assert ": not looked at\n" in shown


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    path = tmp_path / "watched.db"
    store = Store(path)
    run = Run(sensor="session", subject=STORY_APP, artefact=BUNDLE)
    store.begin(run)
    store.add_facts(run, story_facts())
    store.add_coverage(run, story_coverage())
    store.finish(run)
    store.close()
    return path


def of_pangle(store: Path) -> str:
    result = verb("judge", "--store", store, "--format", "json")
    [subject] = report(result)["subjects"]
    return next(
        str(finding["fingerprint"])
        for one in subject["behaviours"]
        for finding in one["findings"]
        if one["number"] == "3.1" and finding["columns"]["actor"] == "pangle"
    )


def test_a_watched_finding_shows_whose_code_and_what_happened_around_it(watched: Path) -> None:
    shown = run(watched, of_pangle(watched))
    lines = shown.splitlines()
    deciding = next(line for line in lines if "openadsdk.core.Apps.list" in line and "►" in line)
    assert "Pangle" in deciding
    around = lines[lines.index("  What happened around it (► is this finding's evidence):") :]
    moments = [line for line in around if "►" in line and "collected" in line]
    assert len(moments) == 9
    assert all("\u2212" in line for line in moments)
    assert any("consent" in line and "0.0 s" in line for line in around)
    assert any("more events" in line for line in around)


def test_further_facts_of_a_long_finding_are_counted(watched: Path) -> None:
    store = Store(watched)
    run_ = Run(sensor="session", subject=STORY_APP, artefact="cd" * 32)
    store.begin(run_)
    store.add_facts(run_, [read(5 + n / 10, "pangle", phase="prompt") for n in range(20)])
    store.finish(run_)
    store.close()
    assert "... 17 more events" in run(watched, of_pangle(watched))


def test_the_type_of_app_is_as_in_the_audit(facts: Path) -> None:
    add_permission(facts)
    columns = {"info": "contact.address_book", "item": "android.permission.READ_CONTACTS"}
    permission = Finding("method.4.1", APP, "unclear", (), columns).fingerprint
    config = facts.parent / "hongxian.toml"
    config.write_text('[types]\n"com.example.lamp" = "im"\n', encoding="utf-8")
    assert "unclear" in run(facts, permission)
    assert "suspected" in run(facts, permission, "en", "--type", "map")
    assert "suspected" in run(facts, permission, "en", "--config", str(config))


def test_a_threshold_that_no_rule_has_is_said(facts: Path) -> None:
    config = facts.parent / "hongxian.toml"
    config.write_text('[limits]\n"method.1.3.tap" = 3\n', encoding="utf-8")
    with pytest.raises(HongxianError, match=r"nearest: 'method\.1\.3\.taps'"):
        run(facts, fingerprint(), "en", "--config", str(config))


def test_it_is_told_in_chinese(facts: Path) -> None:
    shown = run(facts, fingerprint(), "zh")
    assert "疑似" in shown
    assert "《个人信息保护法》" in shown


def test_a_fingerprint_that_is_not_there_is_one_line(facts: Path) -> None:
    with pytest.raises(HongxianError, match="no finding has the fingerprint 0000"):
        run(facts, "0000")


def test_a_fingerprint_of_the_report_can_be_traced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HONGXIAN_LANG", "en")
    result = audit(LANTERN, "--store", tmp_path / "facts.db", "--format", "json")
    [subject] = report(result)["subjects"]
    [third] = [one for one in subject["behaviours"] if one["number"] == "3.1"]
    finding = third["findings"][0]
    shown = verb("trace", finding["fingerprint"], "--store", tmp_path / "facts.db").stdout
    assert finding["message"] in shown
    assert finding["evidence"][0] in shown
    assert "locator    classes.dex cn.hongxian.lantern." in shown


def test_a_finding_of_a_store_is_traced_to_its_column(tmp_path: Path) -> None:
    source, store = tmp_path / "members.csv", tmp_path / "facts.db"
    source.write_text("name,id_card\n" + "张三,11010519491231002X\n" * 9, "utf-8")
    told = verb("scan", source, "--store", store, "--format", "json")
    marks = [one["fingerprint"] for one in report(told)["findings"] if one["fingerprint"]]
    assert marks
    shown = "".join(run(store, mark) for mark in marks)
    assert "store:members.csv" in shown
    assert "members.csv.id_card" in shown
    assert "11010519491231002X" not in shown
