from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from tests.cli.audits import LANTERN, TWIN, answered, audit, exported, report
from tests.cli.audits import run as verb
from tests.cli.audits import verdicts as verdicts_of
from tests.reports.test_mask import LEAKY, PLANTED, VALUES, everything

from hongxian.cli.judge import command
from hongxian.errors import Exit, HongxianError
from hongxian.facts import Coverage, Fact, Run, Store
from hongxian.words.mask import COVER

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


@pytest.fixture
def leaking(tmp_path: Path) -> Path:
    """A store with a value of PI in every free field, in a folder with a telephone number."""
    folder = tmp_path / VALUES[0]
    folder.mkdir()
    store = Store(folder / "facts.db")
    run = Run(sensor="session", subject=LEAKY)
    store.begin(run)
    store.add_facts(run, everything(LEAKY))
    partly = Coverage(subject=LEAKY, scope="session.start", status="partial", reason=PLANTED)
    store.add_coverage(run, [partly])
    store.finish(run)
    store.close()
    entry = f'[[accept]]\nfingerprint = "{PLANTED}"\nreason = "{PLANTED}"\nwho = "{PLANTED}"\n'
    days = ("until = 9999-01-01\n", "until = 2020-01-01\n")
    (folder / "accept.toml").write_text("".join(entry + day for day in days), "utf-8")
    old = {"fingerprint": PLANTED, "verdict": "violated"}
    behaviours = [{"rule": PLANTED, "findings": [old]}]
    earlier = {"format": "hongxian-report", "subjects": [{"id": LEAKY, "behaviours": behaviours}]}
    (folder / "earlier.json").write_text(json.dumps(earlier), "utf-8")
    return folder


def spoken(*words: object, lang: str) -> str:
    """Return all that a process of ours writes, to either stream."""
    program = [sys.executable, "-c", "from hongxian.cli import main; main()"]
    done = subprocess.run(
        [*program, *map(str, words), "--lang", lang], capture_output=True, check=False
    )
    return (done.stdout + done.stderr).decode("utf-8").lower()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_neither_stream_shows_a_value_of_pi(leaking: Path, lang: str) -> None:
    store, named = leaking / "facts.db", ["--by", PLANTED, "--note", PLANTED]
    compared = ["--accept", leaking / "accept.toml", "--against", leaking / "earlier.json"]
    judged = spoken("judge", "--store", store, *compared, "--format", "json", lang=lang)
    prints = set(re.findall(r'"fingerprint": "([0-9a-f]{16})"', judged))
    assert prints
    answer = ["answer", "3.1", "--store", store, "--verdict", "violated", *named]
    lines = [
        judged,
        spoken(*answer, "--subject", LEAKY, lang=lang),
        spoken(*answer, "--subject", PLANTED, lang=lang),
        *(spoken("trace", mark, "--store", store, lang=lang) for mark in sorted(prints)[:2]),
        spoken("judge", "--store", leaking / f"{PLANTED}.db", lang=lang),
        spoken("audit", leaking / f"{PLANTED}.apk", lang=lang),
        spoken("explain", PLANTED, lang=lang),
        spoken(PLANTED, lang=lang),
        spoken("judge", f"--{VALUES[0]}", lang=lang),
    ]
    assert all(COVER in line for line in lines)
    assert [value for value in VALUES for line in lines if value.lower() in line] == []


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HONGXIAN_LANG", "en")
    return tmp_path


def test_an_answer_settles_a_suspicion(english: Path) -> None:
    store = english / "facts.db"
    audit(LANTERN, "--store", store)
    answered(store, "3.1", "satisfied")
    [found] = verdicts_of(audit(LANTERN, "--store", store, "--format", "json")).values()
    assert found["3.1"] == "satisfied"


def test_a_store_judged_again_gives_the_verdicts_of_the_audit(english: Path) -> None:
    store = english / "facts.db"
    first = audit(LANTERN, TWIN, "--store", store, "--type", "map", "--format", "json")
    again = verb("judge", "--store", store, "--type", "map", "--format", "json")
    assert verdicts_of(again) == verdicts_of(first)
    assert len(verdicts_of(first)) == 2


def test_the_store_keeps_the_type_of_app_and_its_verdicts_of(english: Path) -> None:
    store = english / "facts.db"
    types = english / "hongxian.toml"
    types.write_text('[types]\n"cn.hongxian.lantern" = "map"\n', "utf-8")
    first = audit(LANTERN, "--store", store, "--format", "json")
    types.unlink()
    again = verb("judge", "--store", store, "--format", "json")
    assert report(again)["subjects"][0]["app_type"]["key"] == "map"
    assert report(again)["counts"] == report(first)["counts"]
    assert verdicts_of(again) == verdicts_of(first)
    assert "app_type" not in report(again)["subjects"][0]["traits"]
    [fourth] = [
        b for s in report(first)["subjects"] for b in s["behaviours"] if b["number"] == "4.1"
    ]
    for finding in fourth["findings"][:1]:
        shown = verb("trace", finding["fingerprint"], "--store", store).stdout
        assert finding["message"] in shown


def test_the_type_told_last_holds_and_a_flag_comes_before_it(english: Path) -> None:
    store = english / "facts.db"

    def kept(*words: str) -> dict[str, str] | None:
        told = verb("judge", "--store", store, "--format", "json", *words)
        found: dict[str, str] | None = report(told)["subjects"][0]["app_type"]
        return found

    audit(LANTERN, "--store", store, "--type", "map")
    assert (kept() or {})["key"] == "map"
    assert (kept("--type", "im") or {})["key"] == "im"
    audit(LANTERN, "--store", store, "--type", "im")
    assert (kept() or {})["key"] == "im"
    audit(LANTERN, "--store", store)
    assert kept() is None


def test_judge_takes_in_the_subjects_of_others(english: Path) -> None:
    audit(LANTERN, "--store", english / "one.db")
    facts = exported(english / "one.db")
    audit(TWIN, "--store", english / "two.db")
    judged = verb("judge", "--store", english / "two.db", "--facts", facts, "--format", "json")
    assert len(verdicts_of(judged)) == 2
