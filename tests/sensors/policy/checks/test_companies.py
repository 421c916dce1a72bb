"""Names of companies in running text."""

from __future__ import annotations

import pytest

from hongxian.sensors.policy.checks.companies import companies


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("灯笼是由北京灯笼科技有限公司开发的", ["北京灯笼科技有限公司"]),
        ("您的信任对上海明灯网络科技有限公司很重要", ["上海明灯网络科技有限公司"]),
        ("中国某某银行股份有限公司", ["中国某某银行股份有限公司"]),
        ("明灯（北京）科技有限公司及其关联公司", ["明灯（北京）科技有限公司"]),
        ("我们（北京灯笼科技有限公司）", ["北京灯笼科技有限公司"]),
        ("本公司和有限公司", []),
        ("Operated by Lantern Technology Co., Ltd. in Beijing", ["Lantern Technology Co., Ltd."]),
        ("Lantern Lights Limited and others", ["Lantern Lights Limited"]),
        ("a limited licence", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    even = text.lower()
    assert [text[start:end] for start, end in companies(even, text)] == names
