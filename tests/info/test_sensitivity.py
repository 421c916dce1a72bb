from __future__ import annotations

from datetime import date

import pytest

from hongxian.errors import HongxianError
from hongxian.info.sensitivity import listing, load_standards
from hongxian.info.source import CONFIDENCES
from hongxian.info.types import load_types


@pytest.mark.parametrize(
    ("info", "on", "by"),
    [
        ("contact.address_book", date(2020, 9, 30), []),
        ("contact.address_book", date(2020, 10, 1), ["GB35273"]),
        ("contact.address_book", date(2025, 10, 31), ["GB35273"]),
        ("contact.address_book", date(2025, 11, 1), []),
        ("biometric.face", date(2021, 10, 31), ["GB35273"]),
        ("biometric.face", date(2021, 11, 1), ["GB35273", "PIPL28"]),
        ("biometric.face", date(2025, 11, 1), ["PIPL28", "GB45574"]),
        ("identity.doc_number", date(2026, 6, 1), ["METHOD31"]),
        ("identity.doc_number", date(2019, 11, 27), []),
        ("device.imei", date(2026, 6, 1), []),
    ],
)
def test_what_is_sensitive_depends_on_the_day(info: str, on: date, by: list[str]) -> None:
    assert [standard.key for standard in listing(info, on)] == by


def test_one_text_can_be_asked_alone() -> None:
    assert listing("identity.doc_number", date(2026, 6, 1), "GB45574") == ()
    assert [one.key for one in listing("location.track", date(2026, 6, 1), "PIPL28")] == ["PIPL28"]


def test_an_unknown_text_is_named_with_those_that_there_are() -> None:
    with pytest.raises(HongxianError, match="no standard 'ISO'; there are METHOD31"):
        listing("device.imei", date(2026, 6, 1), "ISO")


def test_every_listed_key_is_a_pi_type_and_every_text_has_its_confidence() -> None:
    for standard in load_standards().values():
        assert standard.listed <= load_types().keys()
        assert standard.confidence in CONFIDENCES
        assert standard.zh
        assert standard.en
        assert standard.valid_to is None or standard.valid_from < standard.valid_to
