from __future__ import annotations

import re

from hongxian.info.source import CONFIDENCES, read
from hongxian.laws.documents import load_documents
from hongxian.laws.remedies import load_channels, load_deadlines, load_events, load_weapons


def test_channels_are_complete_and_the_operator_comes_first() -> None:
    channels = load_channels()
    assert next(iter(channels)) == "operator"
    assert len(channels) == len(read("hongxian.laws", "remedies")["channel"]) == 14
    for one in channels.values():
        assert one.zh and one.en and one.how_zh and one.how_en and one.scope_zh and one.scope_en  # noqa: PT018
        assert one.needs
        assert all(zh and en and zh != en for zh, en in one.needs)
        assert one.confidence in CONFIDENCES
    assert channels["12381"].confidence == "M"


def test_deadlines_say_how_they_are_counted() -> None:
    deadlines = load_deadlines()
    assert len(deadlines) == 17
    assert deadlines["app_complaint"].counting == "working_days"
    assert "15" in deadlines["app_complaint"].limit_zh
    assert {one.counting for one in deadlines.values()} == {"calendar", "working_days"}
    assert all(one.zh and one.en and one.basis for one in deadlines.values())
    assert all(one.confidence in CONFIDENCES for one in deadlines.values())


def test_weapons_name_documents_that_we_have() -> None:
    weapons = load_weapons()
    assert len(weapons) == 12
    keys = {key.upper() for key in load_documents()}
    assert all(one.where.split()[0].upper() in keys for one in weapons.values())
    assert all(one.zh and one.en and one.confidence in CONFIDENCES for one in weapons.values())


def test_dates_run_forward() -> None:
    events = load_events()
    assert len(events) == 30
    assert all(re.fullmatch(r"\d{4}-\d\d(-\d\d)?", one.date) for one in events)
    assert [one.date for one in events] == sorted(one.date for one in events)
    assert all(one.zh and one.en and one.effect_zh and one.effect_en for one in events)
    assert all(one.confidence in CONFIDENCES for one in events)
