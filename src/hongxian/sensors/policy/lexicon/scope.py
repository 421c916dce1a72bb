"""How sure it is that PI is handled where it is named.

PI that is the object of an act, or stands in a list, keeps its certainty. PI that only tells a
purpose or a place (将您感兴趣的内容分享至…, 注册账号时) stays a mention, of low certainty.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon.text import Breaks

if TYPE_CHECKING:
    from hongxian.sensors.policy.lexicon.match import Hit

SURE = 0.5
"""From this certainty on a mention counts as PI, or an act, that is meant."""

_LOOSE = 0.45
_JOIN = re.compile(
    r"[\s、，,/（(）)：:“”和及与或以等其您的时级段值\da-z-]{0,3}|(?:以及"
    r"|或者|包括|例如|, and |, or | and | or )[您的]{0,2}"
    r"|[、和及与或](?:您的?|总体|具体|相关|详细|其他|个人|主要|基本|实时|历史|所|当前|本人|的)+"
)
_FAR = 150
_TURN = re.compile(
    r"(?<!例如)(?<!比如)(?<!包括)[，,](?:以便|以|用于|从而|为了|这|则|否则|但|便于|方便|如"
    r"|您(?!的)|我们(?!收集|将收集|会收集|可能)|用来)|用于|以便"
)
_LIST = 3
_PLAIN = 0.9
_LONG_LIST = 4
_LEAD = re.compile(
    r"(?:将|把|需要|需|同意|授权|开通|包括|包含|涉及|例如|如"
    r"|补充|选择|不限于)(?:您|你|用户)?(?:本人)?的?[\s：:（(“]*$"
)
_MEANS = re.compile(r"(?:通过|经由|借助|利用)(?:您的?|你的?|本人的?)?\s*$")
_WAYS = re.compile(r"等?(?:其他)?(?:相关)?(?:途径|方式|手段|技术|渠道|信号|来)")
ENTERED = re.compile(r"(?:号码?)?(?:进行|的方式)?(?:快速|一键)?(?:注册|创建|登[录陆]|绑定|验证)")
"""What follows PI that one enters: 通过手机号注册."""
_ENTERABLE = frozenset(("basic.phone", "basic.email"))
_NUMBER = re.compile(r"[\s()（）\d.、一二三四五六七八九十a-z*·•-]*$")


def weigh(text: str, info: list[Hit], acts: list[Hit], purposes: list[Hit]) -> list[Hit]:
    """Return the PI with the certainty that its place in the sentence gives."""
    return _Scope(text, acts, purposes).weigh(info)


class _Scope:
    def __init__(self, text: str, acts: list[Hit], purposes: list[Hit]) -> None:
        self.text = text
        self.acts = [act for act in acts if act.certainty >= SURE and act.key != "delete"]
        self.starts = [act.start for act in self.acts]
        self.purposes = sorted(hit[:2] for hit in purposes)
        self.sentences = Breaks(text)

    def weigh(self, info: list[Hit]) -> list[Hit]:
        weighed: list[Hit] = []
        runs = self._runs(info)
        for run in runs:
            meant = self._led(run) or self._listed(run) or any(self._meant(hit) for hit in run)
            meant = meant and not self._by_means(run)
            weighed += run if meant else [self._loose(hit) for hit in run]
        return weighed

    def _by_means(self, run: list[Hit]) -> bool:
        """Whether PI is but a way to other PI: 通过IP地址、基站等途径获取位置."""
        start = run[0].start
        if _MEANS.search(self.text, max(0, start - 8), start) is None:
            return False
        if ENTERED.match(self.text, run[-1].end) and run[-1].key in _ENTERABLE:
            return False
        return len(run) < _LONG_LIST or _WAYS.match(self.text, run[-1].end) is not None

    def _runs(self, info: list[Hit]) -> list[list[Hit]]:
        """Put what is enumerated together."""
        runs: list[list[Hit]] = []
        for hit in info:
            if runs and _JOIN.fullmatch(self.text, runs[-1][-1].end, hit.start):
                runs[-1].append(hit)
            else:
                runs.append([hit])
        return runs

    def _meant(self, hit: Hit) -> bool:
        first, last = self.sentences.around(hit.start)
        place = bisect_left(self.starts, hit.start)
        before = self.acts[place - 1] if place and self.starts[place - 1] >= first else None
        if before is not None and hit.start - before.end < _FAR:
            turn = _TURN.search(self.text, before.end, hit.start)
            if turn is None and not self._purpose(before.end, hit.start):
                return True
        after = self.acts[place] if place < len(self.acts) and self.starts[place] < last else None
        if after is None:
            return before is None and hit.certainty >= _PLAIN and not self._inside(hit)
        between = self.text[hit.end : after.start]
        return (
            len(between) < 40 and not re.search(r"[，,：]", between[:-1]) and not self._inside(hit)
        )

    def _purpose(self, start: int, end: int) -> bool:
        place = bisect_left(self.purposes, (start, 0))
        return place < len(self.purposes) and self.purposes[place][0] < end

    def _inside(self, hit: Hit) -> bool:
        place = bisect_left(self.purposes, (hit.start + 1, 0)) - 1
        return place >= 0 and self.purposes[place][1] >= hit.end

    def _led(self, run: list[Hit]) -> bool:
        """Whether what stands before says that PI follows, or nothing else stands there."""
        start = run[0].start
        if _LEAD.search(self.text, max(0, start - 12), start):
            return True
        first, last = self.sentences.around(start)
        return last - run[-1].end < _LIST and _NUMBER.fullmatch(self.text, first, start) is not None

    def _listed(self, run: list[Hit]) -> bool:
        return len(run) >= _LONG_LIST or (len(run) >= _LIST and not self._inside(run[0]))

    @staticmethod
    def _loose(hit: Hit) -> Hit:
        return hit._replace(certainty=round(hit.certainty * _LOOSE, 2))
