"""Names of companies in running text, cut free of the words before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CUES = (
    "公司", "银行", "工作室", "事务所", "研究院", "研究所", "协会", "大学", "医院", "集团",
    "limited", "ltd", "inc.", " inc", "llc", "corp", "gmbh",
)  # fmt: skip
"""Words of which a company's name has one, in even text."""

_SUFFIX = re.compile(
    r"(?:股份)?有限(?:责任)?公司(?:[\u4e00-\u9fff]{2,6}分公司)?|集团公司|总公司"
    r"|(?:银行|集团|工作室|事务所|研究院|研究所|协会|大学|医院)"
    r"(?![\u4e00-\u9fff（()）]{0,16}(?:公司|银行))"
)
_BACK = re.compile(r"[\u4e00-\u9fffa-z0-9（()）·&.]{2,40}$")
_BEFORE = re.compile(
    r"^.*(?:是由|由|的|是|对|与|和|及|者|指|即|系|关于|欢迎|选择|使用"
    r"|为(?=[\u4e00-\u9fff]{2,4}[市省])"
    r"|(?<![\u4e00-\u9fffa-z0-9）)])[（(])"
)
_OPEN = re.compile(r"[（(]")
_ENGLISH = re.compile(
    r"(?:[A-Z][\w&'’-]*\.?,? |[（(][A-Z][a-z]+[)）] ){1,6}"
    r"(?:Co\.?,? ?Ltd\.?|Limited|Ltd\.?|Inc\b\.?|LLC|Corporation|Corp\b\.?|GmbH)"
)
_SHORTEST = 6


def companies(even: str, written: str) -> Iterator[tuple[int, int]]:
    """Yield where names of companies stand.

    Args:
        even: the text made even.
        written: the same text with its capitals, as long.
    """
    for found in _SUFFIX.finditer(even):
        start = _start(even, found.start())
        if found.end() - start >= _SHORTEST:
            yield start, found.end()
    for found in _ENGLISH.finditer(written):
        yield found.span()


def _start(even: str, suffix: int) -> int:
    """Return where the name starts that ends in a suffix."""
    back = _BACK.search(even, max(0, suffix - 40), suffix)
    if back is None:
        return suffix
    words = back[0]
    lead = _BEFORE.match(words)
    start = back.start() + (lead.end() if lead else 0)
    while start < suffix and even[start] in "）).·&":
        start += 1
    return start if _balanced(even[start:suffix]) else _inside(even, start, suffix)


def _balanced(words: str) -> bool:
    return words.count("（") + words.count("(") == words.count("）") + words.count(")")


def _inside(even: str, start: int, suffix: int) -> int:
    """Return the start behind the last bracket, one of whose pair stands outside the name."""
    last = max(even.rfind(sign, start, suffix) for sign in "（()）")
    return last + 1 if last >= 0 else start
