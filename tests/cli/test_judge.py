from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from hongxian.cli.judge import command
from hongxian.errors import Exit, HongxianError
from hongxian.facts import Fact, Run, Store

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

APP = "app:com.example.lamp@1.0#0123456789ab"
OWN_RULE = """/*
id: own.1.1
title: {zh: 本公司规则, en: a rule of our own}
group: {zh: 本公司, en: own}
principles: [lawful]
law: []
needs: []
severity: low
says: {violated: {zh: "读取了 {info}", en: "{info} was read"}}
fix: {zh: 无, en: none}
status: stable
since: 0.1.0
false_positives: {zh: 无, en: none}
*/
select subject, 'violated' as verdict, array_agg(fact_id) as evidence, info
from facts where kind = 'collect' group by subject, info
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    store = Store(path)
    run = Run(sensor="session", subject=APP)
    store.begin(run)
    read = Fact(
        subject=APP, sensor="session", kind="collect", info="device.imei", actor="first_party",
        phase="before_prompt", item="TelephonyManager.getImei",
    )  # fmt: skip
    store.add_facts(run, [read])
    store.finish(run)
    store.close()
    return path


def run(facts: Path, *words: str) -> Result:
    return CliRunner().invoke(
        command, ["--store", str(facts), "--lang", "en", *words], catch_exceptions=False
    )


def verdicts(result: Result) -> dict[str, Any]:
    [subject] = json.loads(result.stdout)["subjects"]
    return {one["rule"]: one for one in subject["behaviours"]}


def test_stored_facts_are_judged_again_and_the_exit_code_says_so(facts: Path) -> None:
    result = run(facts, "--format", "json")
    assert result.exit_code == Exit.VIOLATED
    judged = verdicts(result)
    assert len(judged) == 31
    assert judged["method.3.1"]["verdict"] == "violated"
    assert judged["method.5.2"]["verdict"] == "unclear"


def test_what_an_accept_file_covers_does_not_count(facts: Path, tmp_path: Path) -> None:
    judged = verdicts(run(facts, "--format", "json"))
    open_ones = [one for one in judged.values() if one["verdict"] == "violated"]
    entries = [
        f'[[accept]]\nfingerprint = "{finding["fingerprint"]}"\nreason = "r"\nwho = "Li"\n'
        "until = 9999-01-01\n"
        for one in open_ones
        for finding in one["findings"]
    ]
    accept = tmp_path / "accept.toml"
    accept.write_text("\n".join(entries), encoding="utf-8")
    result = run(facts, "--format", "json", "--accept", str(accept))
    assert result.exit_code == Exit.CLEAN
    assert verdicts(result)["method.3.1"]["accepted"] is True
    assert run(facts, "--accept", str(accept), "--strict").exit_code == Exit.UNCLEAR


def test_an_earlier_report_shows_what_is_new(facts: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    run(facts, "--format", "json", "--output", str(earlier))
    content = json.loads(earlier.read_text(encoding="utf-8"))
    for one in content["subjects"][0]["behaviours"]:
        if one["rule"] == "method.3.1":
            one["findings"] = []
    earlier.write_text(json.dumps(content), encoding="utf-8")
    result = run(facts, "--against", str(earlier))
    assert "against the earlier report: 1 new, 0 gone" in result.stderr
    assert "+ new method.3.1 violated" in result.stderr


def test_rules_of_ones_own_are_judged_too(facts: Path, tmp_path: Path) -> None:
    (tmp_path / "1.1.sql").write_text(OWN_RULE, encoding="utf-8")
    judged = verdicts(run(facts, "--format", "json", "--rules", str(tmp_path)))
    assert judged["own.1.1"]["verdict"] == "violated"
    assert judged["own.1.1"]["findings"][0]["columns"] == {"info": "device.imei"}


def test_the_type_of_app_decides_what_is_necessary(facts: Path) -> None:
    named = verdicts(run(facts, "--format", "json", "--type", "map"))
    assert named["method.4.1"]["verdict"] == "suspected"
    assert verdicts(run(facts, "--format", "json"))["method.4.1"]["verdict"] == "unclear"


def test_a_store_must_be_named_be_there_and_hold_something(tmp_path: Path) -> None:
    assert CliRunner().invoke(command, ["--lang", "en"]).exit_code == Exit.USAGE
    with pytest.raises(HongxianError, match="no such file"):
        run(tmp_path / "none.db")
    empty = tmp_path / "empty.db"
    Store(empty).close()
    with pytest.raises(HongxianError, match="no subject in the store"):
        run(empty)
