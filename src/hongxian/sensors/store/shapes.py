"""Shapes of values that no recogniser knows: person names, genders, addresses, hashes, masks."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from hongxian.info.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_HASHES = re.compile(
    r"(?:[0-9a-f]{32}|[0-9A-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}"
    r"|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{27}=)"
)
_SLOW = re.compile(r"\$(?:2[abxy]|argon2(?:id|i|d)|scrypt|6|5|7|y|pbkdf2[\w-]*)\$.+|\{\w+\}.+")
"""Hashes made for passwords: salted and slow."""
_CIPHER = re.compile(
    r"(?:[A-Za-z0-9+/]{22,}={0,2}|[A-Za-z0-9_-]{22,}|[0-9A-Fa-f]{32,}|ENC\(.+\)|v\d:.+)"
)
_MASK = re.compile(r"[^*\s]{0,12}[*＊●•]{2,}[^*]{0,32}|[^\s*]{1,4}[*＊]|.{1,3}[xX]{4,}.{0,12}")
_GENDERS = frozenset(
    ["男", "女", "男性", "女性", "未知", "保密", "先生", "女士", "m", "f", "male", "female", "man",
     "woman", "unknown", "u", "0", "1", "2", "9", "other"]
)  # fmt: skip
_PLACE = re.compile(r"省|市|自治区|区|县|镇|乡|村|街道|旗|州")
_ROAD = re.compile(r"路|街|道|巷|弄|胡同|号|室|栋|幢|单元|小区|大厦|花园|楼|村|组")
_STREET = re.compile(
    r"\d[\w ,.-]{0,80}\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|blvd|way|court|room)\b",
    re.IGNORECASE,
)
_LATIN_NAME = re.compile(r"[A-Z][a-z'-]+(?: [A-Z][a-z'.-]*){1,3}")
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{2,12}·[\u3400-\u9fff·]{2,20}")
_NATIONS = re.compile(r"[\u4e00-\u9fff]{1,6}族")
_AGE = re.compile(r"(?:\d|[1-9]\d|1[0-2]\d)(?:岁)?")
_MARITAL = frozenset(
    ["已婚", "未婚", "离异", "丧偶", "离婚", "再婚", "single", "married", "divorced", "widowed"]
)
_BLOOD = frozenset(["a", "b", "o", "ab", "a型", "b型", "o型", "ab型", "a+", "b+", "o+", "ab+"])


def shapes_of(values: Iterable[str]) -> dict[str, int]:
    """Return how many of some different values have each shape; a value may have several."""
    counts: dict[str, int] = {}
    for value in values:
        for shape in _shapes(value.strip()):
            counts[shape] = counts.get(shape, 0) + 1
    return counts


def _shapes(value: str) -> list[str]:
    if not value or len(value) > 2_000:
        return []
    found = [name for name, holds in _TESTS.items() if holds(value)]
    if "address" in found and "person_name" in found:
        found.remove("person_name")
    return found


def is_hash(value: str) -> bool:
    """Whether a value looks like the output of a hash function without salt or cost."""
    return _HASHES.fullmatch(value) is not None and not value.isdigit()


def is_masked(value: str) -> bool:
    """Whether a value has been covered in part."""
    return _MASK.fullmatch(value) is not None


def is_person_name(value: str) -> bool:
    """Whether a value looks like a person's name: a surname in front, or two Latin words."""
    if _LATIN_NAME.fullmatch(value):
        return True
    if not _HAN_NAME.fullmatch(value):
        return False
    if "·" in value:
        return True
    if value[:2] in _surnames() and len(value) > 2:
        return True
    return value[0] in _surnames() and len(value) <= 4 and not value.endswith(_NO_NAMES)


_NO_NAMES = (
    "公司",
    "部",
    "中心",
    "银行",
    "市",
    "省",
    "区",
    "县",
    "店",
    "厂",
    "局",
    "所",
    "院",
    "校",
)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read("hongxian.sensors.store", "surnames")["surname"])


def is_address(value: str) -> bool:
    """Whether a value names a division and a road, a house or a village."""
    if len(value) < 5 or len(value) > 200:
        return False
    place, road = _PLACE.search(value), _ROAD.search(value)
    places = set(_PLACE.findall(value))
    if place and len(value) > 7 and len(places) > 1:
        return True
    if place and road and len(places | set(_ROAD.findall(value))) > 1:
        return True
    return _STREET.search(value) is not None


_TESTS: dict[str, Callable[[str], bool]] = {
    "hash": is_hash,
    "password_hash": lambda value: _SLOW.fullmatch(value) is not None,
    "masked": is_masked,
    "cipher": lambda value: _CIPHER.fullmatch(value) is not None and not value.isdigit()
    and not value.isalpha(),
    "person_name": is_person_name,
    "address": is_address,
    "gender": lambda value: value.lower() in _GENDERS,
    "ethnicity": lambda value: _NATIONS.fullmatch(value) is not None,
    "age": lambda value: _AGE.fullmatch(value) is not None,
    "marital": lambda value: value.lower() in _MARITAL,
    "blood": lambda value: value.lower() in _BLOOD,
    "number": lambda value: value.replace(".", "", 1).lstrip("-").isdigit(),
}  # fmt: skip
