"""Running rules: order, evidence, needs, fingerprints, and rules that do not run."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from hongxian.errors import HongxianError
from hongxian.facts import Fact, Run, Store
from hongxian.judge.reference import reference_tables
from hongxian.judge.run import Finding, judge
from hongxian.judge.views import prepare
from hongxian.rules.load import Rule, find_rule, load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

APP = "app:com.example.lamp@1.0#0123456789ab"
BARE = "app:bare@1#0"
ON = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone


def prepared(store: Store, rules: Sequence[Rule]) -> Store:
    subjects = [(APP, None, ON), (BARE, None, ON)]
    prepare(store, reference_tables(subjects, rules, {}, ON.date()))
    return store


def test_rulings_come_by_subject_then_by_rule(store: Store) -> None:
    rules = load_rules()
    rulings = judge(prepared(store, rules), rules)
    assert [(r.subject, r.rule) for r in rulings] == [
        (subject, rule.id) for subject in (BARE, APP) for rule in rules
    ]


def test_a_finding_cites_its_facts_and_keeps_its_columns(store: Store) -> None:
    rule = find_rule("3.1")
    _, ruling = judge(prepared(store, [rule]), [rule])
    [finding] = ruling.findings
    facts = store.rows("select fact_id from main.facts")
    assert finding.evidence == (facts[0]["fact_id"],)
    assert finding.columns == {
        "info": "device.imei", "actor": "first_party", "item": "TelephonyManager.getImei",
    }  # fmt: skip
    assert (ruling.verdict, ruling.missing) == ("violated", (("session.hooks", "session.network"),))


def test_a_subject_of_which_nothing_is_known_lacks_every_need(store: Store) -> None:
    rule = find_rule("3.1")
    bare, _ = judge(prepared(store, [rule]), [rule])
    assert (bare.verdict, bare.findings) == ("unclear", ())
    assert bare.missing == tuple(tuple(need) for need in rule.needs)


def test_two_stores_with_the_same_facts_give_the_same_rulings(
    store: Store, filled: Callable[[Store], None]
) -> None:
    other = Store(threads=2)
    filled(other)
    rules = load_rules()
    assert judge(prepared(store, rules), rules) == judge(prepared(other, rules), rules)


def test_what_was_broken_once_and_kept_later_is_one_finding_that_was_broken(store: Store) -> None:
    run = Run(sensor="session", subject=APP, artefact="later")
    store.begin(run)
    read = Fact(
        subject=APP, sensor="session", kind="collect", item="TelephonyManager.getImei",
        info="device.imei", actor="first_party", phase="after_consent",
    )  # fmt: skip
    moments = [read, replace(read, phase="unknown"), replace(read, phase="prompt")]
    store.add_facts(run, [*moments, replace(read, item="Other.getImei")])
    store.finish(run)
    rule = find_rule("3.1")
    _, ruling = judge(prepared(store, [rule]), [rule])
    verdicts = {finding.columns["item"]: finding.verdict for finding in ruling.findings}
    assert verdicts == {"TelephonyManager.getImei": "violated", "Other.getImei": "satisfied"}
    prints = [finding.fingerprint for finding in ruling.findings]
    assert len(set(prints)) == len(prints)
    [broken] = [one for one in ruling.findings if one.verdict == "violated"]
    assert moments[2].fact_id in broken.evidence
    assert moments[0].fact_id not in broken.evidence


def test_rows_that_are_as_bad_are_one_finding_with_the_evidence_of_both(store: Store) -> None:
    text = "select subject, 'violated' as verdict, array[{}] as evidence, 'a' as item, {} as amount"
    rows = [text.format(f"'{fact}'", amount) for fact, amount in (("f2", 1), ("f1", 2), ("f2", 3))]
    sql = " union all ".join(f"{row} from subjects" for row in rows)
    rule = replace(find_rule("3.1"), sql=sql)
    [finding] = judge(prepared(store, [rule]), [rule])[1].findings
    assert finding.evidence == ("f1", "f2")


def test_purposes_and_promises_tell_findings_apart() -> None:
    one = Finding("r", APP, "violated", (), {"info": "i", "purpose": "ads"})
    assert one.fingerprint != one._replace(columns={"info": "i", "purpose": "pay"}).fingerprint
    bare = one._replace(columns={"info": "i", "purpose": None})
    assert bare.fingerprint == one._replace(columns={"info": "i"}).fingerprint


def test_a_rule_that_does_not_run_is_named_and_the_collector_works_on(store: Store) -> None:
    broken = replace(find_rule("3.1"), sql="select nothing from nowhere", source="my.sql")
    with pytest.raises(HongxianError, match=r"my\.sql: .*nowhere"):
        judge(prepared(store, [broken]), [broken])
    assert gc.isenabled()


def test_a_fingerprint_outlives_a_release_but_not_a_change_of_what_was_read() -> None:
    def of(subject: str, **columns: str) -> str:
        return Finding("method.3.1", subject, "violated", (), dict(columns)).fingerprint

    first = of("app:lamp@1.0#aaa", info="device.imei", actor="jpush", quick="3")
    assert first == of("app:lamp@2.0#bbb", info="device.imei", actor="jpush", quick="9")
    assert first != of("app:lamp@1.0#aaa", info="device.mac", actor="jpush")
    assert first != of("app:torch@1.0#aaa", info="device.imei", actor="jpush")
    assert len(first) == 16
