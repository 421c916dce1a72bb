"""PI: terms that their neighbours make something else are dropped, compounds put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon import compounds
from hongxian.sensors.policy.lexicon.alone import names_pi
from hongxian.sensors.policy.lexicon.match import select
from hongxian.sensors.policy.lexicon.scope import ENTERED
from hongxian.sensors.policy.lexicon.terms import load_common

if TYPE_CHECKING:
    from hongxian.sensors.policy.lexicon.match import Hit

_LISTED_BEFORE = re.compile(
    r"(?:[、（(：:/,，]|和|及|与|或|收集|获取|提供|填写|输入|读取|记录|上传|采集|披露|包括|如|将|把|绑定)"
    r"(?:您|你|用户|其)?的?(?:[^，。；：、的]{0,6})?$"
)
_LISTED_AFTER = re.compile(r"[、，,。；）)/等和及或]|提供给|共享|披露|$")
_HANDLE = frozenset(("账号", "账户"))
_USED = re.compile(
    r"登[录陆]|注册|注销|授权|关联|绑定|安全|异常|丢失|状态|等级|[中下内时后被与的]|体系|进行|系统|使用"
)
_TOLD = ("信息", "资料", "名", "名称", "id", "号码", "标识")
_MEANS_BEFORE = re.compile(r"(?:通过|以|拨打|采用|利用|发送|经由|发送至|发送到|致电|回复)$")
_MEANS = frozenset(("basic.phone", "basic.email", "comm.sms"))
_REACHED = re.compile(
    r"(?:等|等方式|的方式|方式|的形式|等形式"
    r"|等渠道)?(?:联系|通知|告知|与您|与我们|[向给]您)"
)
"""What follows a way to reach somebody: 通过电话、短信联系您."""
_BASED = re.compile(r"(?:基于|依据|手动输入[^，。]{0,6})(?:您的?|自身|地理)?$")
_OPENED = re.compile(
    r"(?:注册|注销|登[录陆]|创建|冒用|开设|开立|找回|(?:保障|判断"
    r"|验证|将|把)您?的?|(?:微信|qq)登录)[^，。；、：]{0,12}$"
)
"""PI that is no PI after these words: 基于位置的服务, 注册账号."""
_SHORT = frozenset(("手机", "电话", "定位", "位置"))
_NOUN_FOLLOWS = re.compile(r"[\u4e00-\u9fffa-z](?<![等和及或与以的并用中上进将用为是由])")
"""Short words before another noun belong to it: 手机厂商, 位置提供商."""
_POSSESSED = re.compile(r"使用(?:您|你|用户)的$")
_VERB_FOLLOWS = re.compile(
    r"(?:推荐|推送|展示|显示|查找|搜索|计算|判断|匹配|联系|通知|验证|核实|规划|导航)"
    r"(?!服务|功能|页|结果|商|方)"
)
"""Unless a verb follows that tells what for: 使用您的位置推荐附近的门店."""


def settle(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """Return the mentions of PI, given the terms that were hit."""
    hidden = [hit[:2] for hit in hits.get("permission", ()) if hit.certainty > compounds.COMPOUND]
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
    return select([*found, *compounds.find(text, found)], hidden)


def _stands(text: str, hit: Hit, edges: set[int]) -> bool:
    if not names_pi(text, hit, edges):
        return False
    word = text[hit.start : hit.end]
    if word in _SHORT and _in_noun(text, hit):
        return False
    if hit.key in _MEANS:
        return _is_no_way(text, hit)
    if hit.key == "netid.account" and not word.endswith(_TOLD):
        return _is_no_handle(text, hit)
    based = hit.key == "location.precise" and _BASED.search(text, max(0, hit.start - 16), hit.start)
    return not based


def _in_noun(text: str, hit: Hit) -> bool:
    """Whether a short word is part of another noun (手机厂商)."""
    if _NOUN_FOLLOWS.match(text, hit.end) is None:
        return False
    mine = _POSSESSED.search(text, max(0, hit.start - 6), hit.start)
    return mine is None or _VERB_FOLLOWS.match(text, hit.end) is None


def _is_no_way(text: str, hit: Hit) -> bool:
    """Whether a phone or the like is no way to reach somebody (通过电话、短信联系您)."""
    if text[max(0, hit.start - 2) : hit.start] in {"您的", "你的", "户的"}:
        return True
    if _REACHED.match(text, hit.end):
        return False
    means = _MEANS_BEFORE.search(text, max(0, hit.start - 16), hit.start)
    return means is None or ENTERED.match(text, hit.end) is not None


def _is_no_handle(text: str, hit: Hit) -> bool:
    """Whether an account is PI, and not what one logs in to (注册账号, 账号安全)."""
    before = max(0, hit.start - 16)
    if _OPENED.search(text, before, hit.start) or _USED.match(text, hit.end):
        return False
    if text[hit.start : hit.end] not in _HANDLE:
        return True
    if not _LISTED_AFTER.match(text, hit.end):
        return False
    return hit.start == 0 or _LISTED_BEFORE.search(text, before, hit.start) is not None
