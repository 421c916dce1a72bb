"""What the person can do about the PI: the wordings that the checks of rights share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import find, finding
from hongxian.sensors.policy.checks.ways import ways, ways_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.seek import Wording
    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

PERSON = (
    r"(?:您|你|用户|个人信息主体|监护人|有权|可以|可通过|通过|登[录陆]|进入|点击"
    r"|\byou(?:r)?\b|\bright\b)"
)
"""Who has the right."""
PI = (
    r"(?:信息|资料|数据|内容|记录|账[号户]|帐[号户]|头像|昵称|照片|评论|地址|历史"
    r"|\b(?:information|data|profile|records?|content)\b)"
)
"""What it is about."""
LISTED = r"^\W*[\d一二三四五六七八九十a-z]{0,3}\W{0,3}"
"""The number before an item."""
RIGHTS = re.compile(
    r"权利|管理|控制|访问|查[询阅看]|更正|修改|删除|注销|撤回|自主|选择|响应|副本"
    r"|\b(?:rights?|choices?|control|manage|access|correct|delet|eras)"
)
"""Headings under which rights are told."""
OTHERS = re.compile(
    r"(?:(?:我们|我司|我方|我行|公司|平台|员工|人员|雇员|第三方|合作伙伴|合作方|sdk|他人|其他用户"
    r"|任何人"
    r"|cookies?)(?:(?:会|将|可|能|有权|需|应|仅|不|才|必须|依法|自动|在)[^,，。;；]{0,20}|等)?"
    r"|\b(?:we|employees|staff|personnel|third part(?:y|ies)|cookies?|sdks?)"
    r"(?: (?:may|will|can|must|also|do|shall|could)\b[^,.;]{0,30}| who)?\s*)$"
)
"""Somebody else than the person, right before the verb."""
_ASKED = re.compile(
    r"(?:要求|请求|联系|向|通知|申请|让|请|告知|\bask|\brequest|\brequire"
    r"|\bcontact)[^,，。;；]{0,40}$"
)
_NOT = re.compile(
    r"(?:无法|不能|不可|不得|不支持|无权|暂不|\b(?:cannot|can not|unable to"
    r"|may not))[^,，。;；]{0,10}$"
)
_PERSON = re.compile(r"您|你|用户(?!的)|主体|监护|儿童|本人")
_CAN = re.compile(r"(?:您|你|用户)(?:还|也|均|都)?(?:可|能|有权)|\byou\b")
_BARE = re.compile(r"\W*[\da-z]{0,3}\W*$")
_GRANTS = re.compile(
    r"有权|(?<!不)可以?|(?<!不)能够?|享有|权利|支持|随时|要求我们|申请|提供"
    r"|\b(?:rights?|can|may|able|entitled|ask us|request)\b"
)
_WHEN = re.compile(r"(?:^|\W)(?:当|如果?|若|一旦|在)您?|\b(?:if|when|once|after)\b")
_REFUSED = re.compile(
    r"(?:不会|无法|不|可能不)响应|无需(?:征得)?(?:您|你)?的?(?:授权)?同意|帮(?:助)?您了解|重视"
    r"|尽(?:全力|最大努力|力)保[护障]|以使您"
    r"|(?:了解|说明|包含|包括)[^。\n]{0,60}(?:方式|方法|权利|途径)\W*$|\bthis policy (?:explains"
    r"|describes)"
)
"""Exceptions to rights, and announcements of what the policy tells of them."""
_CLAUSE = re.compile(r"[,，。;；:：\n]")


def by_person(text: str, verb: int) -> bool:
    """Whether it is the person who does what a verb says, not the operator or another party.

    Args:
        text: of the passage.
        verb: where its verb starts.
    """
    before = text[_clause(text, verb) : verb]
    if _NOT.search(before):
        return False
    if not _person_entitled(text, verb):
        return False
    return not OTHERS.search(before) or bool(_ASKED.search(before))


def _person_entitled(text: str, verb: int) -> bool:
    """Whether the last who is said to have a right, if any, is the person."""
    at = text.rfind("有权", 0, verb)
    if at < 0 or _CAN.search(text[at + 2 : verb]):
        return True
    return bool(
        _PERSON.search(text[_clause(text, at) : at]) or _BARE.match(text, _clause(text, at), at)
    )


def granted(text: str, verb: int) -> bool:
    """Whether the clause of a verb grants it, and not only tells what follows from it."""
    start = _clause(text, verb)
    ends = _CLAUSE.search(text, verb)
    clause = text[start : ends.start() if ends else len(text)]
    return bool(_GRANTS.search(clause)) and not _WHEN.search(clause[:6])


def _clause(text: str, place: int) -> int:
    return max((one.end() for one in _CLAUSE.finditer(text, 0, place)), default=0)


def right(policy: Policy, item: str, *wordings: Wording) -> Iterator[Finding]:
    """Yield the passages that grant a right, with the way to use it.

    A right that is only granted, without a word on how, is not told; nor is one whose
    consequences alone are told.
    """
    for passage, found in find(policy, *wordings):
        verb = max(found.start(name) for name in found.re.groupindex)
        text = policy.raw(passage)
        if not by_person(text, verb):
            continue
        how = ways(text)
        if not how and (granted(text, verb) or _led(passage)) and not _REFUSED.search(text):
            how = ways_around(policy, passage)
        if how:
            yield finding(item, passage, detail={"ways": how})


def _led(passage: Passage) -> bool:
    """Whether a lead-in grants what the passage lists."""
    lead = passage.above[-1] if passage.above else ""
    return lead.endswith((":", "：")) and bool(_GRANTS.search(lead))
