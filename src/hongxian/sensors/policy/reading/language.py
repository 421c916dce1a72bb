"""Which language and script a text is in, by the characters it has."""

from __future__ import annotations

import re

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_OTHER = re.compile("[\u0370-\u052f\u0590-\u06ff\u0900-\u0e7f\u3041-\u30ff\uac00-\ud7a3]")
_SIMPLE = frozenset(
    "们个这为将对与会设备务产电号码网络护证说权户该时间问题责实现应动认识访许请让读协议条规"
    "则违关联系约处须数据储传输删级环节类买卖价购订单线费发业务报账"
)
_FULL = frozenset(
    "們個這為將對與會設備務產電號碼網絡護證說權戶該時間問題責實現應動認識訪許請讓讀協議條規"
    "則違關聯系約處須數據儲傳輸刪級環節類買賣價購訂單線費發業務報賬資訊"
)
_SIMPLIFIED, _TRADITIONAL = _SIMPLE - _FULL, _FULL - _SIMPLE
_STOP = re.compile(r"\b(?:the|of|and|to|you|your|we|our|is|are|for|in|or|may)\b", re.IGNORECASE)


def count_han(text: str) -> int:
    """Return how many Han characters a text has."""
    return len(_HAN.findall(text))


def count_words(text: str) -> int:
    """Return how many words in Latin letters a text has."""
    return len(_WORD.findall(text))


def language_of(text: str) -> str:
    """Return ``zh-Hans``, ``zh-Hant``, ``en`` or ``other``: what most of the text is in."""
    han, words, other = count_han(text), count_words(text), len(_OTHER.findall(text))
    if other > max(han, words * 4):
        return "other"
    if han > words:
        return "zh-Hant" if _is_traditional(text) else "zh-Hans"
    frequent = len(_STOP.findall(text))
    return "en" if frequent * 8 >= words > 0 else "other"


def _is_traditional(text: str) -> bool:
    simplified = traditional = 0
    for char in text:
        simplified += char in _SIMPLIFIED
        traditional += char in _TRADITIONAL
    return traditional > simplified
