"""What each permission is for."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found, table

from hongxian.sensors.policy.checks import permission_purposes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("为了拍照识别，我们会申请您的相机权限。", ["camera"]),
        ("麦克风权限：用于语音输入。\n相机权限：用于扫码。", ["microphone", "camera"]),
        ("相机权限用于扫码。\n相机权限用于拍照。", ["camera"]),
        ("We request the camera permission to scan codes.", ["camera"]),
        ("我们会申请您的相机权限。", []),
        ("您可以关闭相机权限，以便保护隐私。", []),
        ("# 相机权限", []),
        ("黄油相机未经公司书面授权，以便您使用。", []),
    ],
)
def test_permissions(text: str, expected: list[str]) -> None:
    keys = [one.detail["permission"] for one in found(permission_purposes, text)]
    assert [key.lower().rpartition(".")[2] for key in keys] == expected


def test_table() -> None:
    read = table("权限名称|使用目的", "位置权限|用于展示附近的门店", before="权限说明")
    (one,) = found(permission_purposes, read)
    assert one.purpose is not None
