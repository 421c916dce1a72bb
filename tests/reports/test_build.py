from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tests.reports.conftest import (
    APP,
    JUDGED_AT,
    answer,
    app_facts,
    coverage,
    judged,
    make_report,
    make_store,
    session_facts,
)

from hongxian.reports.build import build_report
from hongxian.reports.model import Origin
from hongxian.rules.load import load_rules


def test_the_31_stand_in_six_groups_in_the_laws_order() -> None:
    [subject] = make_report(app_facts(), coverage(session=False)).subjects
    assert [len(group.behaviours) for group in subject.groups] == [4, 4, 9, 6, 3, 5]
    orders = [one.rule.order for one in subject.behaviours]
    assert orders == sorted(orders)
    assert sum(subject.counts.values()) == 31


def test_findings_carry_their_facts_worst_first() -> None:
    [subject] = make_report([*app_facts(), *session_facts()], coverage(session=True)).subjects
    one = next(b for b in subject.behaviours if b.rule.number == "3.1")
    assert one.verdict == "violated"
    assert one.points[0].verdict == "violated"
    assert all(point.evidence for point in one.points)
    assert any(fact.path for point in one.points for fact in point.evidence)


def test_the_law_in_force_comes_first() -> None:
    [subject] = make_report(app_facts(), coverage(session=False)).subjects
    one = next(b for b in subject.behaviours if b.rule.number == "3.1")
    assert [clause.document.key for clause in one.clauses][:2] == ["PIPL", "PIPL"]


def test_no_law_is_cited_before_it_was_in_force() -> None:
    store = make_store(app_facts(), coverage(session=False))
    origin = Origin(judged_at=datetime.fromisoformat("2020-06-01"), version="0", command="x")
    report = build_report(store, load_rules(), judged(store, [(APP, None)]), origin)
    keys = {c.document.key for b in report.subjects[0].behaviours for c in b.clauses}
    assert "PIPL" not in keys
    assert "CSL" in keys


def test_rules_of_another_pack_cite_only_their_own() -> None:
    own = tuple(replace(rule, id=f"ours.{rule.number}") for rule in load_rules())
    far = tuple(replace(rule, id=f"method.9.{n}") for n, rule in enumerate(load_rules()))
    store = make_store(app_facts(), coverage(session=False))
    rulings = judged(store, [(APP, None)])
    for rules in (own, far):
        names = dict(zip((r.id for r in load_rules()), (r.id for r in rules), strict=True))
        renamed = [replace(ruling, rule=names[ruling.rule]) for ruling in rulings]
        report = build_report(store, rules, renamed, Origin(
            judged_at=JUDGED_AT, version="0", command="x"))  # fmt: skip
        assert {one.clauses for one in report.subjects[0].behaviours} == {()}


def test_an_answer_settles_and_is_shown() -> None:
    [subject] = make_report([*app_facts(), answer()], coverage(session=False)).subjects
    one = next(b for b in subject.behaviours if b.rule.number == "6.4")
    assert one.verdict == "satisfied"
    assert one.answer is not None
    assert one.answer.actor == "L. Chen"


def test_an_accepted_finding_stays_and_is_marked() -> None:
    store = make_store([*app_facts(), *session_facts()], coverage(session=True))
    rulings = [
        replace(r, accepted=tuple(f.fingerprint for f in r.findings))
        for r in judged(store, [(APP, "map")])
    ]
    origin = Origin(judged_at=JUDGED_AT, version="0", command="x")
    report = build_report(store, load_rules(), rulings, origin)
    one = next(b for b in report.subjects[0].behaviours if b.rule.number == "3.1")
    assert one.verdict == "violated"
    assert one.accepted


def test_a_value_in_a_findings_column_is_masked() -> None:
    store = make_store(app_facts(), coverage(session=False))
    rulings = []
    for ruling in judged(store, [(APP, None)]):
        findings = tuple(
            f._replace(columns=f.columns | {"item": "13812345678"}) for f in ruling.findings
        )
        rulings.append(replace(ruling, findings=findings))
    origin = Origin(judged_at=JUDGED_AT, version="0", command="x")
    report = build_report(store, load_rules(), rulings, origin)
    items = {p.finding.columns["item"] for b in report.subjects[0].behaviours for p in b.points}
    assert items == {"***"}
