"""Numbers and dates as policies write them: 2024年5月1日, 二〇二四年五月一日, May 1, 2024."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}  # fmt: skip
_TIMES = {"十": 10, "拾": 10, "百": 100, "佰": 100}
HAN = "零〇○一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰"
"""Signs that Chinese numbers are written with."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = {
    word: value for value, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty")
    )
} | {"thirty": 30, "forty-five": 45, "sixty": 60, "ninety": 90}  # fmt: skip
NUMBER = rf"(?:\d{{1,4}}|[{HAN}]{{1,6}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
"""Pattern of a number, in even text."""
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY = re.compile(
    rf"(?P<y>20\d\d|[二贰][零〇○][{HAN}]{{2}})\s?(?:年|[-/.])\s?(?P<m>\d{{1,2}}"
    rf"|[{HAN}]{{1,3}})\s?(?:月"
    rf"|[-/.])\s?"
    rf"(?P<d>\d{{1,2}}(?!\d)|[{HAN}]{{1,3}})\s?日?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>20\d\d)"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)? (?P<m3>{_MONTH}),? (?P<y3>20\d\d)"
    r"|(?<!\d)(?P<y4>20\d\d)(?P<m4>[01]\d)(?P<d4>[0-3]\d)(?!\d)"
)
_MARK = re.compile(r"20\d\d|[二贰][零〇○]")


def number(text: str) -> int | None:
    """Return the value of a number in digits, Chinese signs or English words.

    Args:
        text: the number alone, even.
    """
    if text.isdigit() and text.isascii():
        return int(text)
    if text in _WORDS:
        return _WORDS[text]
    if not text or any(sign not in HAN for sign in text):
        return None
    return _counted(text) if any(sign in _TIMES for sign in text) else _spelt(text)


def _spelt(text: str) -> int:
    value = 0
    for sign in text:
        value = value * 10 + _HAN[sign]
    return value


def _counted(text: str) -> int:
    value, digit = 0, 0
    for sign in text:
        if sign in _TIMES:
            value += (digit or 1) * _TIMES[sign]
            digit = 0
        else:
            digit = _HAN[sign]
    return value + digit


def dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Yield the dates of even text with their places; what is no day of any calendar is left out.

    Args:
        text: even.
    """
    if not _MARK.search(text):
        return
    for found in _DAY.finditer(text):
        parts = {name[0]: value for name, value in found.groupdict().items() if value}
        month = number(parts["m"]) or _month(parts["m"])
        try:
            day = date(number(parts["y"]) or 0, month, number(parts["d"]) or 0)
        except ValueError:
            continue
        yield found.start(), found.end(), day


def _month(text: str) -> int:
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0
