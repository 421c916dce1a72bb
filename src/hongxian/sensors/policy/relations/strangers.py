"""Third parties that no list knows, by where they stand: 与顺风速运共享, with Acme Cloud."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from hongxian.sensors.policy.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SURE = 0.6
_ENDS = (
    r"(?:速运|快递|物流|银行|保险|集团|云|科技|网络|支付|公司|平台|征信|航空|酒店|出行|外卖"
    r"|商城|数据|智能|医院|大学|研究院|传媒|证券|基金)"
)
_HAN = re.compile(
    rf"(?:[向与给和至]|提供给|共享给|委托|发送给|、)[“\"《]?"
    rf"((?:(?!提供|共享|发送|委托|[给向与])[\u4e00-\u9fffA-Za-z0-9]){{1,10}}?{_ENDS})[”\"》]?"
    r"(?=[^，。；\n]{0,12}?(?:共享|分享|提供|披露|传输|发送|处理|转让|，|。|；|、|和|及))"
)
_NO_NAME = re.compile(
    r"第三方|合作|其他|任何|我们|您|用户|相关|服务|有关|关联|授权|这些|该|此|上述|为|的|了|如"
    r"|所|一|各|某些|个人|信息|数据(?!$)|以及|或|通过|进行"
)
_LATIN = re.compile(
    r"\b(?:with|to|by"
    r"|from)\s+((?:[A-Z][A-Za-z0-9&.]*[a-z0-9])(?:\s+[A-Z][A-Za-z0-9&]+){0,3})(?=[\s,.;)])"
)
_NO_LATIN = re.compile(
    r"^(?:The|Our|Your|You|We|This|That|These|Those|Any|Such|All|Personal|Information|China"
    r"|Chinese|Section|Article|Privacy|Policy|App|Service|"
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Law|GDPR|People|EU|Europe\w*|US|UK|IP|ID|Wi|GPS|IMEI|MAC|Cookie)"
)


def find_strangers(text: str, known: Sequence[Mention]) -> list[Mention]:
    """Return the names of third parties that the lexicon does not know.

    Args:
        text: the document's.
        known: what the lexicon found.
    """
    taken = sorted((one.start, one.end) for one in known if one.kind in {"party", "info"})
    starts = [start for start, _ in taken]
    found = []
    for start, end in _names(text):
        place = bisect_left(starts, end)
        if not any(last > start for _, last in taken[max(0, place - 2) : place]):
            found.append(Mention(start, end, "party", "named", SURE))
    return found


def _names(text: str) -> Iterator[tuple[int, int]]:
    for one in _HAN.finditer(text):
        if not _NO_NAME.search(one[1]):
            yield one.span(1)
    for one in _LATIN.finditer(text):
        if not _NO_LATIN.search(one[1]):
            yield one.span(1)
