"""Who the operator is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.companies import CUES, companies
from hongxian.sensors.policy.checks.seek import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

_FAR = 60
_LABEL = re.compile(
    r"(?:公司名称|公司全[称名]|企业名称|单位名称|(?:^|\W)名称"
    r"|(?:运营者|运营方|运营主体|运营商|开发者|开发商|运营公司|开发公司|处理者|提供者|主体"
    r"|主办单位|公司)"
    r"(?:名称|信息|全称)?)(?:为|是)?\s*[:：|]\s*$"
    r"|(?:我们|本公司|我司|我方)[”\"』」]?(?:或[“\"][^”\"]{1,8}[”\"])?,?(?:系|均|是|即)?(?:指|由"
    r"|系|是"
    r"|即)(?:的是)?[^,，。;；:：\n]{0,10}$"
    r"|(?:主体|提供者|运营者|运营方)[^。;；\n]{0,24}(?:为|是|指)[^,，。;；\n]{0,20}$"
    r"|版权所有\W{0,6}$|©[^\n]{0,12}$"
    r"|\b(?:we are|operated by|developed by|owned by|controller is|operator(?: is)?|company name"
    r"|developer|[“\"']?(?:we|us|our|the company)[”\"']?(?:,? (?:means|refers to|is"
    r"|are)))[\s:：]{1,3}(?:the )?$"
    r"|\bcopyright\b[^\n]{0,12}$"
)
_ALIAS = re.compile(
    r"(?:及其?关联公司|及其?关联方|,? and its affiliates)?,?，?\s?[（(\[【]?[^（(）)。;；\n]{0,60}?"
    r"(?:以下|下文|下称|后文|简称|统称|或|[（(，,]|\bhereinafter|\bcollectively"
    r"|\bor\b)[^（(）)。;；\n]{0,20}?"
    r"[“\"「『‘']\s?(?:我们|本公司|公司|我司|我行|我方|平台|本平台|we|us|our|the company)\b"
)
_RUNS = re.compile(
    r"(?:[（(][^（）()\n]{0,60}[）)])?(?:及其关联公司)?,?"
    r"(?:(?:作为|是|为|系)[^,，。;；\n]{0,24}?(?:运营者|运营方|运营主体|开发者|提供者|开发商"
    r"|经营者|处理者)"
    r"|(?:非常|十分|高度|一贯|一直|将|始终)?(?:尊重|重视|深知|珍惜|致力于)"
    r"|,? (?:\([^()\n]{0,60}\) )?(?:respects|values|is committed|operates|is the (?:operator"
    r"|developer|provider|controller)))"
)
_MADE = re.compile(
    r"(?:及其关联公司|[（(][^（）()\n]{0,60}[）)])?(?:独立|合法|负责|共同|自主|自行)?(?:开发|运营"
    r"|拥有|所有|研发|经营|提供)"
)
_BY = re.compile(r"(?P<thing>[^,，。;；\n]{0,30})由$")
_OTHERS = re.compile(
    r"sdk|第三方|合作(?:伙伴|方|机构)|接收方|受托|供应商|服务商|技术服务|支付|地图|推送"
    r"|third[- ]part|processor"
    r"|\bpartner|\bvendor"
)


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the operator is named; ``recipient`` of the finding is the name."""
    sure: dict[str, Finding] = {}
    weak: dict[str, Finding] = {}
    for passage in policy.holding(CUES):
        if passage.row or _OTHERS.search(passage.heads):
            continue
        text = policy.raw(passage)
        for start, end in companies(text, policy.cased(passage)):
            found = sure if _is_operator(text, start, end) else weak
            if found is sure or _runs_it(text, start, end):
                name = " ".join(policy.written(passage, start, end).split())
                found.setdefault(name, _named(passage, name))
    yield from (sure or weak).values()


def _named(passage: Passage, name: str) -> Finding:
    return finding("operator_identity", passage, recipient=name)


def _is_operator(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _FAR) : start]
    if _OTHERS.search(before):
        return False
    return bool(_LABEL.search(before) or _ALIAS.match(text, end) or _RUNS.match(text, end))


def _runs_it(text: str, start: int, end: int) -> bool:
    """Whether the app is said to be run by the company: as good as a name, when no other is."""
    by = _BY.search(text, max(0, start - _FAR), start)
    return bool(by and not _OTHERS.search(by["thing"]) and _MADE.match(text, end))
