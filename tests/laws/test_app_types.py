from __future__ import annotations

import pytest

from hongxian.errors import HongxianError
from hongxian.info.source import CONFIDENCES, read
from hongxian.info.types import load_types
from hongxian.laws.app_types import find_app_type, load_app_types


def test_there_are_39_types_numbered_as_the_provisions_do() -> None:
    types = list(load_app_types().values())
    assert len(read("hongxian.laws", "app_types")["type"]) == len(types) == 39
    assert [one.no for one in types] == list(range(1, 40))


def test_thirteen_types_need_nothing() -> None:
    without = [one.no for one in load_app_types().values() if not one.necessary]
    assert without == [21, *range(27, 39)]


def test_every_type_is_complete_in_both_languages() -> None:
    for one in load_app_types().values():
        assert one.name("zh") != one.name("en")
        assert one.function("zh") != one.function("en")
        assert one.confidence in CONFIDENCES
        assert one.name_confidence in CONFIDENCES


def test_necessary_types_exist_and_the_details_spell_them_out() -> None:
    for one in load_app_types().values():
        assert set(one.necessary) <= load_types().keys()
        assert len(set(one.necessary)) == len(one.necessary)
        assert {detail.info for detail in one.details} == set(one.necessary)
        assert all(detail.zh and detail.en for detail in one.details)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("1", "map"),
        ("map", "map"),
        ("导航", "map"),
        ("地图导航类", "map"),
        ("Ride hailing", "ride"),
        ("即时通信", "im"),
        ("bank", "bank"),
    ],
)
def test_a_type_is_found_by_number_key_or_name(word: str, key: str) -> None:
    assert find_app_type(word).key == key


def test_an_unknown_or_unclear_word_is_one_line() -> None:
    with pytest.raises(HongxianError, match="no app type '40'"):
        find_app_type("40")
    with pytest.raises(HongxianError, match="no app type ''"):
        find_app_type("")
    with pytest.raises(HongxianError, match=r"fits several app types: 9 ticket, 39 show"):
        find_app_type("票务")
