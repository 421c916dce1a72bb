"""From a sensed package to rulings, and from rulings to the exit code."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from hongxian.audit.outcome import (
    exit_code,
    is_own,
    judge_store,
    keep,
    keep_policy,
    keep_run,
    kept_subjects,
    partly,
    shown,
)
from hongxian.audit.policies import PolicyRun
from hongxian.audit.settings import Settings
from hongxian.errors import Exit
from hongxian.facts import Coverage, Fact, Reason, Run, Store
from hongxian.judge.run import Finding, Ruling
from hongxian.rules.load import find_rule, load_rules
from hongxian.sensors.app.sense import Sensed, sense_app

SAMPLES = Path(__file__).parents[2] / "samples"
ON = datetime.fromisoformat("2026-11-01T12:00")
RULES = load_rules()


@pytest.fixture(scope="module")
def lantern() -> Sensed:
    return sense_app(SAMPLES / "lantern.apk")


def ruling(rule: str, verdict: str, *, accepted: bool = False) -> Ruling:
    finding = Finding(rule, "app:x@1#0", verdict, ("f",), {})
    marks = (finding.fingerprint,) if accepted else ()
    return Ruling(
        rule=rule, subject="app:x@1#0", verdict=verdict, findings=(finding,), accepted=marks
    )


def severe(severity: str) -> str:
    return next(rule.id for rule in RULES if rule.severity == severity)


def test_what_was_sensed_is_kept_once_however_often_it_is_read(lantern: Sensed) -> None:
    store = Store()
    keep(store, lantern)
    keep(store, lantern)
    ids = {fact.fact_id for fact in lantern.facts}
    rows = store.rows("select fact_id from facts where run in (select run from current_runs)")
    assert {row["fact_id"] for row in rows} == ids
    assert len(rows) == len(ids)
    assert {row["status"] for row in store.rows("select status from runs")} == {"ran"}


def test_a_run_that_looked_at_a_part_says_at_which(lantern: Sensed) -> None:
    part = Sensed(lantern.path, lantern.subject, lantern.artefact, lantern.facts[:1])
    part.miss("app.code", Reason("audit.no_code"))
    store = Store()
    keep(store, part)
    [row] = store.rows("select status, reason from runs")
    assert row == {"status": "partial", "reason": "app.code"}
    [code] = store.rows("select status, reason from coverage where scope = 'app.code'")
    assert code == {"status": "partial", "reason": "the package holds no DEX code"}


def test_the_subjects_named_are_judged_by_every_rule(lantern: Sensed) -> None:
    store = Store()
    keep(store, lantern)
    rulings = judge_store(store, RULES, [(lantern.subject, None)], ON, {})
    assert [ruling.rule for ruling in rulings] == [rule.id for rule in RULES]
    assert {ruling.subject for ruling in rulings} == {lantern.subject}
    early = next(ruling for ruling in rulings if ruling.rule == "method.3.1")
    assert early.verdict == "suspected"
    known = {fact.fact_id for fact in lantern.facts}
    assert all(set(finding.evidence) <= known for finding in early.findings)


def test_a_type_that_is_none_of_the_39_is_not_taken_from_a_store(lantern: Sensed) -> None:
    store = Store()
    keep(store, lantern, "teapot")
    assert kept_subjects(store, Settings(), None) == [(lantern.subject, None)]
    keep(store, lantern, "map")
    assert kept_subjects(store, Settings(), None) == [(lantern.subject, "map")]
    named = Settings(types={lantern.subject[4:].split("@")[0]: "im"})
    assert kept_subjects(store, named, None) == [(lantern.subject, "im")]
    assert kept_subjects(store, named, "1") == [(lantern.subject, "map")]


def test_changed_thresholds_reach_the_rules(lantern: Sensed) -> None:
    store = Store()
    keep(store, lantern)
    judge_store(store, [find_rule("4.4")], [(lantern.subject, None)], ON, {"method.4.4.repeats": 9})
    assert store.rows("select value from limits where name = 'repeats'") == [{"value": 9.0}]


@pytest.mark.parametrize(
    ("verdicts", "options", "code"),
    [
        ([], {}, Exit.CLEAN),
        (["satisfied", "not_applicable", "suspected", "unclear"], {}, Exit.CLEAN),
        (["unclear"], {"strict": True}, Exit.UNCLEAR),
        (["satisfied"], {"strict": True}, Exit.CLEAN),
        (["satisfied"], {"failed": True}, Exit.SENSOR),
        (["unclear"], {"strict": True, "failed": True}, Exit.SENSOR),
        (["violated", "unclear"], {"strict": True, "failed": True}, Exit.VIOLATED),
    ],
)
def test_the_worst_decides_the_exit_code(
    verdicts: list[str], options: dict[str, bool], code: Exit
) -> None:
    assert (
        exit_code([ruling("method.3.1", verdict) for verdict in verdicts], RULES, **options) is code
    )


def test_a_violation_counts_from_a_severity_on() -> None:
    medium = [ruling(severe("medium"), "violated")]
    assert exit_code(medium, RULES, fail_on="low") is Exit.VIOLATED
    assert exit_code(medium, RULES, fail_on="medium") is Exit.VIOLATED
    assert exit_code(medium, RULES, fail_on="high") is Exit.CLEAN


def test_a_violation_that_is_accepted_does_not_count() -> None:
    accepted = ruling("method.3.1", "violated", accepted=True)
    assert exit_code([accepted], RULES) is Exit.CLEAN
    assert exit_code([accepted, ruling("method.3.2", "violated")], RULES) is Exit.VIOLATED


def test_a_violation_that_an_answer_alone_states_counts() -> None:
    answered = Ruling(rule="method.6.4", subject="app:x@1#0", verdict="violated", answer="f")
    assert exit_code([answered], RULES) is Exit.VIOLATED


def test_a_newer_policy_takes_the_place_of_an_older_one() -> None:
    subject = "app:cn.example@1.0#0123456789ab"

    def run(info: str, status: str) -> PolicyRun:
        fact = Fact(
            subject=subject, sensor="policy", kind="declare", item="collect", info=info,
            certainty="declared", artefact=info,
        )  # fmt: skip
        read = Coverage(subject=subject, scope="policy.text", status=status)
        return PolicyRun(subject=subject, facts=[fact], coverage=[read])

    store = Store()
    keep_policy(store, run("basic.phone", "partial"))
    keep_policy(store, run("basic.email", "ran"))
    rows = store.rows("select info from facts where run in (select run from current_runs)")
    assert rows == [{"info": "basic.email"}]
    ends = store.rows("select status, reason from runs order by started_at")
    assert ends == [
        {"status": "partial", "reason": "policy.text"}, {"status": "ran", "reason": None},
    ]  # fmt: skip


def test_rules_of_stores_are_for_stores_alone() -> None:
    def own(rule: str, subject: str) -> bool:
        return is_own(Ruling(rule=rule, subject=subject, verdict="satisfied"))

    assert own("store.1", "store:s")
    assert own("method.1.1", "app:a")
    assert not own("store.1", "app:a")
    assert not own("method.1.1", "store:s")


@pytest.mark.parametrize(
    ("status", "reasons", "told"),
    [("ran", (), []), ("not_run", (Reason("store.nothing"),), []),
     ("partial", (Reason("store.damaged"),), [Reason("store.damaged").say("en")])],
    ids=["ran", "not run", "partial"],
)  # fmt: skip
def test_a_run_that_is_not_whole_says_why(
    status: str, reasons: tuple[Reason, ...], told: list[str]
) -> None:
    read = Coverage(subject="store:s", scope="store.scan", status=status, reasons=reasons)
    assert partly(read) == told
    store = Store()
    keep_run(store, Run(sensor="store", subject="store:s", artefact="a"), [], [read], partly(read))
    assert store.rows("select status, reason from runs") == [
        {"status": "partial" if told else "ran", "reason": told[0] if told else None}
    ]


def test_a_store_of_this_machine_is_reported_as_it_is() -> None:
    store = Store()
    assert shown(store, RULES, [("app:x@1#0", None)], ON, {}) is store
