"""How long PI is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.numbers import NUMBER
from hongxian.sensors.policy.checks.seek import Wording, find, finding, words
from hongxian.sensors.policy.relations.keeping import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_KEEP = r"(?:保存|存储|储存|保留|留存|存留|\b(?:retain\w*|retention|stor(?:e|ed|age)|keep|kept)\b)"
_AMOUNT = rf"(?:{NUMBER})[)）]?\s?个?(?:年|月|日|天(?!天)|小时)"
_TERM = (
    r"(?:期限|期间|时限|时长|最短|(?:必需|必要|所需|必须)的?(?:最短)?(?:时间|期)|为止|永久|长期"
    r"|期满|届满"
    rf"|{_AMOUNT})"
)
_ENGLISH = (
    r"(?:\b(?:as long as|period|until|no longer than|permanently|indefinitely|duration)\b"
    rf"|\b(?:{NUMBER}) (?:calendar )?(?:days?|months?|years?)\b)"
)
_WORDINGS = (
    Wording(
        cues=("保存", "存储", "储存", "保留", "留存", "存留"),
        says=words(
            _KEEP + r"的?(?:时间|期限|期间|时长|年限)", r"(?:一直|持续)[^,，。;；\n]{0,4}" + _KEEP,
            _KEEP + r"[^。;；\n]{0,50}?" + _TERM, _TERM + r"[^。;；\n]{0,30}?" + _KEEP,
        ),
        unless=words(
            r"(?:存储|读写|储存)(?:卡|空间)?权限|(?:您|用户)(?:应|需|须|自行)[^,，。]{0,8}(?:保存"
            r"|备份)"
            r"|保留[^。;；\n]{0,80}?的?权利|保存至相册|保存图片|更长的留存|其他特别约定"
            r"|延长[^,，。]{0,6}保[存留]期$"
        ),
    ),
    Wording(
        cues=("retain", "retention", "store", "keep", "kept"),
        says=words(
            _KEEP + r"[^.;\n]{0,100}?" + _ENGLISH, _ENGLISH + r"[^.;\n]{0,60}?" + _KEEP,
            r"\bretention periods?\b",
        ),
        unless=words(
            r"\bkeep (?:your )?(?:password|account)[^.;]{0,20}(?:safe|secure|confidential)"
            r"|\bapp store\b"
        ),
    ),
    Wording(
        cues=("删除", "匿名化"),
        says=words(
            r"(?:超出|超过|期满|届满|期限|到期)[^。;；\n]{0,40}?(?:删除|匿名化)",
            r"(?:注销|终止|停止运营|停止服务)[^。;；\n]{0,40}?(?:删除"
            r"|匿名化)[^。;；\n]{0,12}?(?:信息|数据|处理)",
        ),
        under=words(r"保存|存储|储存|保留|期限"),
    ),
)  # fmt: skip
_PROMISE = re.compile(r"工作日|提前|\bin advance|\bworking days|\bbusiness days")


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says how long PI is kept; amount in days where it gives a figure."""
    for passage, found in find(policy, *_WORDINGS):
        said = passage.text[found.start() : found.end() + 24]
        kept = None if _PROMISE.search(said) else days(said)
        columns = {} if kept is None else {"amount": kept, "unit": "day"}
        yield finding("retention", passage, **columns)
