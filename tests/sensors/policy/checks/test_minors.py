"""Rules for children."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import details

from hongxian.sensors.policy.checks import minors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不满十四周岁的儿童应当在监护人同意后使用。", [{"age": 14, "guardian": True}]),
        ("若您是未满18周岁的未成年人，请征得父母同意。", [{"age": 18, "guardian": True}]),
        ("我们不会主动收集儿童的个人信息。", [{}]),
        ("未滿14周歲的未成年人須經監護人同意。", [{"age": 14, "guardian": True}]),
        ("We do not knowingly collect data of children under 14 without consent of a parent.",
         [{"age": 14, "guardian": True}]),
        ("Children must not use the app.", [{}]),
        ("我们非常重视对未成年人个人信息的保护。", []),
        ("# 未成年人保护", []),
        ("个人敏感信息包括不满十四周岁儿童的信息，应当谨慎。", []),
        ("本应用已上线3周岁，请放心。", []),
    ],
)  # fmt: skip
def test_rules(text: str, expected: list[dict[str, object]]) -> None:
    assert details(minors, text) == expected
