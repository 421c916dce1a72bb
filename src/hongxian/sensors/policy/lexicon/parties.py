"""Parties: those of the lists, and names that look like one (…有限公司, …SDK)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon.match import Hit, select

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = 0.8
"""Certainty of a name that only its form tells."""

_TAIL = re.compile(
    r"(?:股份|责任|控股)?有限(?:责任)?公司|股份公司|(?<=[\u4e00-\u9fffa-z0-9\s])sdk(?![a-z])"
    r"|,? ?\b(?:co\., ?ltd|inc|ltd|llc|gmbh|corporation|limited)\b\.?"
)
_BEFORE = re.compile(
    r"[^\u4e00-\u9fffa-z0-9（）()·+&. -]|[由与向给为是和及或接从即指的了将把被对在]"
    r"|集成|使用|通过|例如|包括|接入|名称|公司："
    r"|主体|第三方|合作|提供|我们|委托|该|此|各|本|这些|嵌入|一些"
    r"|如(?!家|意)|以下|上述|其他|任何|所有|类(?=\w)|运营|以及"
    r"|相关|部分|\b(?:the|by|with|to|and|of|is|from|via"
    r"|our|or|third-party|this|an?|use|uses|these)\b"
)
_KIND = re.compile(
    r"(?:第三方|授权|外部|合作)[\u4e00-\u9fffa-z]{0,8}?(?:公司|机构"
    r"|平台|服务商|提供商|提供者|提供方|供应商|合作伙伴|商家|组织"
    r"|企业|厂商|单位|开发商)"
)
_KIND_STOP = re.compile(r"[的将会可向与和或及给由共享提供使用收集获取披露]|公司|为您")
_OWN = re.compile(
    r"《([\u4e00-\u9fffa-z0-9]{2,12}?)(?:软件|平台|app"
    r"|客户端)?(?:用户)?(?:隐私|个人信息保护|服务协议|用户协议)"
    r"|(?:以下|下)(?:简称|统称|称)为?[:：]?[“\"「']([\u4e00-\u9fffa-z0-9]{2,12})[”\"」']"
)
_NO_NAME = re.compile(
    r"本|您|你|我们|我方|用户|信息|服务|协议|政策|平台$|公司$|软件$|隐私|第三方|app$|法|条款|cookie"
)
_OFTEN = 3
_TITLE = 1500
_OWN_SDK = re.compile(r"[ -]*sdk(?![a-z])")
_REACH = 30


def settle(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """Return the parties, with names that no list knows."""
    known = [_with_tail(text, hit) for hit in hits.get("party", [])]
    taken = [hit for hit in known if hit.key not in _GENERIC]
    ends = [hit.end for hit in taken]
    named = [one for one in _named(text) if not _knows(taken, ends, one)]
    return select([*known, *_kinds(text), *_own(text), *named])


def _kinds(text: str) -> Iterator[Hit]:
    """Find third parties by what they are: 第三方调研机构."""
    for one in _KIND.finditer(text):
        if not _KIND_STOP.search(text, one.start() + 3, one.end() - 2):
            yield Hit(one.start(), one.end(), "third_party", 1.0)


def _own(text: str) -> Iterator[Hit]:
    """Find the name that the app goes by, as its policy's title or 以下简称 gives it."""
    names = {name for one in _OWN.finditer(text, 0, _TITLE) if (name := one[1] or one[2])}
    for name in names:
        if not _NO_NAME.search(name) and text.count(name) >= _OFTEN:
            for one in re.finditer(re.escape(name), text):
                yield Hit(one.start(), one.end(), "first_party", NAMED)


_GENERIC = frozenset(
    ("first_party", "person", "third_party", "affiliate", "authority", "other_users")
)


def _with_tail(text: str, hit: Hit) -> Hit:
    tail = _OWN_SDK.match(text, hit.end)
    return hit._replace(end=tail.end()) if tail and hit.key not in _GENERIC else hit


def _named(text: str) -> Iterator[Hit]:
    for tail in _TAIL.finditer(text):
        first = max(0, tail.start() - _REACH, text.rfind("\n", 0, tail.start()) + 1)
        stops = [stop.end() for stop in _BEFORE.finditer(text, first, tail.start())]
        start = stops[-1] if stops else first
        while start < tail.start() and text[start] in " -.)）":
            start += 1
        if tail.start() - start >= 2:
            yield Hit(start, tail.end(), "named", NAMED)


def _knows(taken: list[Hit], ends: list[int], one: Hit) -> bool:
    """Whether a name of the lists overlaps with one that only has the form."""
    place = bisect_right(ends, one.start)
    return place < len(taken) and taken[place].start < one.end
