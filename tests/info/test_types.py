from __future__ import annotations

import re
from datetime import date

import pytest

from hongxian.errors import HongxianError
from hongxian.info.source import CONFIDENCES, read
from hongxian.info.types import find_type, load_groups, load_types


def test_every_type_is_named_once_in_both_languages() -> None:
    rows = read("hongxian.info", "types")["type"]
    types = load_types()
    assert len(rows) == len(types) >= 111
    for key, kind in types.items():
        assert re.fullmatch(r"[a-z]+\.[a-z0-9_]+", key)
        assert kind.name("zh") == kind.zh != ""
        assert kind.name("en") == kind.en != ""
        assert kind.confidence in CONFIDENCES
    assert len({kind.zh for kind in types.values()}) == len(types)


def test_every_type_has_a_group_and_every_group_is_used() -> None:
    groups = load_groups()
    assert {kind.group for kind in load_types().values()} == groups.keys()
    assert groups["location"].name("zh") == "个人位置信息"
    assert groups["location"].name("en") == "location"


def test_a_type_says_whether_it_is_sensitive_on_a_day() -> None:
    track = load_types()["location.track"]
    assert track.sensitive(date(2026, 1, 1))
    assert track.sensitive(date(2026, 1, 1), "GB45574")
    assert not track.sensitive(date(2019, 1, 1))
    assert not load_types()["device.model"].sensitive(date(2026, 1, 1))


def test_a_type_is_found_by_key_and_by_name() -> None:
    assert find_type("location.track").key == "location.track"
    assert find_type("行踪轨迹").key == "location.track"
    assert find_type("imsi").key == "device.imsi"


def test_an_unknown_type_is_one_line() -> None:
    with pytest.raises(HongxianError, match=r"no PI type 'shoe\.size'"):
        find_type("shoe.size")
