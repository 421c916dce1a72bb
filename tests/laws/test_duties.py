from __future__ import annotations

from hongxian.info.source import CONFIDENCES
from hongxian.info.types import load_types
from hongxian.laws.duties import RACI, load_duties, load_roles, load_scenarios, load_stages


def test_the_stages_follow_the_life_of_data() -> None:
    assert list(load_stages()) == [
        "collect", "transmit", "store", "use", "share", "disclose", "delete", "incident",
    ]  # fmt: skip
    assert load_stages()["share"].zh == "提供"


def test_every_duty_names_a_stage_a_party_and_a_basis() -> None:
    duties = load_duties()
    assert len(duties) == 34
    for one in duties:
        assert one.stage in load_stages()
        assert one.party in load_roles()
        assert one.raci in RACI
        assert one.zh
        assert one.en
        assert one.basis
        assert one.confidence in CONFIDENCES


def test_somebody_answers_at_every_stage() -> None:
    answering = {one.stage for one in load_duties() if one.raci == "A"}
    assert answering == load_stages().keys()


def test_the_fifteen_scenarios_use_known_types_and_parties() -> None:
    scenarios = load_scenarios()
    assert len(scenarios) == 15
    for one in scenarios.values():
        assert set(one.info) <= load_types().keys()
        assert set(one.parties) <= load_roles().keys()
        assert one.zh
        assert one.confidence in CONFIDENCES


def test_a_party_s_role_is_our_reading() -> None:
    assert load_roles()["sdk"].confidence == "M"
    assert load_roles()["industry_sp"].role_zh == "处理者"
