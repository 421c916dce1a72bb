from __future__ import annotations

import pytest
from tests.reports.conftest import SHA, _fact, app_facts, coverage, make_report, session_facts

from hongxian.reports.model import Subject
from hongxian.reports.tables import about


@pytest.fixture
def subject() -> Subject:
    declared = [
        _fact("declare", item="collect", info="device.oaid", certainty="declared"),
        _fact("declare", item="collect", info="basic.phone", certainty="declared"),
        _fact("trait", item="packed", detail={"packer": "Legu"}, certainty="inferred", score=0.9),
        _fact(
            "trait", item="packed", detail={"packer": "Bangcle"}, certainty="inferred", score=0.9
        ),
    ]
    facts = [*app_facts(), *session_facts(), *declared]
    return make_report(facts, coverage(session=True)).subjects[0]


def test_the_title_block_names_package_file_and_signer(subject: Subject) -> None:
    assert subject.about.name == "com.lantern.map"
    assert subject.about.version == "2.4.0"
    assert subject.about.digest == SHA
    assert subject.about.signer == "CN=Lantern Example Ltd, O=Lantern, C=CN"
    assert subject.about.traits == {
        "target_sdk": 22, "cleartext": True, "packed": "Bangcle, Legu",
    }  # fmt: skip


def test_a_subject_that_is_no_app_keeps_its_name() -> None:
    block = about("organisation", [], [])
    assert (block.name, block.version, block.digest) == ("organisation", "", "")


def test_the_matrix_tells_seen_from_reachable_and_early_from_late(subject: Subject) -> None:
    cells = {(cell.info, cell.actor): cell for cell in subject.cells}
    assert cells["device.imei", "umeng_analytics"].certainty == "reachable"
    assert cells["device.imei", "umeng_analytics"].early
    assert cells["device.android_id", "jpush"].certainty == "seen"
    assert not cells["location.precise", "amap"].early
    assert cells["basic.phone", "first_party"].certainty is None
    assert cells["basic.phone", "first_party"].declared


def test_flows_name_the_company_once_whether_seen_or_possible(subject: Subject) -> None:
    flows = [flow for flow in subject.flows if flow.actor == "jpush"]
    [flow] = flows
    assert flow.seen
    assert flow.recipient == "深圳市和讯华谷信息技术有限公司"
    own = [flow for flow in subject.flows if flow.actor == "first_party"]
    assert {flow.recipient for flow in own} == {None}


def test_permissions_stand_against_the_app_type_and_the_code(subject: Subject) -> None:
    rows = {row.name.rsplit(".", 1)[1]: row for row in subject.permissions}
    assert rows["ACCESS_FINE_LOCATION"].necessary
    assert rows["READ_CALENDAR"].necessary is False
    assert rows["READ_CALENDAR"].used is False
    assert rows["READ_CONTACTS"].used
    assert rows["READ_CONTACTS"].asked
    assert rows["INTERNET"].necessary is None
    assert [row.name.rsplit(".", 1)[1] for row in subject.permissions[-2:]] == [
        "INTERNET", "WAKE_LOCK",
    ]  # fmt: skip


def test_use_is_not_told_where_the_code_was_not_wholly_read() -> None:
    covered = [one for one in coverage(session=False) if one.scope != "app.code"]
    [subject] = make_report(app_facts(), covered).subjects
    assert {row.used for row in subject.permissions} == {None}


def test_needs_list_what_is_necessary_then_what_goes_beyond(subject: Subject) -> None:
    rows = {row.info: row for row in subject.needs}
    assert rows["location.precise"].necessary
    assert rows["location.precise"].found
    assert not rows["location.trip"].found
    assert not rows["device.imei"].necessary
    assert "basic.phone" not in rows


def test_sdks_come_with_company_and_what_they_read(subject: Subject) -> None:
    sdks = {row.actor: row for row in subject.embedded}
    assert sdks["umeng_analytics"].party == "友盟同欣(北京)科技有限公司"
    assert set(sdks["umeng_analytics"].infos) == {"device.imei", "device.imsi", "device.oaid"}


def test_hosts_in_clear_text_come_first(subject: Subject) -> None:
    hosts = [row.host for row in subject.endpoints]
    assert hosts[:2] == ["log.lantern-map.example", "cdn.zx81.example"]
    assert [row.cleartext for row in subject.endpoints] == [True, True, False, False]


def test_the_timeline_runs_from_first_start_on(subject: Subject) -> None:
    kinds = [fact.kind for fact in subject.timeline]
    assert kinds == ["collect", "transmit", "prompt", "consent", "collect", "transmit"]
