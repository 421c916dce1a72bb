"""Strikes out what only points elsewhere or announces what will be told.

"详见第五条" and "我们如何保存您的信息" are not the thing itself; no check shall take them for it.
"""

from __future__ import annotations

import re

STRUCK = "\x00"
"""Stands for each character that was struck out."""

_HINT = re.compile(r"[见阅考述]|如何|怎[样么]|看|规定|\b(?:see|refer|how|set out|described)\b")
_PLACE = (
    r"(?:第[一二三四五六七八九十百\d.]{1,6}[条章节部款项点]"
    r"|[“\"「【][^”\"」】\n]{2,40}[”\"」】](?:部分|章节|一节|一章|条款?)"
    r"|[上下](?:文|述|方|列章节))"
)
_POINTER = re.compile(
    r"(?:请?您?(?:可以?)?(?:详细?请?[见阅参]|参[见阅考照]|查[看阅]|另见|见|阅读|按照?|根据))"
    r"[^,，。;；:：\n]{0,12}?(?:本(?:政策|协议|声明|条款|文|章|条|节|部分)[^,，。;；\n]{0,3})?"
    rf"{_PLACE}[^,，。;；\n]{{0,24}}"
    r"|(?:please )?(?:see|refer to)\b[^.;\n]{0,40}\b(?:section|part|article|clause)\b[^.;,\n]{0,60}"
    r"|\b(?:described|explained|set out) in (?:the )?(?:section|part|article"
    r"|clause)\b[^.;,\n]{0,60}"
)
_OVERVIEW = re.compile(
    r"[^,，。;；:：\n]{0,40}(?:如何|怎样|怎么)[^,，。;；:：\n]{0,80}"
    r"|\bhow (?:we|to|you|your|do|long)\b[^,.;:\n]{0,120}"
)
_BY_WAY = re.compile(
    r"点击|设置|拨打|按照以下|以下方式|联系|邮[件箱]|[-—>→]|\b(?:contact|click|tap)\b"
)


def strike(text: str) -> str:
    """Return even text, as long as before, with what points elsewhere or announces struck out.

    Args:
        text: of one sentence.
    """
    if not _HINT.search(text):
        return text
    return _OVERVIEW.sub(_announced, _POINTER.sub(_struck, text))


def _announced(found: re.Match[str]) -> str:
    return found[0] if _BY_WAY.search(found[0]) else _struck(found)


def _struck(found: re.Match[str]) -> str:
    return STRUCK * len(found[0])
