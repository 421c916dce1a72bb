"""Parts of a policy that declare nothing: definitions, rights, exceptions, contents."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "# 您的权利\n我们会根据您的请求删除您的个人信息。": set(),
    "# 定义\n个人信息是指能够识别自然人身份的各种信息，包括姓名、身份证号。": set(),
    "# 征得授权同意的例外\n（1）我们收集您自行公开的个人信息；": set(),
    "# 一、我们如何收集\n我们会收集您的手机号。": {
        "collect basic.phone first_party -",
    },
    "本政策将向您说明我们如何收集和使用您的个人信息。": set(),
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
