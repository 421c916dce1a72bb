"""Recipients: a party after 向, 与, 给 or ``with``, ``to``, where PI is given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon.match import Hit, select
from hongxian.sensors.policy.lexicon.text import Breaks

if TYPE_CHECKING:
    from collections.abc import Sequence


_GIVING = re.compile(
    r"共享|分享|提供|披露|转让|转移|传输|发送|公开|透露|出售|出租"
    r"|传送|传递|委托|交给|告知|移交|传给|交换|填写|提交|上传"
    r"|\b(?:shar|disclos|provid(?!er)|transfer|transmit|sell|sold|send|sent|rent|entrust|giv)\w*"
)
_TOWARD = re.compile(
    r"(?:[向与给至同跟]|(?:提供|共享|披露|传输|发送"
    r"|转让|委托|分享|公开|透露|出售)(?:给|至|到|于|予)"
    r"|(?:委托|转让给)|\b(?:to|with|by|among|entrust(?:ed|ing)?|commission|engage))"
    r"[^，。；：,;.!?\n]{0,24}$"
)
_SELF = re.compile(r"(?:向|给|至|\b(?:to|with))\s*$")
_SELF_AFTER = re.compile(r"的(?!服务器)|委托|联合|合作")
_JOINED = re.compile(
    r"[ （(“\"]*(?:、|或者?|和|及其?|以及|与|/|,|，|or|and|\s)+[^，。；、：,;.!?\n和或]{0,8}$"
)
_PEOPLE = re.compile(
    r"(?:、|或者?|和|及|与|以及)(?:其他|任何)?(个人)(?!信息|数据|资料|隐私|敏感|身份)"
)
_ENGLISH = 80
"""How far before ``to`` or ``with`` an English verb stands."""
_NEVER = frozenset(("person",))


def find(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """Return the parties that stand where a recipient stands."""
    return select(_walk(text, hits.get("party", ()), Breaks(text)))


def _walk(text: str, parties: Sequence[Hit], sentences: Breaks) -> list[Hit]:
    found: list[Hit] = []
    for party in parties:
        if party.key in _NEVER:
            continue
        first, last = sentences.around(party.start)
        if not _GIVING.search(text, first, last):
            continue
        before = found[-1] if found and found[-1].start >= first else None
        if _follows(text, party, before) or _toward(text, party, first, last):
            found.append(party)
            people = _PEOPLE.match(text, party.end)
            if people:
                found.append(Hit(*people.span(1), "third_party", 1.0))
    return found


def _follows(text: str, party: Hit, before: Hit | None) -> bool:
    """Whether a party is joined to a recipient before it: 公司、组织和个人."""
    return (
        before is not None
        and party.key != "first_party"
        and party.start - before.end < 24
        and _JOINED.fullmatch(text, before.end, party.start) is not None
    )


def _toward(text: str, party: Hit, first: int, last: int) -> bool:
    if party.key == "first_party":
        if _SELF_AFTER.match(text, party.end) or not _SELF.search(text, first, party.start):
            return False
        return bool(_GIVING.search(text, max(first, party.start - 6), min(last, party.end + 20)))
    start = max(first, party.start - 28)
    lead = _TOWARD.search(text, start, party.start)
    if lead is None:
        return False
    reach = 20 if text[lead.start()] > "\x7f" else _ENGLISH
    return bool(_GIVING.search(text, max(first, lead.start() - reach), min(last, party.end + 40)))
