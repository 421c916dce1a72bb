"""How the person cancels the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.rights import right
from hongxian.sensors.policy.checks.seek import Wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

ACCOUNT = r"(?:账[号户]|帐[号户]|用户|身份|会员|\baccounts?\b)"
_ENGLISH = r"\b(?:delet|cancel|clos|deactivat|terminat|deregister)\w*"
_CAN = (
    r"(?:有权|(?:您|你|用户)(?:还|也|均|都|随时)?(?:可|能|有权)|可以|可通过|可在|可随时|通过|申请"
    r"|请求|要求|联系|点击|进入|提供"
    r"|\bright to|\byou (?:can|may)|\bask us|\brequest|\bcontact|\bclick|\btap|\bgo to)"
)
_WORDINGS = (
    Wording(
        cues=("注销", "销户"),
        says=words(
            _CAN + r"[^。;；\n]{0,80}?(?P<verb>注销|销户)",
            r"(?P<verb2>注销)[^。;；\n]{0,30}?(?:路径|方式|步骤|流程|入口|点击|设置|联系|→|>|-)",
        ),
        unless=words(r"工商注销|营业执照|公司注销|企业注销|(?:不|无法|不能|不可)(?:予"
            r"|支持)?(?:提供)?注销"),
    ),
    Wording(
        cues=("删除", "取消", "关闭"),
        says=words(_CAN + r"[^。;；\n]{0,40}?(?P<verb>删除|取消|关闭)(?:您的|你的|该"
            r"|其)?(?:注册)?(?:账[号户]|帐[号户])"),
    ),
    Wording(
        cues=("account",),
        says=words(_CAN + r"[^.;\n]{0,80}?(?P<verb>" + _ENGLISH + r") (?:your|the|an|his|her|their"
            r"|my)?[^.;\n]{0,16}?\baccounts?\b"),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says how to cancel the account."""
    yield from right(policy, "cancel_account", *_WORDINGS)
