"""How the person has PI deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.rights import LISTED, PI, RIGHTS, right
from hongxian.sensors.policy.checks.seek import Wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = ("删除", "清除", "清空", "擦除", "delet", "eras", "remove")
_VERB = r"(?P<verb>删除|清除|清空|擦除|\b(?:delet|eras|remov)\w*)"
_CAN = (
    r"(?:有权|(?:您|你|用户|监护人)(?:还|也)?(?:可|能|随时|亦可)|可随时|可以|可通过|要求我们"
    r"|请求我们"
    r"|申请|向我们|\bright (?:to|of)|\byou (?:can|may)|\bask us|\brequest)"
)
_UNLESS = words(
    r"(?:删除|清除)(?:浏览器|本地)?(?:的|中的|上的)?(?:所有)?(?:cookies?|缓存)",
    r"(?:cookies?|缓存)[^。;；\n]{0,12}(?:删除|清除)",
    r"\b(?:delete|remove|clear)\b[^.;]{0,16}cookies?",
    r"违(?:法|规)(?:信息|内容)",
)
_WORDINGS = (
    Wording(
        cues=_CUES, unless=_UNLESS,
        says=words(
            _CAN + r"[^。;；\n]{0,60}?" + _VERB + r"[^。;；\n]{0,50}?" + PI,
            _CAN + r"[^。;；\n]{0,50}?" + PI + r"[^。;；\n]{0,16}?"
            + _VERB.replace("verb", "verb2"),
        ),
    ),
    Wording(
        cues=_CUES, unless=_UNLESS, under=RIGHTS,
        says=words(LISTED + r"(?:[^,，。;；\n]{0,10}、)?" + _VERB + r"[^。;；\n]{0,20}?" + PI),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says how to have PI deleted."""
    yield from right(policy, "delete", *_WORDINGS)
