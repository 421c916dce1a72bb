"""How the person has PI corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.rights import LISTED, PERSON, PI, RIGHTS, right
from hongxian.sensors.policy.checks.seek import Wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = (
    "更正", "修改", "更改", "修正", "补充", "变更", "更新", "纠正", "编辑", "完善",
    "correct", "rectif", "amend", "update", "edit",
)  # fmt: skip
_VERB = (
    r"(?P<verb>更正|修改|更改|修正|补充|变更|更新|纠正|编辑|完善"
    r"|\b(?:correct|rectif|amend|updat|edit)\w*)"
)
_UNLESS = words(
    r"(?:修改|变更|更新|修订|更改)(?:后的|本|该|隐私|我们的)?(?:隐私)?(?:政策|协议|声明|条款|版本"
    r"|内容)",
    r"(?:政策|协议|声明|条款|软件|应用|版本|app)[^,，。;；]{0,6}(?:更新|修改|变更|修订)",
    r"\b(?:this|the|our) (?:privacy )?(?:policy|notice|statement|terms)\b",
)
_WORDINGS = (
    Wording(
        cues=_CUES, unless=_UNLESS, under=RIGHTS,
        says=words(PERSON + r"[^。;；\n]{0,60}?" + _VERB + r"[^。;；\n]{0,50}?" + PI),
    ),
    Wording(
        cues=("有权", "可以", "可随时", "可通过", "right"), unless=_UNLESS,
        says=words(
            r"(?:有权|您可以?|用户可以?|你可以?|可随时|可通过|\bright (?:to|of)|\byou (?:can|may))"
            r"[^。;；\n]{0,60}?(?P<verb>更正|修改|更改|修正|纠正|编辑|\b(?:correct|rectif|amend"
            r"|edit)\w*)"
            r"[^。;；\n]{0,50}?" + PI
        ),
    ),
    Wording(
        cues=_CUES, unless=_UNLESS, under=RIGHTS,
        says=words(LISTED + r"(?:[^,，。;；\n]{0,10}、)?" + _VERB + r"[^。;；\n]{0,20}?" + PI),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says how to have PI corrected."""
    yield from right(policy, "correct", *_WORDINGS)
