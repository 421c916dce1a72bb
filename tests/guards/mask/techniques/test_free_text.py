from __future__ import annotations

import pytest
from tests.guards.mask.rings import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请回电13812345678，谢谢", "请回电138****5678，谢谢"),
        ("zhang@b.cn 与 13812345678", "z***@b.cn 与 138****5678"),
        ("身份证：11010519491231002X。", "身份证：1****************X。"),
        ("客户吴玉梅来电，号码13812345678", "客户吴**来电，号码138****5678"),
        ("请寄到广东省深圳市南山区科技园路1号，谢谢", "请寄到广东省深圳市南山区****，谢谢"),
        ("nothing at all", "nothing at all"),
        ("order 2026112912345678901", "order 2026112912345678901"),
        ("", ""),
        (None, None),
    ],
)
def test_pi_in_a_text_is_covered_and_the_rest_stays(text: str | None, expected: str | None) -> None:
    found = shown("text", "x", [text, "13912345678", text])
    assert found == [expected, "139****5678", expected]


def test_a_column_without_texts_stays() -> None:
    import pyarrow as pa

    assert shown("text", "x", [None], kind=pa.string()) == [None]


def test_keys_of_interfaces_are_covered_wholly() -> None:
    (found,) = shown("text", "x", ["aws AKIAIOSFODNN7EXAMPLE end"])
    assert found == "aws *** end"
