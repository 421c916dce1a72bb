"""What the lexicon found, asked stretch by stretch, without the words that mean something else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.mentions import MENTION_KINDS, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

_OUTER = {
    "act": ("info", "permission", "party", "retention"),
    "info": ("permission", "party"),
    "purpose": ("info", "permission", "party"),
}
"""Kind -> kinds whose terms swallow it: 记录 in 浏览记录, 支付 in 支付账号."""
_NO_PI = re.compile(
    r"\s?(?:服务|功能|业务|设置|开关|页面|界面|模块|入口|按钮|通知(?![您你]|用户)|提醒(?![您你]|用户)|插件|技术"
    r"|的?(?:方式|渠道|形式|途径)|(?:service|feature|function|setting|notification)s?\b)",
    re.IGNORECASE,
)
_NO_PURPOSE = re.compile(
    r"\s?(?:合作|服务商|提供商|供应商|公司|平台|机构|商家|商户|伙伴|渠道|页面?|界面|按钮|状态"
    r"|凭证|失败|类"
    r"|(?:partner|provider|network|compan|platform|page|button)\w*)",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    ("first_party", "person", "third_party", "affiliate", "authority", "other_users")
)
_PERMITS = re.compile(r"(?:[、/（(和及或][^，。；：:\n]{1,10}){0,5}?权限")
_PARTY_BEFORE = re.compile(r"[与由向给从经和]\s?$")
_PARTY_AFTER = re.compile(r"\s?(?:会|将|可能|向|为您|提供|的合作|合作)")
_NOT = {"info": _NO_PI, "purpose": _NO_PURPOSE}


class Terms:
    """The mentions of a text by kind and place."""

    def __init__(self, text: str, mentions: Iterable[Mention]) -> None:
        """Sort the mentions.

        Args:
            text: the document's text.
            mentions: what the lexicon found in it, in order.
        """
        self.text = text
        sorted_in: dict[str, list[Mention]] = {kind: [] for kind in MENTION_KINDS}
        for mention in mentions:
            sorted_in[mention.kind].append(mention)
        self._by_kind = sorted_in
        self._starts = {kind: [m.start for m in found] for kind, found in sorted_in.items()}
        for kind, outer in _OUTER.items():
            self._keep(kind, [m for m in sorted_in[kind] if not self._swallowed(m, outer)])
        for kind, misleading in _NOT.items():
            found = [m for m in self._by_kind[kind] if not misleading.match(text, m.end)]
            self._keep(kind, found)
        self._keep("party", [m for m in self._by_kind["party"] if not self._tail_of_name(m)])
        infos = [
            m for m in self._by_kind["info"] if not self._acts_itself(m) and not self._permits(m)
        ]
        self._keep("info", infos)

    def within(self, kind: str, span: Span) -> list[Mention]:
        """Return the mentions of a kind that start in a stretch."""
        starts = self._starts[kind]
        first = bisect_left(starts, span.start)
        return self._by_kind[kind][first : bisect_left(starts, span.end, first)]

    def covers(self, kind: str, start: int, end: int) -> bool:
        """Whether a mention of that kind overlaps a stretch."""
        place = bisect_right(self._starts[kind], end - 1)
        return place > 0 and self._by_kind[kind][place - 1].end > start

    def widens(self, kind: str, mention: Mention) -> bool:
        """Whether a longer mention of that kind begins with this one: 第三方 in 第三方登录."""
        found = self.within(kind, Span(mention.start, mention.start + 1))
        return any(one.end > mention.end for one in found)

    def _acts_itself(self, mention: Mention) -> bool:
        """Whether a word for PI means the party of that name: 运营商会提供."""
        place = bisect_left(self._starts["party"], mention.start)
        parties = self._by_kind["party"][place : place + 1]
        if not parties or (parties[0].start, parties[0].end) != (mention.start, mention.end):
            return False
        before, after = self.text[max(0, mention.start - 2) : mention.start], mention.end
        return bool(_PARTY_BEFORE.search(before) or _PARTY_AFTER.match(self.text, after))

    def _permits(self, mention: Mention) -> bool:
        """Whether a word stands in a list of permissions: 电话、摄像头权限."""
        short = mention.end - mention.start <= 2
        return short and bool(_PERMITS.match(self.text, mention.end))

    def _tail_of_name(self, mention: Mention) -> bool:
        """Whether SDK or the like belongs to a name before it: 支付宝支付SDK."""
        place = bisect_left(self._starts["party"], mention.start)
        if mention.key != "third_party" or not place:
            return False
        before = self._by_kind["party"][place - 1]
        between = self.text[before.end : mention.start]
        return before.key not in _GENERIC and len(between) <= 6 and between.isalnum()

    def _keep(self, kind: str, found: list[Mention]) -> None:
        self._by_kind[kind] = found
        self._starts[kind] = [mention.start for mention in found]

    def _swallowed(self, mention: Mention, outer: tuple[str, ...]) -> bool:
        for kind in outer:
            place = bisect_right(self._starts[kind], mention.start)
            if place and self._by_kind[kind][place - 1].end >= mention.end:
                around = self._by_kind[kind][place - 1]
                if around.end - around.start > mention.end - mention.start:
                    return True
        return False
