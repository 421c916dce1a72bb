from __future__ import annotations

from tests.reports.conftest import (
    APP,
    _fact,
    app_facts,
    coverage,
    judged,
    make_store,
    session_facts,
)

from hongxian.reports.facts import load_coverage, load_evidence, load_subjects, load_touches


def test_facts_have_their_distance_to_consent() -> None:
    store = make_store([*app_facts(), *session_facts()], coverage(session=True))
    judged(store, [(APP, "map")])
    by_item = {fact.item: fact for fact in load_evidence(store, [])[APP]}
    assert by_item["tsis.jpush.cn"].since_consent == -5.4
    assert by_item["restsdk.amap.com"].since_consent == 3.3
    assert by_item["target_sdk"].since_consent is None
    assert load_subjects(store) == [(APP, "map")]


def test_only_what_is_wanted_or_has_a_table_or_a_moment_is_read() -> None:
    sites = [fact for fact in app_facts() if fact.kind == "call_site"]
    store = make_store(app_facts(), coverage(session=False))
    judged(store, [(APP, None)])
    none = {fact.id for fact in load_evidence(store, [])[APP]}
    one = {fact.id for fact in load_evidence(store, [sites[0].fact_id])[APP]}
    assert one - none == {sites[0].fact_id}


def test_a_denial_in_the_policy_is_no_touch_and_early_is_kept() -> None:
    denial = _fact("declare", sensor="app", item="not_collect", info="device.imei",
                   certainty="declared")  # fmt: skip
    store = make_store([*app_facts(), denial], coverage(session=False))
    judged(store, [(APP, None)])
    touches = load_touches(store)[APP]
    assert [row["denied"] for row in touches if row["kind"] == "declare"] == [True]
    early = {row["info"] for row in touches if row["early"]}
    assert early == {"device.imei", "device.android_id", "device.mac", "device.app_list"}


def test_coverage_comes_with_its_reason() -> None:
    store = make_store([], coverage(session=False))
    judged(store, [(APP, None)])
    native = next(s for s in load_coverage(store)[APP] if s.scope == "app.native")
    assert (native.status, native.reason) == (
        "partial",
        "libshell.so was not opened: packed by Legu",
    )
