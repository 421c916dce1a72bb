"""The end of an audit: other sensors' facts, thresholds, accepted findings, comparison, code."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hongxian.audit.outcome import keep
from hongxian.audit.report import _whose, finish
from hongxian.audit.settings import Settings
from hongxian.errors import Exit, HongxianError
from hongxian.facts import Coverage, Fact, Run, Store
from hongxian.facts.record import now
from hongxian.rules.load import find_rule, load_store_rules
from hongxian.sensors.app.sense import Sensed, sense_app

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def lantern() -> Sensed:
    return sense_app(SAMPLES / "lantern.apk")


@pytest.fixture
def store(lantern: Sensed) -> Store:
    store = Store()
    keep(store, lantern)
    return store


@pytest.fixture
def session(lantern: Sensed, tmp_path: Path) -> Path:
    """Exported facts of another program: an IMEI read before anyone was asked."""
    other = Store()
    run = Run(sensor="session", subject=lantern.subject, artefact="capture")
    other.begin(run)
    early = Fact(
        subject=lantern.subject,
        sensor="session",
        kind="collect",
        info="device.imei",
        actor="first_party",
        item="TelephonyManager.getImei",
        phase="before_prompt",
        seen_at=now(),
    )
    other.add_facts(run, [early])
    covered = [Coverage(subject=run.subject, scope="session.start", status="ran")]
    other.add_coverage(run, covered)
    other.finish(run)
    other.export(tmp_path / "session")
    return tmp_path / "session"


def end(store: Store, lantern: Sensed, **chosen: Any) -> Exit:
    options = {"lang": "en", "form": "json"} | chosen
    return finish(store, [(lantern.subject, "map")], Settings(), options)


def ruled(out: str, rule: str) -> dict[str, Any]:
    [subject] = json.loads(out)["subjects"]
    return next(one for one in subject["behaviours"] if one["rule"] == rule)


def test_facts_of_another_sensor_turn_a_suspicion_into_a_violation(
    store: Store, lantern: Sensed, session: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert end(store, lantern) is Exit.CLEAN
    assert ruled(capsys.readouterr().out, "method.3.1")["verdict"] == "suspected"
    assert end(store, lantern, facts=(session,)) is Exit.VIOLATED
    assert ruled(capsys.readouterr().out, "method.3.1")["verdict"] == "violated"


def test_the_table_is_what_people_get_unless_they_ask(
    store: Store, lantern: Sensed, capsys: pytest.CaptureFixture[str]
) -> None:
    end(store, lantern, form=None, lang="zh")
    shown = capsys.readouterr().out
    assert "cn.hongxian.lantern" in shown
    assert "疑似" in shown


def test_sarif_holds_all_verdicts_only_when_asked(
    store: Store, lantern: Sensed, tmp_path: Path
) -> None:
    counts = []
    for everything in (False, True):
        path = tmp_path / f"{everything}.sarif"
        end(store, lantern, form="sarif", output=path, everything=everything)
        counts.append(len(json.loads(path.read_text(encoding="utf-8"))["runs"][0]["results"]))
    assert counts[0] == 0
    assert counts[1] >= 31


def test_strict_and_failed_reach_the_exit_code(store: Store, lantern: Sensed) -> None:
    assert end(store, lantern, strict=True) is Exit.UNCLEAR
    subjects = [(lantern.subject, None)]
    code = finish(store, subjects, Settings(), {"lang": "en", "form": "csv"}, failed=True)
    assert code is Exit.SENSOR


def test_what_is_accepted_no_longer_fails(
    store: Store,
    lantern: Sensed,
    session: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    end(store, lantern, facts=(session,))
    [subject] = json.loads(capsys.readouterr().out)["subjects"]
    violated = {
        finding["fingerprint"]
        for ruling in subject["behaviours"]
        for finding in ruling["findings"]
        if finding["verdict"] == "violated"
    }
    until = (now() + timedelta(days=9)).date()
    entry = '[[accept]]\nfingerprint = "{}"\nreason = "fixed in 2.0"\nwho = "L. Chen"\nuntil = {}\n'
    accept = tmp_path / "accept.toml"
    accept.write_text("".join(entry.format(mark, until) for mark in violated), encoding="utf-8")
    assert end(store, lantern, accept=accept) is Exit.CLEAN
    gone = entry.format("0" * 15 + "f", until)
    accept.write_text(gone, encoding="utf-8")
    assert end(store, lantern, accept=accept) is Exit.VIOLATED
    assert "0" * 15 + "f" in capsys.readouterr().err


def test_an_earlier_report_is_compared_on_stderr(
    store: Store,
    lantern: Sensed,
    session: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    earlier = tmp_path / "earlier.json"
    end(store, lantern, output=earlier)
    end(store, lantern, facts=(session,), against=earlier)
    shown = capsys.readouterr()
    assert json.loads(shown.out)["subjects"]
    assert "method.3.1" in shown.err


def test_rules_of_ones_own_are_judged_too(
    store: Store, lantern: Sensed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hongxian.rules.load import find_rule

    text = f"/*{RULE_HEAD}*/\n{find_rule('3.1').sql}"
    (tmp_path / "1.1.sql").write_text(text, encoding="utf-8")
    end(store, lantern, rules=tmp_path)
    assert ruled(capsys.readouterr().out, "own.1.1")["verdict"] == "suspected"


RULE_HEAD = """
id: own.1.1
title: {zh: 自有规则, en: our own rule}
group: {zh: 自有, en: own}
principles: [lawful]
law: []
needs: [app.code]
severity: low
says:
  violated: {zh: 违反, en: violated}
  suspected: {zh: 疑似, en: suspected}
  unclear: {zh: 不明, en: unclear}
  satisfied: {zh: 符合, en: satisfied}
fix: {zh: 整改, en: mend}
status: stable
since: 0.1.0
false_positives: {zh: 无, en: none}
"""


def test_a_folder_without_facts_stops_before_any_report(
    store: Store, lantern: Sensed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(HongxianError, match=r"runs\.parquet"):
        end(store, lantern, facts=(tmp_path,))
    assert capsys.readouterr().out == ""


def test_where_facts_lie_a_rule_is_for_its_own_kind_of_subject_too() -> None:
    app, table = find_rule("3.1"), load_store_rules()[0]
    assert _whose(app) == "not s.subject like 'store:%'"
    assert _whose(table) == "s.subject like 'store:%'"


def test_verdicts_of_many_subjects_are_written_where_the_facts_lie(
    spark: Any, store: Store, lantern: Sensed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hongxian.facts.spark import SparkStore

    store.export(tmp_path / "facts")
    many = SparkStore(tmp_path / "facts", spark=spark)
    subjects = [(lantern.subject, "map"), ("store:shop", None)]
    options = {"lang": "en", "form": "json", "verdicts": tmp_path / "verdicts"}
    assert finish(many, subjects, Settings(), options) is Exit.CLEAN
    counts = json.loads(capsys.readouterr().out)
    assert "method.3.1" in json.dumps(counts)
    assert (tmp_path / "verdicts" / "verdicts.parquet").is_dir()
