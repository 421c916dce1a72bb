from __future__ import annotations

import pytest
from tests.guards.mask.rings import ring

from hongxian.errors import HongxianError
from hongxian.guards.mask.policy import (
    UNKNOWN,
    Audience,
    Policy,
    Rule,
    default_audiences,
    default_rules,
    rule_of,
)
from hongxian.guards.mask.policy_rule import rule_faults
from hongxian.info.types import load_groups, load_types

OWN = Policy(
    ring=ring(),
    types={
        "basic.phone": {"analyst": Rule(technique="keep")},
        "basic": {"analyst": Rule(technique="suppress")},
    },
    audiences=default_audiences() | {
        "lender": Audience(like="partner"), "loop": Audience(like="round"),
        "round": Audience(like="loop"),
    },
)  # fmt: skip


def test_own_words_come_first_and_types_before_groups() -> None:
    assert OWN.rule("basic.phone", "analyst").technique == "keep"
    assert OWN.rule("basic.email", "analyst").technique == "suppress"
    assert OWN.rule("basic.phone", "test").technique == "fpe"
    assert OWN.rule("device.imei", "analyst").technique == "pseudonym"
    assert OWN.rule("device.model", "analyst").technique == "keep"


def test_words_for_all_others_come_before_the_shipped_ones() -> None:
    own = Policy(types={"*": {"analyst": Rule(technique="partial")}})
    assert own.rule("basic.phone", "analyst").technique == "partial"
    assert own.rule("basic.phone", "test").technique == "fpe"


def test_an_audience_takes_over_what_another_has() -> None:
    assert OWN.rule("property.bank_card", "lender") == OWN.rule("property.bank_card", "partner")
    assert OWN.rule("basic.phone", "loop").technique == "suppress"  # nobody to take over from


def test_a_type_of_which_nobody_speaks_is_not_given_away() -> None:
    assert OWN.rule("calendar.events", "analyst").technique == "suppress"
    assert OWN.rule("weblog.search", "public").technique == "suppress"


def test_an_unknown_audience_is_one_line() -> None:
    with pytest.raises(HongxianError, match="no audience 'analist'; nearest: 'analyst'"):
        OWN.audience("analist")


def test_a_setting_has_the_domain_of_its_type_or_its_own() -> None:
    rule = rule_of({"technique": "fpe", "domain": "people", "key": "k2", "keep": ["segment"]})
    own = OWN.setting("basic.phone", rule)
    assert (own.domain, own.key().name, own.options) == ("people", "k2", {"keep": ["segment"]})
    assert OWN.setting("basic.phone", rule_of("fpe")).domain == "basic.phone"


def test_every_shipped_rule_is_right_has_a_reason_and_names_what_exists() -> None:
    places = {*load_types(), *load_groups(), "*"}
    assert set(default_rules()) <= places
    for info, rows in default_rules().items():
        assert set(rows) == set(default_audiences())
        for rule in rows.values():
            assert rule.why
            words = {"technique": rule.technique, **rule.options}
            assert list(rule_faults(info, words, ["k"], vault=True)) == []
    assert all(one.unknown in UNKNOWN for one in default_audiences().values())
