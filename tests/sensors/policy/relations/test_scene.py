"""A sentence with its acts and their clauses."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import groups, said, scene

FACTS: dict[str, set[str]] = {
    "我们会收集您的设备信息并提供给友盟，用于统计分析。": {
        "collect device first_party statistics",
        "share device first_party>umeng_analytics statistics",
    },
    "我们会收集、使用您的手机号。": {
        "collect basic.phone first_party -",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]


def test_verbs_that_share_their_object_are_one_group() -> None:
    made = scene("我们会收集、使用您的手机号。")
    assert len(groups(made)) == 1


def test_verbs_with_objects_of_their_own_are_several() -> None:
    made = scene("我们会收集您的手机号，并共享您的位置信息。")
    assert len(groups(made)) == 2
