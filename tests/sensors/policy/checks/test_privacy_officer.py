"""Who is in charge of protecting PI."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import privacy_officer


@pytest.mark.parametrize(
    "text",
    [
        "个人信息保护负责人：张先生",
        "我们设立了个人信息保护专职部门，您可以与其联系。",
        "我们任命了数据保护官负责个人信息安全。",
        "您可以联系我们的隐私保护团队：privacy@lantern.example",
        "我們設立了個人信息保護專員。",
        "Please contact our data protection officer.",
        "We have appointed a DPO.",
    ],
)
def test_there(text: str) -> None:
    assert [one.item for one in found(privacy_officer, text)] == ["privacy_officer"]


@pytest.mark.parametrize(
    "text",
    [
        "您可以向履行个人信息保护职责的部门投诉。",
        "我们会保护您的个人信息。",
        "法定代表人：张某，负责人事。",
        "You may complain to the data protection authority, not to an officer.",
    ],
)
def test_not_there(text: str) -> None:
    assert found(privacy_officer, text) == []
