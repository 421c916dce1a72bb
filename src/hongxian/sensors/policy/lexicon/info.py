"""PI: terms that their neighbours make something else are dropped, compounds are put together."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon.alone import NOUN, names_pi
from hongxian.sensors.policy.lexicon.match import Hit, select
from hongxian.sensors.policy.lexicon.scope import ENTERED
from hongxian.sensors.policy.lexicon.terms import load_common

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPOUND = 0.5
"""Certainty of a compound such as 门店信息, which no row names."""

_TAIL = re.compile(
    r"信息|资料|数据|记录(?![您你用的和并了一])|号码|编号"
    r"|标识符|标识(?!化)|状态|偏好|列表|参数|日志|(?<!视)情况"
)
_BARE = frozenset(("信息", "资料", "数据"))
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
_ACCOUNT_AFTER = re.compile(
    r"登[录陆]|注册|注销|授权|关联|绑定|安全|异常|丢失|状态|等级|中|下"
    r"|体系|进行|后|时|微信|存续|的|与|系统|使用|存在|内|被|、密码丢"
    r"|直接|来|创建|账号|共享|为您|持有|之间|活动|上传|违|涉嫌|处罚"
)
_TOLD = ("信息", "资料", "名", "名称", "id", "号码", "标识")
_MEANS_BEFORE = re.compile(r"(?:通过|以|拨打|采用|利用|发送|经由|发送至|发送到|致电|回复)$")
_MEANS = frozenset(("basic.phone", "basic.email", "comm.sms"))
_REACHED = re.compile(
    r"(?:等|等方式|的方式|方式|的形式|等形式"
    r"|等渠道)?(?:联系|通知|告知|与您|与我们|[向给]您)"
)
"""What follows a way to reach somebody: 通过电话、短信联系您."""
_BEFORE = {
    "basic.phone": _MEANS_BEFORE,
    "basic.email": _MEANS_BEFORE,
    "comm.sms": _MEANS_BEFORE,
    "location.precise": re.compile(r"(?:基于|依据|手动输入[^，。]{0,6})(?:您的?|自身|地理)?$"),
    "netid.account": re.compile(
        r"(?:注册|注销|登[录陆]|创建|冒用|开设|开立|找回|(?:保障|判断"
        r"|验证|将|把)您?的?|(?:微信|QQ)登录)[^，。；、：]{0,12}$"
    ),
}
"""PI that is no PI after these words: 通过短信通知, 基于位置的服务, 注册账号."""
_SHORT = frozenset(("手机", "电话", "定位", "位置"))
_NOUN_FOLLOWS = re.compile(r"[\u4e00-\u9fffa-z](?<![等和及或与以的并用中上进将用为是由])")
"""Short words before another noun belong to it: 手机厂商, 位置提供商."""
_LEAD = 8
_NO_PI = re.compile(
    r"(?:垃圾|有害|违法|不良|广告|商业性?|推送|优惠|促销|营销|虚假|诈骗|一般|资讯|推荐|错误|版权|法律|天气)"
    r"(?:信息|资料|数据)|大数据"
)
"""Compounds that name no PI."""


def settle(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """Return the mentions of PI, given the terms that were hit."""
    hidden = [hit[:2] for hit in hits.get("permission", ()) if hit.certainty > COMPOUND]
    common = load_common()
    edges: set[int] = set()
    found: list[Hit] = []
    later: list[Hit] = []
    for hit in hits.get("info", ()):
        if text[hit.start : hit.end] in common:
            later.append(hit)
        elif _stands(text, hit, edges):
            found.append(hit)
            edges.update(hit[:2])
    found += [hit for hit in later if _stands(text, hit, edges)]
    found.sort()
    return select([*found, *_compounds(text, found)], hidden)


def _stands(text: str, hit: Hit, edges: set[int]) -> bool:
    if not names_pi(text, hit, edges):
        return False
    if hit.key == "personal":
        return True
    word = text[hit.start : hit.end]
    if word in _SHORT and _NOUN_FOLLOWS.match(text, hit.end):
        return False
    if hit.key in _MEANS and _REACHED.match(text, hit.end):
        return False
    if hit.key == "netid.account" and word.endswith(_TOLD):
        return True
    before = _BEFORE.get(hit.key)
    if before is not None and before.search(text, max(0, hit.start - 16), hit.start):
        return before is _MEANS_BEFORE and ENTERED.match(text, hit.end) is not None
    return hit.key != "netid.account" or not _ACCOUNT_AFTER.match(text, hit.end)


def _compounds(text: str, found: list[Hit]) -> Iterator[Hit]:
    starts = [hit.start for hit in found]
    for tail in _TAIL.finditer(text):
        place = bisect_right(starts, tail.start()) - 1
        before = found[place] if place >= 0 else None
        bare = before is not None and before[:2] == tail.span()
        if before is not None and before.end > tail.start() and not bare:
            continue
        first = _lead(text, tail.start())
        if _NO_PI.fullmatch(text, first, tail.end()):
            continue
        if first < tail.start() and not NOUN.match(text, tail.end()):
            yield _compound(first, tail.end(), found[place - bare] if place >= bare else None)


def _lead(text: str, end: int) -> int:
    """Return where the words before a tail begin that belong to it."""
    first = max(0, end - _LEAD)
    stops = [stop.end() for stop in _STOP.finditer(text, first, end)]
    return stops[-1] if stops else first


def _compound(first: int, end: int, before: Hit | None) -> Hit:
    """Name a compound by the PI that its own words name, if they do."""
    if before is not None and before.start >= first:
        return Hit(before.start, end, before.key, before.certainty * 0.9)
    return Hit(first, end, "other", COMPOUND)
