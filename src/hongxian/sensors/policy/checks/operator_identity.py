"""Who the operator is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = (
    "公司", "银行", "集团", "中心", "工作室", "事务所", "研究院", "协会", "大学", "医院",
    "limited", "ltd", "inc", "llc", "corp", "gmbh",
)  # fmt: skip
_NAME = (
    r"[\u4e00-\u9fffa-z0-9（()）·&.\- ]{2,30}?"
    r"(?:(?:股份)?有限(?:责任)?公司|集团公司|总公司|银行|集团|工作室|事务所|研究[院所]|协会|大学|医院|中心)"
    r"(?:[\u4e00-\u9fff]{2,8}分公司)?"
)
_ENGLISH = r"[a-z][a-z0-9&.,'()\- ]{1,60}?\b(?:co\.?,? ?ltd\.?|limited|ltd\.?|inc\.?|llc|corporation|corp\.?|gmbh)"
_SAYS = (
    # 公司名称：X; 运营者：X
    r"(?:公司名称|公司全称|公司全名|企业名称|单位名称|名称|(?:app|应用|软件|产品|平台)?"
    r"(?:运营者|运营方|运营主体|运营商|开发者|开发商|运营公司|开发公司|处理者|提供者|主体|版权所有|主办单位|公司)(?:名称|信息|全称)?)"
    rf"[\s:：|]{{1,4}}(?P<a>{_NAME})(?![^,，。;；\n]{{0,12}}(?:sdk|隐私政策))",
    # 我们是X; “我们”指X
    r"(?:我们|本公司|我司|本[^,，。;；:：\n]{0,8}?(?:平台|应用|软件|产品|app))[”\"』」]?(?:系|是|即|为)?(?:指|由|系|是|即)"
    rf"[^,，。;；:：\n]{{0,6}}?(?P<b>{_NAME})",
    # X（以下简称“我们”）
    rf"(?P<c>{_NAME})(?:及其关联公司|及其关联方|及关联公司)?[,，]?[（(\[【]?[^（(）)。;；\n]{{0,20}}?(?:以下|下文|下称|后文|简称|统称|或)[^（(）)。;；\n]{{0,10}}?"
    r"[“\"「『‘'](?:我们|本公司|公司|我司|我行|平台|本平台)",
    # 由X开发/运营
    rf"由(?P<d>{_NAME})(?:及其关联公司|[（(][^（）()\n]{{0,40}}[）)])?(?:独立|合法|负责|共同|自主)?(?:开发|运营|提供|拥有|所有|研发|经营)",
    # X是本产品的运营者 ; X（下称…）尊重并保护
    rf"(?P<e>{_NAME})(?:[（(][^（）()\n]{{0,60}}[）)])?(?:作为|是|为|系)[^,，。;；\n]{{0,24}}?(?:运营者|运营方|运营主体|开发者|提供者|开发商|经营者|处理者)",
    rf"(?P<f>{_NAME})(?:[（(][^（）()\n]{{0,60}}[）)])?(?:非常|十分|深知|高度|一贯|一直|将)?(?:尊重|重视|深知|珍惜)",
    rf"(?:we are|operated by|provided by|developed by|owned by|controller is|refers? to|operator|company name|developer)[\s:：]{{1,3}}(?P<g>{_ENGLISH})",
    rf"(?P<h>{_ENGLISH})[ ,(\[]{{1,3}}[^.;)\n]{{0,40}}?[“\"'](?:we|us|our|the company)\b",
    rf"(?:copyright|©)[^\n]{{0,12}}?(?P<i>{_NAME}|{_ENGLISH})",
)  # fmt: skip
_OPERATOR = re.compile("|".join(_SAYS))
_OTHERS = re.compile(
    r"sdk|第三方|合作伙伴|合作方|接收方|受托|供应商|服务商|third[- ]part|processor|partner|vendor"
)
_LEAD = re.compile(
    r"^(?:是指|指|由|系|是|即|为|与|和|及|本公司|我们|公司|的|以下|关于|欢迎使用|版权所有|the |by |is |are |and |of )+"
)
_END = re.compile(
    r"公司|银行|集团|工作室|事务所|研究[院所]|协会|大学|医院|中心|\b(?:ltd|limited|inc|llc|corp)"
)


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the operator is named; ``recipient`` of the finding is the name."""
    known = set()
    for passage in policy.holding(_CUES):
        if passage.row or _OTHERS.search(passage.heads):
            continue
        found = _OPERATOR.search(policy.raw(passage))
        if found is None or _OTHERS.search(found[0]):
            continue
        name = _name(policy, passage, found)
        if name and name not in known:
            known.add(name)
            yield finding("operator_identity", passage, recipient=name)


def _name(policy: Policy, passage: Passage, found: re.Match[str]) -> str | None:
    start, end = next(found.span(key) for key, value in found.groupdict().items() if value)
    words = policy.raw(passage)[start:end]
    lead = _LEAD.match(words)
    start += lead.end() if lead else 0
    name = " ".join(policy.written(passage, start, end).split()).strip(" ,，、:：")
    return name if len(name) > 3 and _END.search(name.casefold()) else None
