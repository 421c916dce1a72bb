"""How the person gets a copy of the PI, or has it moved elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.rights import LISTED, RIGHTS, right
from hongxian.sensors.policy.checks.seek import Wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CAN = (
    r"(?:有权|(?:您|你|用户)(?:还|也)?(?:可|能|需要|随时)|可以|可通过|要求我们|请求我们|申请"
    r"|向我们|我们(?:将|会)?(?:向|为)您提供"
    r"|\bright (?:to|of)|\byou (?:can|may)|\bask us|\brequest)"
)
_WORDINGS = (
    Wording(
        cues=("副本", "复制", "拷贝", "导出", "转移", "可携带", "copy", "export",
              "portab", "transfer"),
        says=words(
            _CAN + r"[^。;；\n]{0,60}?(?P<verb>(?:复制|拷贝|导出"
                r"|转移)(?!权)[^。;；\n]{0,20}?(?:信息|资料|数据)"
            r"|副本|可携带|\bcop(?:y|ies) of (?:your|the|his)[^.;\n]{0,20}(?:information|data)"
            r"|\b(?:export|obtain|download|port|move"
            r"|transfer) (?:a copy of )?your (?:personal )?(?:information|data)"
            r"|\bportability\b)",
        ),
        unless=words(
            r"复印件|营业执照|(?:身份证|证件)[^,，。;；]{0,6}副本|知识产权|著作权|转让|境外|禁止"
            r"|不得|未经"
            r"|\bcopyright|\boutside\b|\babroad\b"
        ),
    ),
    Wording(
        cues=("复制", "转移", "导出", "副本", "copy", "portab"), under=RIGHTS,
        says=words(
            LISTED + r"(?:[^,，。;；\n]{0,10}、)?(?P<verb>复制|转移|导出"
                r"|获取副本)[^。;；\n]{0,20}?(?:信息|资料|数据)",
            LISTED + r"(?P<verb2>(?:obtain |get )?a? ?copy) of your (?:personal )?(?:information"
                r"|data)",
        ),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says how to get a copy of PI or have it moved."""
    yield from right(policy, "copy", *_WORDINGS)
