from __future__ import annotations

import pytest
from tests.guards.mask.rings import masked, shown


@pytest.mark.parametrize(
    ("value", "province", "city", "county"),
    [
        ("11010519491231002X", "110000", "110100", "110105"),
        ("440305", "440000", "440300", "440305"),
        ("广东省深圳市南山区科技园1号", "广东省", "广东省深圳市", "广东省深圳市南山区"),
        ("北京市朝阳区建国路8号", "北京市", "北京市", "北京市朝阳区"),
        ("内蒙古自治区呼和浩特市新城区", "内蒙古自治区", "内蒙古自治区呼和浩特市",
         "内蒙古自治区呼和浩特市新城区"),
        ("湖北省恩施土家族苗族自治州利川市", "湖北省", "湖北省恩施土家族苗族自治州",
         "湖北省恩施土家族苗族自治州利川市"),
        (None, None, None, None),
    ],
)  # fmt: skip
def test_codes_numbers_and_addresses_become_regions(
    value: str | None, province: str, city: str, county: str
) -> None:
    levels = {"province": province, "city": city, "county": county}
    for level, expected in levels.items():
        assert shown("region", "basic.address", [value], level=level) == [expected]
    assert shown("region", "basic.address", [value]) == [city]


def test_where_no_region_is_seen_nothing_is_shown() -> None:
    found = masked("region", "basic.address", ["somewhere", "13812345678", "幸福路8号"])
    assert (found.values.to_pylist(), found.refused) == ([None] * 3, 3)
