"""Comparison with an earlier run, by fingerprint."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hongxian.errors import HongxianError
from hongxian.judge.compare import FORMAT, Past, compare, load_earlier
from hongxian.judge.run import Finding, Ruling
from hongxian.reports import json_
from hongxian.rules.load import find_rule

if TYPE_CHECKING:
    from pathlib import Path


APP = "app:lamp@1.0#0"
RULE = find_rule("3.1")
PACKAGE = frozenset({"app.code", "app.manifest", "app.resources", "app.native"})
SESSION = frozenset({"session.start", "session.hooks"})


def ruling(version: str, **verdicts: str) -> Ruling:
    subject = f"app:lamp@{version}#0"
    findings = tuple(
        Finding(
            rule="method.3.1", subject=subject, verdict=verdict, evidence=(), columns={"info": i}
        )
        for i, verdict in verdicts.items()
    )
    return Ruling(rule="method.3.1", subject=subject, verdict="unclear", findings=findings)


def report(one: Ruling, *facts: dict[str, str], looked: frozenset[str] = frozenset()) -> str:
    """The earlier report; every finding cites the same facts."""
    cited = [fact["id"] for fact in facts]
    findings = [
        {"fingerprint": f.fingerprint, "verdict": f.verdict, "evidence": cited}
        for f in one.findings
    ]
    behaviours = [{"rule": one.rule, "findings": findings}]
    coverage = [{"scope": scope, "status": "ran"} for scope in sorted(looked)]
    coverage.append({"scope": "store.scan", "status": "not_run"})
    subject = {"id": one.subject, "behaviours": behaviours, "facts": facts, "coverage": coverage}
    return json.dumps({"format": FORMAT, "subjects": [subject]})


def prints(one: Ruling) -> list[str]:
    return [finding.fingerprint for finding in one.findings]


def test_new_gone_and_same_over_a_release(tmp_path: Path) -> None:
    before = ruling("1.0", imei="violated", mac="suspected", ip="satisfied", ssid="violated")
    after = ruling("2.0", imei="violated", oaid="suspected", ip="unclear", ssid="satisfied")
    path = tmp_path / "earlier.json"
    path.write_text(report(before), encoding="utf-8")
    found = compare([after], load_earlier(path), {})
    imei, mac, _, ssid = prints(before)
    assert found.same == ((imei, "method.3.1", "violated"),)
    assert found.new == ((prints(after)[1], "method.3.1", "suspected"),)
    assert {row.fingerprint for row in found.gone} == {mac, ssid}
    assert found.unseen == ()


READ = {"id": "f1", "sensor": "app", "kind": "reach"}
HOOKED = {"id": "f2", "sensor": "session", "kind": "collect"}
ASKED = {"id": "f3", "sensor": "app", "kind": "permission"}
TOLD = {"id": "f4", "sensor": "answer", "kind": "answer"}


@pytest.mark.parametrize(
    ("facts", "now", "kind"),
    [
        ([READ], PACKAGE, "gone"),
        ([READ], PACKAGE - {"app.resources"}, "gone"),
        ([READ], PACKAGE - {"app.code"}, "unseen"),  # packed now, say
        ([ASKED], PACKAGE - {"app.manifest"}, "unseen"),
        ([HOOKED], PACKAGE | SESSION, "gone"),
        ([HOOKED], PACKAGE, "unseen"),  # no session was given this time
        ([READ, HOOKED], SESSION, "unseen"),
        ([TOLD], frozenset(), "gone"),
        ([], SESSION, "gone"),  # found by what was not there: the rule needs the session alone
        ([], PACKAGE, "unseen"),
    ],
)
def test_what_is_not_looked_for_again_is_no_longer_visible_and_not_gone(
    tmp_path: Path, facts: list[dict[str, str]], now: frozenset[str], kind: str
) -> None:
    before = ruling("1.0", imei="violated")
    path = tmp_path / "earlier.json"
    path.write_text(report(before, *facts, looked=PACKAGE | SESSION), encoding="utf-8")
    found = compare([ruling("1.0")], load_earlier(path, [RULE]), {APP: now})
    rows = {"gone": found.gone, "unseen": found.unseen}
    assert {name for name, told in rows.items() if told} == {kind}
    assert rows[kind] == ((prints(before)[0], "method.3.1", "violated"),)


def test_what_is_unclear_now_is_not_gone(tmp_path: Path) -> None:
    path = tmp_path / "earlier.json"
    path.write_text(report(ruling("1.0", imei="violated")), encoding="utf-8")
    bare = ruling("1.0", imei="unclear")
    seen = replace(bare, findings=(bare.findings[0]._replace(evidence=("f1",)),))
    for after, counts in ((seen, (0, 1)), (bare, (1, 0))):
        found = compare([after], load_earlier(path), {})
        assert (len(found.gone), len(found.unseen)) == counts


def test_a_suspicion_that_became_a_violation_is_the_same_finding() -> None:
    before, after = ruling("1", imei="suspected"), ruling("1", imei="violated")
    known = {prints(before)[0]: Past("method.3.1", "suspected", "app:lamp")}
    assert compare([after], known, {}).same == ((prints(after)[0], "method.3.1", "violated"),)


def test_what_was_found_on_an_app_not_looked_at_now_is_not_gone() -> None:
    known = {
        "00": Past("method.3.1", "violated", "app:other"),
        "11": Past("method.3.1", "violated", "app:lamp"),
    }
    found = compare([ruling("1", imei="satisfied")], known, {})
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
