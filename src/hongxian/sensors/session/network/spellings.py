"""The ways in which the same value is written: with and without separators, prefix, capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST = 6
"""A shorter value is in ordinary text by chance, and counts only as the whole of a part."""
_SPLIT = re.compile(r"[,;|，；、\n\t]+")
_PACKAGE = re.compile(r"[A-Za-z]\w*(?:\.\w+)+")
_CHINESE = re.compile(r"[\u3400-\u9fff·]{2,20}")
_PREFIX = re.compile(r"(?:\+|00)?86(?=1[3-9]\d{9}$)")
_DIGITS_ONLY = re.compile(r"[\d\s()+-]{5,24}")
_IDENTIFIERS = frozenset(("device.oaid", "device.idfa", "device.idfv", "device.gaid"))
_NUMBERS = frozenset(
    ("device.imei", "device.imsi", "device.iccid", "property.bank_card", "identity.doc_number")
)
_ADDRESSES = frozenset(("device.mac", "device.bssid", "device.bluetooth"))
_LISTS = frozenset(("device.app_list", "device.processes", "contact.address_book"))
_SMS_HEAD = 24
"""A message that is sent on in part is known by so many characters."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a value."""

    text: str
    bound: str
    """What may not stand beside it: ``digit``, ``hex``, ``word``, ``mail``, ``chinese``;
    ``whole`` when it must be all of a part, ``none`` when anything may."""
    hashed: bool = True
    """Whether anybody would hash it in this form."""
    masked: bool = False


def items_of(info: str, value: str) -> list[str]:
    """Return the single values of a test value: a list of apps and contacts is many."""
    value = value.strip()
    items = [one.strip() for one in _SPLIT.split(value)] if info in _LISTS else [value]
    return [one for one in items if len(one) > 1]


def spellings(info: str, value: str) -> Iterator[Spelling]:
    """Yield the ways to write one value.

    Args:
        info: its PI type.
        value: as the tester wrote it down.
    """
    made: dict[str, Spelling] = {}
    for spelling in _made(info, value):
        made.setdefault(spelling.text.lower(), spelling)
    yield from made.values()


def _made(info: str, value: str) -> Iterator[Spelling]:
    digits = re.sub(r"\D", "", value)
    if _PREFIX.sub("", re.sub(r"[\s()-]", "", value)) != digits and not _DIGITS_ONLY.fullmatch(
        value
    ):
        digits = ""
    if info == "basic.phone" or (info == "contact.address_book" and len(digits) >= 7):
        yield from _phone(_PREFIX.sub("", re.sub(r"[\s()-]", "", value)))
    elif info in _NUMBERS:
        yield from _number(info, re.sub(r"[\s-]", "", value))
    elif info in _ADDRESSES and len(bare := re.sub(r"[:.\s-]", "", value)) == 12:
        yield from _address(bare)
    elif info in _IDENTIFIERS or re.fullmatch(r"[0-9a-fA-F]{12,64}", value):
        yield from _identifier(value)
    elif info == "basic.birth_date" and len(digits := re.sub(r"\D", "", value)) == 8:
        yield from _date(digits)
    else:
        yield from _text(info, value)


def _phone(number: str) -> Iterator[Spelling]:
    plain = number.lstrip("+")
    yield Spelling(plain, "digit")
    if len(plain) != 11 or not plain.startswith("1"):
        return
    for prefix in ("86", "+86", "0086"):
        yield Spelling(prefix + plain, "digit")
    groups = (plain[:3], plain[3:7], plain[7:])
    for between in "- ":
        yield Spelling(between.join(groups), "digit", hashed=False)
    for prefix in ("+86 ", "+86-", "86-"):
        yield Spelling(prefix + plain, "digit")
    yield from _covered(plain, (3, 4), (3, 3), (3, 2))


def _number(info: str, number: str) -> Iterator[Spelling]:
    yield Spelling(number, "digit")
    if info == "device.imei" and number.isdecimal() and len(number) == 15:
        yield Spelling(number[:14], "digit")
        yield Spelling(f"{number[:2]}-{number[2:8]}-{number[8:14]}-{number[14]}", "digit")
        yield Spelling(f"{number[:6]}-{number[6:8]}-{number[8:14]}-{number[14]}", "digit")
    if info == "property.bank_card":
        for between in " -":
            groups = [number[at : at + 4] for at in range(0, len(number), 4)]
            yield Spelling(between.join(groups), "digit", hashed=False)
    if info == "identity.doc_number" and len(number) == 18:
        for between in " -":
            groups = [number[:6], number[6:14], number[14:]]
            yield Spelling(between.join(groups), "digit", hashed=False)
    yield from _covered(number, (6, 4), (4, 4), (3, 4), (6, 2), (3, 3), (1, 1))


def _covered(number: str, *ends: tuple[int, int]) -> Iterator[Spelling]:
    """Yield a number with its middle covered, as screens and careful servers show it."""
    for first, last in ends:
        for cover in "*x":
            middle = cover * (len(number) - first - last)
            if len(middle) > 2:
                yield Spelling(number[:first] + middle + number[-last:], "word", False, True)


def _address(bare: str) -> Iterator[Spelling]:
    pairs = [bare[at : at + 2] for at in range(0, 12, 2)]
    for between in (":", "-", ""):
        yield Spelling(between.join(pairs), "hex")
    yield Spelling(".".join(bare[at : at + 4] for at in (0, 4, 8)), "hex", hashed=False)


def _identifier(value: str) -> Iterator[Spelling]:
    bare = value.replace("-", "")
    yield Spelling(value, "hex")
    yield Spelling(bare, "hex")
    if len(bare) == 32:
        at = (0, 8, 12, 16, 20, 32)
        yield Spelling("-".join(bare[a:b] for a, b in pairwise(at)), "hex")


def _date(digits: str) -> Iterator[Spelling]:
    year, month, day = digits[:4], digits[4:6], digits[6:]
    yield Spelling(digits, "word")
    for between in "-/.":
        yield Spelling(between.join((year, month, day)), "digit", hashed=between == "-")
    yield Spelling(f"{year}年{int(month)}月{int(day)}日", "digit", hashed=False)


def _text(info: str, value: str) -> Iterator[Spelling]:
    bound = _bound(info, value)
    yield Spelling(value, bound)
    if info == "comm.sms" and len(value) > _SMS_HEAD:
        yield Spelling(value[:_SMS_HEAD], "none", hashed=False)
    if info == "device.wifi_ssid":
        yield Spelling(f'"{value}"', "none")
    if info == "basic.name" and _CHINESE.fullmatch(value):
        rest = len(value) - 1
        for covered in (f"{value[0]}{'*' * rest}", f"{'*' * rest}{value[-1]}"):
            yield Spelling(covered, "whole", False, True)
        if rest > 1:
            yield Spelling(f"{value[0]}{'*' * (rest - 1)}{value[-1]}", "whole", False, True)
    if "@" in value:
        yield from _mail(value)


def _mail(value: str) -> Iterator[Spelling]:
    user, _, host = value.rpartition("@")
    for first in (1, 2, 3):
        for cover in ("***", "****", "*" * max(1, len(user) - first)):
            yield Spelling(f"{user[:first]}{cover}@{host}", "mail", False, True)
            yield Spelling(f"{user[:first]}{cover}{user[-1]}@{host}", "mail", False, True)


def _bound(info: str, value: str) -> str:
    if "@" in value:
        return "mail"
    if _PACKAGE.fullmatch(value) and info in _LISTS:
        return "package"
    if _CHINESE.fullmatch(value):
        return "none" if len(value) > 2 else "chinese"
    if len(value.encode()) < LEAST or (value.isalpha() and value.isascii() and len(value) < 8):
        return "whole"
    return "digit" if value.isdecimal() else "word"
