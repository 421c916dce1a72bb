"""Compounds: words for PI that no row names, by their last part (…信息, …记录)."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon.alone import NOUN
from hongxian.sensors.policy.lexicon.match import Hit
from hongxian.sensors.policy.lexicon.terms import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPOUND = 0.5
"""Certainty of a compound such as 门店信息, which no row names."""

_TAIL = re.compile(
    r"信息|资料|数据|记录(?![您你用的和并了一])|号码|编号"
    r"|标识符|标识(?!化)|状态|偏好|列表|参数|日志|(?<!视)情况"
)
_STOP = re.compile(
    r"收集|使用|获取|提供|采集|共享|记录|包括|包含|上述|前述|相关"
    r"|以下|如下|下列|任何|所有|这些|那些|用户|必要|一些|有关"
    r"|填写|上传|提交|保存|存储|披露|转让|公开|处理|查看|访问"
    r"|读取|部分|全部|其他|其它|本人|真实|发送|展示|这类|此类|该类"
    r"|可能|进行|关于|涉及|特殊|某些|情况|去标识|有限|公司"
    r"|科技|技术|运行|经过|要求|提出|索取|推送|方式|系统|通过"
    r"|[^\u4e00-\u9fffa-z0-9/-]"
    r"|[的和及与或以等其您你我该此各被将把对向为在由有是了会可之从于自需并给至中类这那能仅非]"
)
_LEAD = 8
_NO_PI = re.compile(
    r"(?:垃圾|有害|违法|不良|广告|商业性?|推送|优惠|促销|营销|虚假|诈骗|一般|资讯|推荐|错误|版权|法律|天气)"
    r"(?:信息|资料|数据)$|大数据$"
)
"""Compounds that name no PI."""


def find(text: str, found: list[Hit]) -> Iterator[Hit]:
    """Return the compounds of a text, given the terms of PI that stand in it."""
    starts = [hit.start for hit in found]
    for tail in _TAIL.finditer(text):
        place = bisect_right(starts, tail.start()) - 1
        before = found[place] if place >= 0 else None
        bare = before is not None and before[:2] == tail.span()
        if before is not None and before.end > tail.start() and not bare:
            continue
        first = _lead(text, tail.start())
        if _NO_PI.search(text, first, tail.end()):
            continue
        if first < tail.start() and not NOUN.match(text, tail.end()):
            yield _compound(text, first, tail.end(), found[place - bare] if place >= bare else None)


def _lead(text: str, end: int) -> int:
    """Return where the words before a tail begin that belong to it."""
    first = max(0, end - _LEAD)
    stops = [stop.end() for stop in _STOP.finditer(text, first, end)]
    return stops[-1] if stops else first


def _compound(text: str, first: int, end: int, before: Hit | None) -> Hit:
    """Name a compound by the PI that its own words name, if they do."""
    if before is not None and before.start >= first:
        return Hit(before.start, end, before.key, before.certainty * 0.9)
    stems = _stems().findall(text, first, end)
    if stems:
        key, certainty = _keys()[stems[-1]]
        return Hit(first, end, key, certainty)
    return Hit(first, end, "other", COMPOUND)


@cache
def _keys() -> dict[str, tuple[str, float]]:
    return {row[0]: (row[2], float(row[3])) for row in read_rows("stems")}


@cache
def _stems() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_keys(), key=len, reverse=True)))
