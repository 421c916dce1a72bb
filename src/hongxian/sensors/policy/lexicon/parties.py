"""Parties: those of the lists, and names that look like one (…有限公司, …SDK)."""

from __future__ import annotations

import re
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
    r"[^\u4e00-\u9fffa-z0-9（）()·+&. -]|[由与向给为是和及或接从即指的了将把被对在]|集成|使用|通过|例如|包括|接入|名称|公司："
    r"|主体|第三方|合作|提供|我们|委托|该|此|各|本|这些|嵌入|一些|如(?!家|意)|以下|上述|其他|任何|所有|类(?=\w)|运营|以及"
    r"|相关|部分|\b(?:the|by|with|to|and|of|is|from|via|our|or|third-party|this|an?|use|uses|these)\b"
)
_OWN_SDK = re.compile(r"[ -]*sdk(?![a-z])")
_REACH = 30


def settle(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """Return the parties, with names that no list knows."""
    known = [_with_tail(text, hit) for hit in hits.get("party", [])]
    taken = [hit for hit in known if hit.key not in _GENERIC]
    return select([*known, *(one for one in _named(text) if not _knows(taken, one))])


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


def _knows(taken: list[Hit], one: Hit) -> bool:
    return any(hit.start < one.end and one.start < hit.end for hit in taken)
