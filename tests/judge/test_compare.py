"""Comparison with an earlier run, by fingerprint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hongxian.errors import HongxianError
from hongxian.judge.compare import FORMAT, compare, load_earlier
from hongxian.judge.run import Finding, Ruling
from hongxian.reports import json_

if TYPE_CHECKING:
    from pathlib import Path


def ruling(version: str, **verdicts: str) -> Ruling:
    subject = f"app:lamp@{version}#0"
    findings = tuple(
        Finding(
            rule="method.3.1", subject=subject, verdict=verdict, evidence=(), columns={"info": i}
        )
        for i, verdict in verdicts.items()
    )
    return Ruling(rule="method.3.1", subject=subject, verdict="unclear", findings=findings)


def report(one: Ruling) -> str:
    findings = [{"fingerprint": f.fingerprint, "verdict": f.verdict} for f in one.findings]
    behaviours = [{"rule": one.rule, "findings": findings}]
    subjects = [{"id": one.subject, "behaviours": behaviours}]
    return json.dumps({"format": FORMAT, "subjects": subjects})


def prints(one: Ruling) -> list[str]:
    return [finding.fingerprint for finding in one.findings]


def test_new_gone_and_same_over_a_release(tmp_path: Path) -> None:
    before = ruling("1.0", imei="violated", mac="suspected", ip="satisfied", ssid="violated")
    after = ruling("2.0", imei="violated", oaid="suspected", ip="unclear", ssid="satisfied")
    path = tmp_path / "earlier.json"
    path.write_text(report(before), encoding="utf-8")
    found = compare([after], load_earlier(path))
    imei, mac, _, ssid = prints(before)
    assert found.same == ((imei, "method.3.1", "violated"),)
    assert found.new == ((prints(after)[1], "method.3.1", "suspected"),)
    assert {row[0] for row in found.gone} == {mac, ssid}


def test_a_suspicion_that_became_a_violation_is_the_same_finding() -> None:
    before, after = ruling("1", imei="suspected"), ruling("1", imei="violated")
    known = {prints(before)[0]: ("method.3.1", "suspected", "app:lamp")}
    assert compare([after], known).same == ((prints(after)[0], "method.3.1", "violated"),)


def test_what_was_found_on_an_app_not_looked_at_now_is_not_gone() -> None:
    known = {
        "00": ("method.3.1", "violated", "app:other"),
        "11": ("method.3.1", "violated", "app:lamp"),
    }
    found = compare([ruling("1", imei="satisfied")], known)
    assert found.gone == (("11", "method.3.1", "violated"),)


def test_the_reports_that_are_read_are_those_that_are_written() -> None:
    assert json_.FORMAT == FORMAT


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{", "no JSON report"),
        ("[" * 200_000, "no JSON report: nested too deeply"),
        ("[]", "no report of ours"),
        ('{"subjects": []}', "no report of ours"),
        ('{"runs": [], "version": "2.1.0"}', "no report of ours"),
        ('{"format": "another", "subjects": []}', "no report of ours"),
        ('{"format": "hongxian-report", "subjects": [3]}', "no report of ours"),
    ],
)
def test_what_is_no_report_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    path = tmp_path / "earlier.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HongxianError, match=line):
        load_earlier(path)


def test_a_missing_report_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        load_earlier(tmp_path / "none.json")
