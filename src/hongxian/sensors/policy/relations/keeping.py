"""How long and in which form PI is kept, and by which means it is got."""

from __future__ import annotations

import re

from hongxian.sensors.policy.relations.scene import compiled

FOREVER = 36500.0
"""Days that stand for 永久."""

_DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = (
    (r"个?小时|hours?", 1 / 24), (r"个?(?:工作日|自然日)|天|日|(?:\w+ )?days?", 1),
    (r"个?(?:星期|周)|weeks?", 7), (r"个?月|months?", 30), (r"年|years?", 365),
)  # fmt: skip
_SPAN = re.compile(
    r"(?P<n>\d{1,5}|[零〇一二三四五六七八九十百两]{1,5}|\b(?:one|two|three|five|six|seven|ten"
    r"|twelve|thirty))"
    r"\s*(?:[（(]\s*(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s*[)）]\s*)?"
    r"(?:" + "|".join(f"(?P<u{n}>{unit})" for n, (unit, _) in enumerate(_UNITS)) + r")"
    r"(?![\d一二三四五六七八九十月日龄岁起])",
    re.IGNORECASE,
)
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
    "twelve": 12,
    "thirty": 30,
}
_EVER = compiled(
    r"永久(?:性)?(?:地)?(?:保存|存储|保留|储存)|(?:保存|存储|保留|储存)[^，。；]{0,6}永久"
    r"|indefinitely|permanently|forever"
)
_FORMS = (
    ("anonymised", compiled(r"匿名化", r"anonymi[sz]")),
    ("masked", compiled(r"去标识化|脱敏|掩码|de-?identif|pseudonymi[sz]|mask")),
    ("hashed", compiled(r"哈希|散列|\bhash|MD5|SHA-?\d")),
    ("encrypted", compiled(r"加密|密文|\bencrypt")),
    ("clear", compiled(r"明文|plain ?text")),
)  # fmt: skip


def days(words: str) -> float | None:
    """Return how long a sentence says that PI is kept, in days."""
    if _EVER.search(words):
        return FOREVER
    for found in _SPAN.finditer(words):
        amount = _number(found["n"].lower())
        unit = next(size for n, (_, size) in enumerate(_UNITS) if found[f"u{n}"])
        if amount and not (unit == 365 and amount > 100):
            return round(amount * unit, 2)
    return None


def form(words: str) -> str | None:
    """Return the form that a sentence promises."""
    return next((key for key, sign in _FORMS if sign.search(words)), None)


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    if words in _WORDS:
        return _WORDS[words]
    total = digit = 0
    for sign in words:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(sign, 0)
    return total + digit
