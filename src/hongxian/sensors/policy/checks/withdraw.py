"""How the person withdraws consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.rights import right
from hongxian.sensors.policy.checks.seek import Wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CONSENT = r"[^。;；\n]{0,16}?(?:同意|授权|许可|授予|\bconsent|\bpermission|\bauthori[sz]ation)"
_WORDINGS = (
    Wording(
        cues=("撤回", "撤销", "收回", "withdraw", "revoke"),
        says=words(
            r"(?P<verb>撤回|撤销|收回|\b(?:withdraw|revok)\w*)" + _CONSENT,
            r"(?:同意|授权|\bconsent)[^。;；\n]{0,16}?(?P<verb2>撤回|撤销|收回|withdraw|revok)",
        ),
        unless=words(
            r"(?:不|无法|不能|无权|不可)(?:可)?(?:撤回|撤销|收回)|不可撤[销回]|\birrevocabl"
        ),
    ),
    Wording(
        cues=("改变", "变更", "取消", "关闭", "调整", "管理", "change", "turn off", "disable"),
        says=words(
            r"(?P<verb>改变|变更|取消|调整)[^。;；\n]{0,10}?(?:授权|同意)(?:的)?(?:范围|信息|我们"
            r"|$)?",
            r"(?:给予或收回|随时(?:给予|取消))[^。;；\n]{0,8}?(?P<verb2>同意|授权)",
            r"(?P<verb3>关闭|取消|停用)[^。;；\n]{0,16}?(?:授权|权限)",
            r"\b(?P<verb4>change|turn off|disable|switch off)\b[^.;\n]{0,40}?\b(?:permissions?"
            r"|consent)",
        ),
        under=words(
            r"撤回|撤销|取消.{0,4}(?:授权|同意)|(?:改变|变更|管理|调整).{0,8}(?:授权|同意|权限)"
            r"|同意范围|授权范围"
            r"|\bwithdraw|\brevok|\bpermissions?\b|\bconsent\b"
        ),
    ),
    Wording(
        cues=("范围",),
        says=words(
            r"(?P<verb>改变|变更|调整|修改|管理|设置|选择)[^。;；\n]{0,16}?(?:授权"
            r"|同意)[^。;；\n]{0,24}?范围"
        ),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says how to withdraw consent."""
    yield from right(policy, "withdraw", *_WORDINGS)
