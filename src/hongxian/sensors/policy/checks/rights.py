"""What the person can do about the PI: the wordings that the checks of rights share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import finding
from hongxian.sensors.policy.checks.ways import ways_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.seek import Wording
    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

PERSON = r"(?:您|你|用户|个人信息主体|监护人|有权|可以|可通过|\byou(?:r)?\b|\bright\b)"
"""Who has the right."""
PI = (
    r"(?:信息|资料|数据|内容|记录|账[号户]|帐[号户]|头像|昵称|照片|评论|地址|历史"
    r"|\b(?:information|data|profile|records?|content)\b)"
)
"""What it is about."""
RIGHTS = re.compile(
    r"权利|管理|控制|访问|查[询阅看]|更正|修改|删除|注销|撤回|自主|选择|响应|副本"
    r"|\b(?:rights?|choices?|control|manage|access|correct|delet|eras)"
)
"""Headings under which rights are told."""
OTHERS = re.compile(
    r"(?:(?:我们|我司|本公司|本?平台|员工|人员|雇员|第三方|合作伙伴|合作方|sdk|他人|其他用户|任何人|cookies?)"
    r"(?:(?:会|将|可|能|有权|需|应|仅|不|才|必须|依法|自动|在)[^,，。;；]{0,20}|等)?"
    r"|\b(?:we|employees|staff|personnel|third part(?:y|ies)|cookies?|sdks?)"
    r"(?: (?:may|will|can|must|also|do|shall|could)\b[^,.;]{0,30}| who)?\s*)$"
)
"""Somebody else than the person, right before the verb."""
_ASKED = re.compile(
    r"(?:要求|请求|联系|向|通知|申请|让|请|告知|\bask|\brequest|\brequire|\bcontact)[^,，。;；]{0,40}$"
)
_NOT = re.compile(
    r"(?:无法|不能|不可|不得|不支持|无权|暂不|\b(?:cannot|can not|unable to|may not))[^,，。;；]{0,10}$"
)
_CLAUSE = re.compile(r"[,，。;；:：\n]")


def by_person(text: str, verb: int) -> bool:
    """Whether it is the person who does what a verb says, not the operator or another party.

    Args:
        text: of the passage.
        verb: where its verb starts.
    """
    start = max((one.end() for one in _CLAUSE.finditer(text, 0, verb)), default=0)
    before = text[start:verb]
    if _NOT.search(before):
        return False
    return not OTHERS.search(before) or bool(_ASKED.search(before))


def right(policy: Policy, item: str, *wordings: Wording) -> Iterator[Finding]:
    """Yield the passages that grant a right, with the way to use it.

    A right that is only granted, without a word on how, is not told.
    """
    for wording in wordings:
        for passage in policy.holding(wording.cues):
            found = wording.match(passage)
            if found is None or not by_person(passage.text, _verb(found)):
                continue
            if how := ways_for(policy, passage):
                yield finding(item, passage, detail={"ways": how})


def _verb(found: re.Match[str]) -> int:
    """Return where the verb starts, in whichever branch of the pattern it stands."""
    return max(found.start(name) for name in found.re.groupindex)
