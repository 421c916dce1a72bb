from __future__ import annotations

import pytest

from hongxian.guards.mask.known import names, recognised
from hongxian.info.types import load_types


@pytest.mark.parametrize(
    ("name", "values", "info"),
    [
        ("mobile", ["13812345678", "13912345678", ""], "basic.phone"),
        ("x", ["13812345678", "+86 139-1234-5678"], "basic.phone"),
        ("x", ["a@b.cn", "13912345678", "c@d.cn"], "basic.email"),
        ("姓名", ["张三"], "basic.name"),
        ("realName", ["张三"], "basic.name"),
        ("user.name", ["张三"], "basic.name"),
        ("user.address[]", ["深圳市"], "basic.address"),
        ("年龄", ["31"], "basic.age"),
        ("Date Of Birth", ["yesterday"], "basic.birth_date"),
        ("product.name", ["Lamp"], None),
        ("name", ["Lamp"], None),
        ("note", ["call 13812345678 please", "nothing", "at 13912345678"], None),
        ("x", ["13812345678", "a", "b", "c"], None),
        ("x", [], None),
        ("c1", ["张三丰", "李小明", "欧阳雪", "王建国"], "basic.name"),
        ("c1", ["广东省深圳市南山区科技园路1号", "北京市朝阳区建国路8号院2号楼"], "basic.address"),
        ("c1", ["流感", "高血压", "糖尿病", "感冒"], None),
        ("c1", ["深圳市", "北京市"], None),
    ],
)
def test_values_speak_first_then_the_whole_name(
    name: str, values: list[str], info: str | None
) -> None:
    assert recognised(name, values) == info


def test_names_tell_types_that_exist_and_each_only_one() -> None:
    assert set(names().values()) <= set(load_types())
    from hongxian.info.source import read

    rows = read("hongxian.guards.mask", "columns")
    assert sum(map(len, rows.values())) == len(names())
