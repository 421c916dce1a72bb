"""What the person must do, give or put up with before the account is cancelled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import finding
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = ("注销", "销户", "account")
_CANCEL = re.compile(
    r"注销|销户|\b(?:delet|cancel|clos|deactivat|terminat)\w* (?:of )?(?:your |the |an )?account"
)
_LEAD = re.compile(
    r"(?:注销|销户)[^\n]{0,40}(?:条件|前提|之前|前|须|需|应|满足|符合|确保|确认|提供|提交"
    r"|材料)[^\n]{0,40}[:：]$"
    r"|(?:条件|前提|满足|符合|确保)[^\n]{0,30}(?:注销|销户)[^\n]{0,20}[:：]$"
    r"|\baccount[^\n]{0,60}\b(?:condition|requirement|following|must|provide|provided)[^\n]{0,40}:$"
    r"|\b(?:condition|before|must)[^\n]{0,60}\baccount[^\n]{0,60}:$"
)
_MUST = re.compile(
    r"(?:须|需(?!求)|应当?|必须|请先|要求您?|让您)[^,，。;；\n]{0,20}?(?:提供|提交|上传|出[示具]"
    r"|填写|验证|核[实验]|确保|满足|符合|结清|清空"
    r"|解[绑除]|处理完|退出|联系|手持|携带|审核)"
    r"|(?:满足|符合)[^。;；\n]{0,24}?(?:条件|要求)|(?:没有|无"
    r"|不存在)[^,，。;；\n]{0,24}?(?:未完成|欠款|纠纷|争议|违约|处罚|余额|订单"
    r"|债务)"
    r"|(?:验证|核实|核验|确认)(?:您|你)?的?[^,，。;；\n]{0,10}?(?:身份|安全状态|信息)|(?:提供"
    r"|提交|上传)[^,，。;；\n]{0,30}?(?:证"
    r"|照片|证明|材料|验证码|手机号)|手持"
    r"|余额[^,，。;；\n]{0,10}(?:结清|清零|为零)|在[^,，。;；\n]{0,20}前提下"
    r"|\b(?:must|need to|have to|required to|may ask|will ask)\b[^.;\n]{0,60}?\b(?:provide|submit"
    r"|verify|upload|settle|send|complete|show)\w*"
    r"|\bprovided that\b|\bno (?:outstanding|pending|unpaid)\b"
)
_AFTER = re.compile(
    r"注销(?:成功)?[后之]后?|(?:一旦|当您?)注销|\bafter (?:your |the )?(?:account|cancel|delet)"
)
_NO_CONDITION = re.compile(
    r"只需|仅需|不(?:需要?|要求|必)[^,，。;；\n]{0,6}(?:提供|提交)|无[需须]您?(?:提供|提交)"
    r"|[请详][见阅]|可以?阅读|可能被(?:注销|删除)|\b(?:only need to|simply)\b"
)
_GIVES = re.compile(
    r"提供|提交|上传|出[示具]|填写|手持|携带|验证|核[实验]|\b(?:provide|submit|upload|verif|send"
    r"|show)"
)
_VAGUE = frozenset(("personal", "other", "device", "identity", "account"))
_LONGEST, _MOST = 80, 400


def check(policy: Policy) -> Iterator[Finding]:
    """Yield each condition; ``info`` is PI that must be given for it, ``detail`` has its words."""
    for passage in _passages(policy):
        words = " ".join(mask(policy.document.text[passage.start : passage.end][:_MOST]).split())
        detail = {"condition": words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"}
        infos: list[str | None] = [*_infos(policy, passage)]
        for info in infos or [None]:
            yield finding("cancel_condition", passage, info=info, detail=detail)


def _passages(policy: Policy) -> Iterator[Passage]:
    listed: set[int] = set()
    for passage in policy.holding(_CUES):
        if not _CANCEL.search(passage.text):
            continue
        clause = _AFTER.split(passage.text)[0]
        if _LEAD.search(passage.text):
            listed.update(_items(policy, passage))
        elif _CANCEL.search(clause) and _MUST.search(clause) and not _free(passage):
            listed.add(passage.number)
    for number in sorted(listed):
        yield policy.passages[number]


def _free(passage: Passage) -> bool:
    return bool(_NO_CONDITION.search(passage.text))


def _items(policy: Policy, lead: Passage) -> Iterator[int]:
    """Yield the numbers of the items under a lead-in."""
    for number in range(lead.number + 1, min(lead.number + 40, len(policy.passages))):
        one = policy.passages[number]
        if not one.above or one.above[-1][:200] != policy.raw(lead)[:200]:
            break
        yield number


def _infos(policy: Policy, passage: Passage) -> list[str]:
    text = policy.raw(passage)
    if not _GIVES.search(text + "".join(passage.above[-1:])):
        return []
    keys = [one.key for one in policy.named(passage, "info")]
    return [key for key in dict.fromkeys(keys) if key not in _VAGUE]
