from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reports.conftest import (
    APP,
    JUDGED_AT,
    _fact,
    app_facts,
    coverage,
    judged,
    make_store,
    session_facts,
)
from tests.reports.story import BUNDLE, SECOND, near_consent, second_session, story_coverage

from hongxian.facts import Coverage, Reason, Store
from hongxian.reports import Origin, build_report, write
from hongxian.reports.facts import (
    load_coverage,
    load_evidence,
    load_records,
    load_subjects,
    load_touches,
)
from hongxian.reports.session import Record
from hongxian.rules.load import load_rules

if TYPE_CHECKING:
    from pathlib import Path


def test_facts_have_their_distance_to_consent() -> None:
    store = make_store([*app_facts(), *session_facts()], coverage(session=True))
    judged(store, [(APP, "map")])
    by_item = {fact.item: fact for fact in load_evidence(store, [])[APP]}
    assert by_item["tsis.jpush.cn"].since_consent == -5.4
    assert by_item["restsdk.amap.com"].since_consent == 3.3
    assert by_item["target_sdk"].since_consent is None
    assert load_subjects(store) == [(APP, "map")]


def test_each_record_has_its_own_consent_and_name() -> None:
    facts = [*app_facts(), *session_facts(), *second_session()]
    store = make_store(facts, [*coverage(session=True), *story_coverage()])
    judged(store, [(APP, "map")])
    since = {fact.artefact: fact.since_consent for fact in load_evidence(store, [])[APP]
             if fact.seen_at}  # fmt: skip
    assert since[SECOND] is None
    record = load_records(store)[APP, BUNDLE]
    assert record == Record(
        bundle="first-start.zip", device="Sample phone · sample-1", uncertainty=0.4
    )


def test_a_record_that_tells_nothing_of_itself_is_read_all_the_same() -> None:
    bare = Coverage(subject=APP, scope="session.start", status="ran", artefact=BUNDLE,
                    detail={"clock": {"uncertainty": None}, "device": {}})  # fmt: skip
    store = make_store([], [bare])
    judged(store, [(APP, None)])
    nothing = Record(bundle=None, device=None, uncertainty=None)
    assert load_records(store) == {(APP, BUNDLE): nothing}


def test_what_is_too_close_to_a_choice_is_read_without_being_asked_for() -> None:
    store = make_store([near_consent()], story_coverage())
    judged(store, [(APP, None)])
    [fact] = load_evidence(store, [])[APP]
    assert fact.near == "accept"


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


PACKED = Reason("audit.packed", {"packer": "Legu"})
BOMB = Reason("package.bomb", {"ratio": 300}, "assets/x")


@pytest.mark.parametrize("form", ["table", "html", "json"])
@pytest.mark.parametrize(
    ("lang", "own"),
    [
        ("zh", "代码被 Legu 加固，真实代码不可见；assets/x：疑似压缩炸弹（压缩比 300:1），未读"),
        ("en", "the real code cannot be seen; assets/x: compression ratio 300:1 looks like a bomb"),
    ],
)  # fmt: skip
def test_coverage_says_why_in_the_readers_language_and_others_words_as_they_are(
    form: str, lang: str, own: str, tmp_path: Path
) -> None:
    ours = Coverage(subject=APP, scope="app.code", status="partial", reasons=(PACKED, BOMB))
    theirs = Coverage(subject=APP, scope="session.start", status="partial", reason="battery died")
    store = make_store([], [ours, theirs])
    store.export(tmp_path)
    carried = Store()
    carried.load(tmp_path)
    rulings = judged(carried, [(APP, None)])
    origin = Origin(judged_at=JUDGED_AT, version="0.1.0", command="hongxian judge")
    report = build_report(carried, load_rules(), rulings, origin)
    write(report, form, tmp_path / "report", lang, **({"width": 2000} if form == "table" else {}))
    text = (tmp_path / "report").read_text("utf-8")
    assert own in text
    assert "battery died" in text


def test_words_of_others_that_we_cannot_say_are_left_to_their_text() -> None:
    told = {"reasons": [PACKED.data(), {"word": "audit.teapot"}], "members": 3}
    strange = Coverage(
        subject=APP, scope="app.code", status="partial", reason="as they said", detail=told
    )
    store = make_store([], [strange])
    judged(store, [(APP, None)])
    [code] = load_coverage(store)[APP]
    assert code.why("zh") == "as they said"
    assert code.detail == {"members": 3}
