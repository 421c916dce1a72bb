from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.reports.conftest import START, app_facts, coverage, make_report, session_facts

from hongxian.reports.model import Behaviour, Point, Report
from hongxian.reports.sarif import KINDS, MOST_LOCATIONS, as_data, render

SCHEMA = Path(__file__).parent / "data" / "sarif-schema-2.1.0.json"


def problems(data: dict[str, Any]) -> list[str]:
    from jsonschema import Draft4Validator

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return [f"{p.json_path}: {p.message}" for p in Draft4Validator(schema).iter_errors(data)]


def results(report: Report, *, everything: bool = True) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = as_data(report, "zh", everything=everything)["runs"][0]["results"]
    return found


def changed(report: Report, **values: Any) -> Report:
    """Return the report with every finding changed."""

    def point(one: Point) -> Point:
        return replace(one, **values)

    def behaviour(one: Behaviour) -> Behaviour:
        return replace(one, points=tuple(map(point, one.points)))

    subject = report.subjects[0]
    groups = tuple(
        replace(group, behaviours=tuple(map(behaviour, group.behaviours)))
        for group in subject.groups
    )
    return replace(report, subjects=(replace(subject, groups=groups),))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("everything", [False, True])
def test_it_keeps_the_official_schema(both: Report, lang: str, everything: bool) -> None:
    assert problems(json.loads(render(both, lang, everything=everything))) == []


def test_only_what_fails_is_in_the_default_file(watched: Report) -> None:
    assert {result["kind"] for result in results(watched, everything=False)} == {"fail"}
    assert {result["kind"] for result in results(watched)} >= {"fail", "review", "open", "pass"}


def test_kinds_and_levels_follow_the_verdict(watched: Report) -> None:
    for result in results(watched):
        assert result["kind"] == KINDS[result["properties"]["verdict"]]
        assert (result["level"] == "none") == (result["kind"] != "fail")


def test_every_behaviour_is_in_the_full_file_under_its_rule(static: Report) -> None:
    log = as_data(static, "en", everything=True)["runs"][0]
    rules = log["tool"]["driver"]["rules"]
    assert len(rules) == 31
    assert {result["ruleId"] for result in log["results"]} == {rule["id"] for rule in rules}
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all("\n\n**" in rule["help"]["markdown"] for rule in rules)


def test_a_call_path_is_one_thread_flow_from_entry_to_api(static: Report) -> None:
    flows = [r["codeFlows"] for r in results(static) if r["ruleId"] == "method.3.1"]
    frames = flows[0][0]["threadFlows"][0]["locations"]
    names = [f["location"]["logicalLocations"][0]["fullyQualifiedName"] for f in frames]
    assert names[0].startswith("com.lantern.map.")
    assert names[-1].startswith("android.")
    assert all(len(flow) == 1 and len(flow[0]["threadFlows"]) == 1 for flow in flows)


def test_a_session_is_a_thread_flow_with_the_persons_acts(watched: Report) -> None:
    result = next(r for r in results(watched) if r["kind"] == "fail")
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    texts = [step["location"]["message"]["text"] for step in steps]
    assert any("同意前" in text for text in texts)
    assert any(text.startswith("同意 ") for text in texts)
    assert steps[0]["executionTimeUtc"].endswith("Z")


def test_flows_and_stacks_of_a_long_session_stay_short(storied: Report) -> None:
    found = results(storied)
    assert problems(as_data(storied, "en", everything=True)) == []
    flows = [f for r in found for c in r.get("codeFlows", ()) for f in c["threadFlows"]]
    assert max(len(flow["locations"]) for flow in flows) == MOST_LOCATIONS
    stacks = [stack for r in found for stack in r.get("stacks", ())]
    assert stacks
    assert max(len(stack["frames"]) for stack in stacks) == MOST_LOCATIONS


def test_a_stack_says_whose_code_each_frame_is(storied: Report) -> None:
    stack = next(r["stacks"][0] for r in results(storied) if r.get("stacks"))
    texts = [frame["location"]["message"]["text"] for frame in stack["frames"]]
    assert any("据此归属" in text for text in texts)
    assert "系统" in texts


def test_what_the_clocks_cannot_order_has_no_time_of_execution(storied: Report) -> None:
    steps = [
        step
        for r in results(storied)
        for c in r.get("codeFlows", ())
        for step in c["threadFlows"][0]["locations"]
    ]
    unsure = [step for step in steps if "先后不明" in str(step)]
    assert unsure
    assert all("executionTimeUtc" not in step for step in unsure)


def test_fingerprints_and_at_most_ten_locations(watched: Report) -> None:
    fact = watched.subjects[0].timeline[0]
    report = changed(watched, evidence=(fact,) * 25)
    found = [r for r in results(report) if r["ruleId"] == "method.3.1"]
    assert {len(result["locations"]) for result in found} == {MOST_LOCATIONS}
    ruling = next(b for b in watched.subjects[0].behaviours if b.rule.number == "3.1").ruling
    prints = {result["partialFingerprints"]["hongxian/v1"] for result in found}
    assert prints == {finding.fingerprint for finding in ruling.findings}


def test_accepted_findings_are_suppressed_not_dropped(watched: Report) -> None:
    report = changed(watched, accepted=True)
    found = results(report, everything=False)
    assert found
    assert all(r["suppressions"] == [{"kind": "external", "status": "accepted"}] for r in found)
    assert problems(as_data(report, "zh")) == []


def test_the_artefact_has_its_hash(both: Report) -> None:
    bare, whole = as_data(both, "zh")["runs"][0]["artifacts"]
    assert len(whole["hashes"]["sha-256"]) == 64
    assert "hashes" not in bare


def test_a_fingerprint_means_one_result_alone() -> None:
    early = next(fact for fact in session_facts() if fact.kind == "collect")
    later = replace(early, phase="after_consent", seen_at=START + timedelta(seconds=99))
    report = make_report([*app_facts(), *session_facts(), later], coverage(session=True))
    prints = [result["partialFingerprints"]["hongxian/v1"] for result in results(report)]
    assert len(set(prints)) == len(prints)
    told = [
        r
        for r in results(report)
        if r["ruleId"] == "method.3.1" and "Android ID" in str(r["message"])
    ]
    assert {result["kind"] for result in told} == {"fail"}
