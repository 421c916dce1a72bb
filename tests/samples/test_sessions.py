"""The sample sessions decide what a session can decide, as their truth table says."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from samples.session_runs import VALUES, compose

from hongxian.audit.outcome import judge_store, keep, keep_policy
from hongxian.audit.policies import run_of
from hongxian.audit.sessions import given_sessions, keep_session
from hongxian.facts import Store
from hongxian.rules.load import load_rules
from hongxian.sensors.app.sense import sense_app
from hongxian.sensors.policy.sense import sense_policy
from hongxian.sensors.session.sense import sense_session

SAMPLES = Path(__file__).parents[2] / "samples"
FOLDER = SAMPLES / "sessions"
TRUTH: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "TRUTH.toml").read_text("utf-8"))
JUDGED_AT = datetime(2026, 11, 20)  # noqa: DTZ001 - the store keeps times without a zone
LINES = [(run, number, line) for run in TRUTH for number, line in TRUTH[run]["rules"].items()]
DECIDABLE = {
    "1.2", "1.3", "2.3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.7", "4.2", "4.3", "4.4", "4.6",
    "5.1", "5.3", "6.1", "6.2",
}  # fmt: skip
"""Behaviours that a session can prove or clear."""


@cache
def verdicts(run: str) -> dict[str, str]:
    truth, store = TRUTH[run], Store()
    app = sense_app(SAMPLES / truth["app"])
    keep(store, app)
    policies = [SAMPLES / truth["policy"]] if "policy" in truth else []
    for path in policies or [SAMPLES / "lantern_clean" / "assets" / "privacy.html"]:
        keep_policy(store, run_of(sense_policy([path], app.subject)))
    sessions = given_sessions([FOLDER / truth["bundle"]])
    (session,) = sessions.of(app.subject)
    assert session.damaged == []
    keep_session(store, session)
    rulings = judge_store(store, load_rules(), [(app.subject, truth["type"])], JUDGED_AT, {})
    return {ruling.rule.removeprefix("method."): ruling.verdict for ruling in rulings}


@pytest.mark.parametrize(("run", "number", "line"), LINES, ids=lambda part: str(part)[:16])
def test_every_verdict_is_the_right_one(run: str, number: str, line: dict[str, str]) -> None:
    assert verdicts(run)[number] == line["verdict"]


@pytest.mark.parametrize("run", TRUTH)
def test_the_table_names_every_behaviour_that_a_session_can_decide(run: str) -> None:
    assert set(TRUTH[run]["rules"]) >= DECIDABLE
    assert all(line["what"] for line in TRUTH[run]["rules"].values())


def test_the_run_that_keeps_the_rules_is_accused_of_nothing() -> None:
    assert not {"violated", "suspected"} & set(verdicts("lantern_clean").values())


@pytest.mark.parametrize("run", TRUTH)
def test_what_left_the_device_is_seen_with_recipient_form_and_phase(run: str) -> None:
    columns = ("info", "item", "recipient", "form", "phase")
    sent = {
        tuple(getattr(fact, name) for name in columns)
        for fact in sense_session(FOLDER / TRUTH[run]["bundle"]).facts
        if fact.kind == "transmit"
    }
    told = ("info", "host", "recipient", "form", "phase")
    assert sent == {tuple(row[name] for name in told) for row in TRUTH[run]["sent"]}


@pytest.mark.parametrize("run", TRUTH)
def test_no_value_of_the_test_person_stands_in_a_fact(run: str) -> None:
    text = "\n".join(str(fact) for fact in sense_session(FOLDER / TRUTH[run]["bundle"]).facts)
    assert not [value for value in VALUES.values() if value in text]


def test_the_bundles_are_those_that_the_script_composes(tmp_path: Path) -> None:
    made = compose(tmp_path)
    assert [path.read_bytes() for path in made] == [
        (FOLDER / path.name).read_bytes() for path in made
    ]
