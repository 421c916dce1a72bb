from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.rings import shown

from hongxian.guards.mask.techniques.partial import covered, shape_of, shapes
from hongxian.info.types import load_types


@pytest.mark.parametrize(
    ("info", "value", "expected"),
    [
        ("basic.phone", "13812345678", "138****5678"),
        ("basic.phone", "+8613812345678", "+86*******5678"),
        ("basic.phone", "10086", "*****"),
        ("basic.name", "张三", "张*"),
        ("basic.name", "诸葛孔明", "诸葛**"),
        ("basic.name", "诸葛", "诸*"),
        ("basic.name", "张", "*"),
        ("basic.name", "John O’Neill", "J*** O***"),
        ("identity.doc_number", "11010519491231002X", "1****************X"),
        ("property.bank_card", "6222021234567890123", "622202*********0123"),
        ("identity.passport", "E12345678", "E******78"),
        ("property.vehicle", "京A12345", "京A***45"),
        ("property.vehicle", "京AD12345", "京A****45"),
        ("basic.email", "zhang.san@example.com", "z***@example.com"),
        ("basic.email", "zhang.san", "***"),
        ("basic.address", "广东省深圳市南山区科技园路1号2栋", "广东省深圳市南山区****"),
        ("basic.address", "北京市朝阳区建国路8号", "北京市朝阳区****"),
        ("basic.address", "幸福路8号", "****"),
        ("netid.ip", "192.168.3.77", "192.168****"),
        ("netid.ip", "2001:db8:1::9", "2001:db8****"),
        ("device.mac", "a4:5e:60:c1:22:07", "a4:5e:60:**:**:**"),
        ("device.imei", "867400020316612", "867400*********"),
        ("netid.account", "tiger_88", "t******8"),
        ("other.religion", "anything", "***"),
        ("basic.phone", None, None),
    ],
)
def test_each_kind_shows_what_its_convention_lets_through(
    info: str, value: str | None, expected: str | None
) -> None:
    assert shown("partial", info, [value]) == [expected]


@given(st.sampled_from(["name", *shapes(), None]), st.text(min_size=1, max_size=30))
def test_something_of_every_value_is_covered(shape: str | None, value: str) -> None:
    import pyarrow as pa

    (found,) = covered(pa.array([value]), shape).to_pylist()
    assert "*" in found or not any(char.isalpha() for char in value)
    assert found != value or "*" in value or not any(char.isalpha() for char in value)


def test_a_policy_may_choose_the_ends_or_another_shape() -> None:
    assert shown("partial", "x", ["abcdefgh", "ab"], left=2, right=1) == ["ab*****h", "**"]
    assert shown("partial", "x", ["abcdefgh"], left=3, least=9) == ["********"]
    assert shown("partial", "x", ["张三"], shape="name") == ["张*"]


def test_conventions_name_types_that_exist_once_and_their_reasons() -> None:
    infos = [info for row in shapes().values() for info in row["info"]]
    assert len(infos) == len(set(infos))
    assert set(infos) <= set(load_types())
    assert all(row["why"] and row["conf"] in "ABCM" for row in shapes().values())
    assert shape_of("basic.name") == "name"
    assert shape_of("other.religion") is None
